import { findLabelNoise, findTargetNoise } from '../core/evaluate/label-noise.js';
import { learningCurve, type LearningPoint } from '../core/evaluate/learning-curve.js';
import { mainMetric, metricsOf } from '../core/evaluate/metric-names.js';
import { findSlices, type SliceSearch } from '../core/evaluate/slices.js';
import { rowLosses, worstRows } from '../core/evaluate/worst-rows.js';
import { trainingData } from '../core/evaluate/cross-validate.js';
import { applyRecipe, targetValues } from '../core/prepare/apply-recipe.js';
import { predict } from '../core/train/fit.js';
import { cellText } from '../core/table/select.js';
import type { Table } from '../core/table/table.js';
import { isPixelName } from '../core/table/image-columns.js';
import { keepReport } from './judging/keep-report.js';
import { imageSide } from './judging/pictures.js';
import { foldChoiceOf, refitRun, validateRun, type RefitRun } from './judging/refit.js';
import { REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { defineVerb, flag, number, text, type VerbContext } from './verb.js';

/** A row of the raw data as it was read, with what the model made of it. */
export interface DoubtfulRow {
  readonly row: number;
  /** Its date, when the data have one. */
  readonly time?: string;
  readonly cells: Readonly<Record<string, string>>;
  /** What the data says, and what the model says: a number, or a class. */
  readonly given: string;
  readonly said: string;
  /** How wrong the model is, or how far the label is in doubt. */
  readonly size: number;
}

/** `reports/weaknesses.json`: where a run fails, and whether more rows or better labels would help. */
export interface WeaknessReport {
  readonly run: string;
  readonly metric: string;
  readonly worst: readonly DoubtfulRow[];
  readonly slices: SliceSearch;
  /** Training rows that models which never saw them contradict. */
  readonly suspects: readonly DoubtfulRow[];
  readonly suspectShare: number | null;
  readonly learningCurve?: readonly LearningPoint[];
}

const LISTED = 20;

/** Looks for the rows and slices on which a run fails, for labels in doubt, and for what more rows would bring. */
export const weaknesses = defineVerb({
  name: 'weaknesses',
  summary: 'find where a run fails: worst rows, slices, doubtful labels, learning curve',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    minRows: number('fewest rows of a slice (30)'),
    curve: flag('also draw the learning curve, which trains many times'),
    seed: number('seed of folds and subsets (7)'),
  },
  async run(context, args) {
    const run = await findRun(context.platform, args.run);
    const refit = await refitRun(context, run);
    const seed = args.seed ?? 7;
    const { metric, ...found } = failuresOf(refit, args.minRows ?? 30);
    const report: WeaknessReport = { run: run.id, metric, ...found, ...(await suspectsOf(context, refit, seed)), ...(args.curve ? { learningCurve: await curveOf(context, refit, metric, seed) } : {}) };
    const { slices, suspects, suspectShare } = report;
    const lines = [
      `${run.name}: ${slices.slices.length} weak slices of ${slices.tested} looked at, ${suspects.length}${suspects.length === LISTED ? ' or more' : ''} doubtful labels${suspectShare === null ? '' : ` (${(100 * suspectShare).toFixed(1)} %)`}`,
      ...report.worst.slice(0, 5).map(({ row, time, given, said }) => `  worst: ${time ?? `row ${row}`}, said ${said}, was ${given}`),
      ...slices.slices.slice(0, 5).map((slice) => `  ${slice.conditions.map(conditionText).join(' and ')}: ${slice.rows} rows, loss ${slice.meanLoss.toPrecision(3)} against ${slice.restLoss.toPrecision(3)}`),
    ];
    return keepReport(context.platform, run, REPORTS.weaknesses, report, lines, `weaknesses: ${run.name}`);
  },
});

/** A condition in the words of a filter. */
export function conditionText(condition: SliceSearch['slices'][number]['conditions'][number]): string {
  if (condition.kind === 'missing') return `${condition.column} missing`;
  return condition.kind === 'level' ? `${condition.column} = ${condition.level}` : `${condition.from} ≤ ${condition.column} < ${condition.to}`;
}

function failuresOf({ rows: { model, recipe, table, test, time } }: RefitRun, minRows: number): Pick<WeaknessReport, 'metric' | 'worst' | 'slices'> {
  const scores = predict(model, test.x);
  const losses = rowLosses(model.task, model.classes, test.y, scores);
  const describe = describer(table, recipe.steps.map(({ name }) => name), recipe.target, time);
  const said = (at: number): string => saidText(model.task, recipe.classes ?? [], scores, at);
  return {
    metric: mainMetric(model.task).name,
    worst: worstRows(losses, LISTED).map(({ row: at, loss }) => ({ ...describe(test.rows[at]!), said: said(at), size: loss })),
    // A slice by one pixel of a picture says nothing.
    slices: findSlices(table, test.rows, losses, { columns: [...new Set(recipe.steps.map(({ name }) => name))].filter((name) => imageSide(recipe) === undefined || !isPixelName(name)), minRows }),
  };
}

async function suspectsOf(context: VerbContext, refit: RefitRun, seed: number): Promise<Pick<WeaknessReport, 'suspects' | 'suspectShare'>> {
  const { recipe, table, model, time } = refit.rows;
  const { rows, actual, predicted } = await validateRun(context, refit, foldChoiceOf(refit, { seed }));
  const describe = describer(table, recipe.steps.map(({ name }) => name), recipe.target, time);
  if (model.task === 'regression') {
    const found = findTargetNoise(actual, predicted);
    return { suspects: found.slice(0, LISTED).map(({ row, score }) => ({ ...describe(rows[row]!), said: String(Number(predicted[row]!.toPrecision(5))), size: Math.abs(score) })), suspectShare: found.length / actual.length };
  }
  const classes = recipe.classes ?? [];
  const probabilities = model.task === 'multiclass' ? predicted : Float64Array.from({ length: 2 * actual.length }, (_, i) => (i % 2 === 1 ? predicted[i >> 1]! : 1 - predicted[i >> 1]!));
  const { suspects, estimatedShare } = findLabelNoise(actual, probabilities, classes.length);
  return { suspects: suspects.slice(0, LISTED).map(({ row, suggested, margin }) => ({ ...describe(rows[row]!), said: classes[suggested]!, size: margin })), suspectShare: estimatedShare };
}

function curveOf(context: VerbContext, refit: RefitRun, metric: string, seed: number): Promise<LearningPoint[]> {
  const { recipe, table, train, test, model } = refit.rows;
  let done = 0;
  const score = (fitted: typeof model, rows: Int32Array): number => metricsOf(model.task, model.classes, targetValues(recipe, table, rows), predict(fitted, applyRecipe(recipe, table, rows)))[metric] ?? NaN;
  return learningCurve(train.rows, { seed, repeats: 3, keepOrder: refit.choices.split.kind === 'time' }, async (rows) => {
    await context.breathe();
    const fitted = await refit.fit(trainingData(recipe, table, rows));
    context.progress({ done: ++done, total: 0, note: 'learningCurve' });
    return { train: score(fitted, rows), test: score(fitted, test.rows) };
  });
}

function describer(table: Table, columns: readonly string[], target: string, time: string | undefined): (row: number) => Pick<DoubtfulRow, 'row' | 'time' | 'cells' | 'given'> {
  const shown = table.columns.filter(({ name }) => columns.includes(name));
  const truth = table.columns.find(({ name }) => name === target)!;
  const dates = table.columns.find(({ name }) => name === time);
  return (row) => ({ row, ...(dates ? { time: cellText(dates, row) } : {}), given: cellText(truth, row), cells: Object.fromEntries(shown.map((column) => [column.name, cellText(column, row)])) });
}

function saidText(task: string, classes: readonly string[], scores: Float64Array, at: number): string {
  if (task === 'regression') return String(Number(scores[at]!.toPrecision(5)));
  if (task === 'binary') return `${classes[1]} ${(100 * scores[at]!).toFixed(1)} %`;
  const part = scores.subarray(at * classes.length, (at + 1) * classes.length);
  const best = part.indexOf(Math.max(...part));
  return `${classes[best]} ${(100 * part[best]!).toFixed(1)} %`;
}
