import { metricsOf, mainMetric } from '../core/evaluate/metric-names.js';
import { findCounterfactuals, type Counterfactual } from '../core/explain/counterfactual.js';
import type { CellRow, CellValue, MutableFeature } from '../core/explain/counterfactual-space.js';
import { explainRow, type RowExplanation } from '../core/explain/explain-row.js';
import { cellDependence } from '../core/explain/cell-dependence.js';
import { featureGroups, mixedFeatures } from '../core/explain/feature-groups.js';
import { outputOf, pickRows } from '../core/explain/model-output.js';
import { movableColumns } from '../core/explain/movable-columns.js';
import { levelPoints, numericPoints, partialDependence } from '../core/explain/partial-dependence.js';
import { permutationImportance, type FeatureImportance } from '../core/explain/permutation-importance.js';
import { featureOrigins, type FeatureOrigin } from '../core/features/feature-origin.js';
import { LabError } from '../core/lab-error.js';
import { applyRecipe } from '../core/prepare/apply-recipe.js';
import { createRandom, permutation } from '../core/random.js';
import { knownValues, quantileOfSorted } from '../core/table/quantile.js';
import { cellText, columnOf } from '../core/table/select.js';
import type { Column, Matrix, Table } from '../core/table/table.js';
import { predict } from '../core/train/fit.js';
import { runRows } from './evaluate.js';
import { explainTexts, textLines, type ExplainedText } from './explain-texts.js';
import { explainPictureRow, pictureLines, type ExplainedPicture } from './explain-picture.js';
import { keepReport } from './judging/keep-report.js';
import { imageSide } from './judging/pictures.js';
import { REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { defineVerb, list, number, text, type VerbContext } from './verb.js';

/** How the prediction follows one feature: values in the units of the data, the mean and some single rows. */
export interface FeatureDependence {
  readonly name: string;
  readonly points: readonly string[];
  readonly numeric: boolean;
  readonly mean: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** `reports/explanation.json`: what a run's model looks at in general, and why it said what it said of one test row. */
export interface ExplanationReport {
  readonly run: string;
  readonly metric: string;
  /** What is explained: the target, or the probability of this class. */
  readonly output: string;
  readonly importance: readonly FeatureImportance[];
  readonly dependence: readonly FeatureDependence[];
  /** Which test row, counted from 0 in their order. */
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly given: string;
  readonly explanation: Omit<RowExplanation, 'contributions'> & { readonly contributions: readonly number[] };
  /** Of a row that is a picture; there are no single features then. */
  readonly picture?: ExplainedPicture;
  /** Texts among the row's inputs, by their words. */
  readonly texts?: readonly ExplainedText[];
  /** Where the columns that were made come from. */
  readonly made?: readonly FeatureOrigin[];
  readonly counterfactuals?: { readonly goal: string; readonly fixed: readonly string[]; readonly found: readonly Counterfactual[] };
}

type Rows = Awaited<ReturnType<typeof runRows>>;

/** Rows that the general part is measured on, and that one row is compared with. */
const [MOST_ROWS, BACKGROUND, CURVES] = [1000, 100, 25];

/** Explains a run's model in general and one of its predictions. */
export const explain = defineVerb({
  name: 'explain',
  summary: 'say what a run’s model looks at, and why it said what it said of one row',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    row: number('which test row, from 0 (0)'),
    class: text('class whose probability is explained; the positive one, or the one that was predicted'),
    features: list('features whose partial dependence is drawn; the three most important when left out'),
    fixed: list('features that a counterfactual must not change'),
    seed: number('seed of shuffles and searches (7)'),
  },
  async run(context, args) {
    const run = await findRun(context.platform, args.run);
    const rows = await runRows(context.session, run);
    if (rows.test.y.length === 0) throw new LabError('no-test-rows');
    const row = args.row ?? 0;
    if (!Number.isInteger(row) || row < 0 || row >= rows.test.y.length) throw new LabError('flag-value', { flag: '--row', value: String(row), expected: `0 … ${rows.test.y.length - 1}` });
    const found = await explanationOf(context, rows, row, { ...args, threshold: run.threshold ?? 0.5 });
    const report: ExplanationReport = { run: run.id, ...found };
    const { explanation, importance } = report;
    const order = [...explanation.names.keys()].sort((a, b) => Math.abs(explanation.contributions[b]!) - Math.abs(explanation.contributions[a]!));
    const lines = [
      ...(importance.length > 0 ? [`${run.name}: most important ${importance.slice(0, 3).map(({ name }) => name).join(', ')} (${report.metric} when shuffled)`] : []),
      `test row ${row}: ${report.output} ${explanation.predicted?.toPrecision(4) ?? '-'}, was ${report.given}; by ${report.picture ? explanation.method : `${explanation.method} Shapley values`} in ${explanation.unit}, from ${explanation.base.toPrecision(4)}:`,
      ...order.slice(0, 8).map((at) => `  ${explanation.contributions[at]! >= 0 ? '+' : '-'}${Math.abs(explanation.contributions[at]!).toPrecision(3).padEnd(9)} ${explanation.names[at]} = ${report.cells[explanation.names[at]!]}`),
      ...(report.picture ? pictureLines(report.picture) : []),
      ...(report.texts ?? []).flatMap(textLines),
      ...(report.made ?? []).map(({ name, how }) => `  ${name} is ${how}`),
      ...(report.counterfactuals?.found ?? []).map(({ changes, prediction }) => `  it would be ${prediction.toPrecision(3)} with ${changes.map(({ name, to }) => `${name} = ${typeof to === 'number' ? Number(to.toPrecision(4)) : to}`).join(', ')}`),
    ];
    return keepReport(context.platform, run, REPORTS.explanation, report, lines, `explain: ${run.name}, test row ${row}`);
  },
});

interface ExplainArgs {
  readonly class?: string;
  readonly features?: readonly string[];
  readonly fixed?: readonly string[];
  readonly seed?: number;
  /** Probability from which the run says yes. */
  readonly threshold: number;
}

async function explanationOf(context: VerbContext, rows: Rows, row: number, args: ExplainArgs): Promise<Omit<ExplanationReport, 'run'>> {
  const { model, recipe, table, train, test } = rows;
  const seed = args.seed ?? 7;
  const classes = recipe.classes ?? [];
  const known = [...new Set(recipe.steps.map(({ name }) => name))];
  const movable = movableColumns(recipe);
  for (const [names, all] of [[args.features ?? [], known], [args.fixed ?? [], [...known, ...movable]]] as const) for (const name of names) if (!all.includes(name)) throw new LabError('unknown-column', { name, known: all });
  const output = classOf(rows, row, args.class);
  const explained = model.task === 'regression' ? recipe.target : `${recipe.target} = ${classes[output]!}`;
  const side = imageSide(recipe);
  if (side !== undefined) return { metric: mainMetric(model.task).name, output: explained, ...(await explainPictureRow(rows, row, side, output)) };
  const measured = sampleRows(test.x.rows, MOST_ROWS, seed);
  const x = pickRows(test.x, measured);
  const y = Float64Array.from(measured, (at) => test.y[at]!);
  const metric = mainMetric(model.task);
  const sign = metric.greaterIsBetter ? 1 : -1;
  context.progress({ done: 0, total: 3, note: 'explaining' });
  await context.breathe();
  const groups = featureGroups(recipe);
  const importance = [...permutationImportance(x, groups, (own) => sign * (metricsOf(model.task, model.classes, y, predict(model, own))[metric.name] ?? NaN), { seed }).features].sort((a, b) => b.mean - a.mean);
  context.progress({ done: 1, total: 3, note: 'explaining' });
  await context.breathe();
  const together = new Map(mixedFeatures(recipe).map((members) => [members.join(' & '), members]));
  const names = args.features ?? importance.slice(0, 3).flatMap(({ name }) => together.get(name)!);
  const dependence = names.flatMap((name) => dependenceOf(rows, x, name, output, seed) ?? []);
  context.progress({ done: 2, total: 3, note: 'explaining' });
  await context.breathe();
  const background = pickRows(train.x, sampleRows(train.x.rows, BACKGROUND, seed));
  const one = pickRows(test.x, [row]).data;
  const explanation = explainRow(model, background, one, groups, { seed, output });
  const at = test.rows[row]!;
  const goal = counterfactualsOf(rows, at, args.fixed ?? [], seed, args.threshold);
  const texts = explainTexts(rows, at, one, output);
  const made = featureOrigins(recipe.features?.steps.map(({ step }) => step) ?? []);
  return {
    metric: metric.name,
    output: explained,
    importance,
    dependence,
    row,
    cells: Object.fromEntries([...known.map((name) => [name]), ...together.values()].map((members) => [members.join(' & '), members.map((name) => cellText(columnOf(table, name), at)).join(', ')])),
    given: cellText(columnOf(table, recipe.target), at),
    explanation: { ...explanation, contributions: [...explanation.contributions] },
    ...(texts.length > 0 ? { texts } : {}),
    ...(made.length > 0 ? { made } : {}),
    ...(goal ? { counterfactuals: goal } : {}),
  };
}

/** Code of the class that is explained. Throws `flag-value`. */
function classOf({ model, recipe, test }: Rows, row: number, asked: string | undefined): number {
  const classes = recipe.classes ?? [];
  if (asked !== undefined) {
    const code = classes.indexOf(asked);
    if (code < 0 || model.task === 'binary' && code === 0) throw new LabError('flag-value', { flag: '--class', value: asked, expected: model.task === 'binary' ? classes[1]! : classes.join(', ') });
    return code;
  }
  if (model.task !== 'multiclass') return 1;
  const scores = predict(model, pickRows(test.x, [row]));
  return scores.indexOf(Math.max(...scores));
}

const sampleRows = (rows: number, most: number, seed: number): Int32Array =>
  rows <= most ? Int32Array.from({ length: rows }, (_, row) => row) : permutation(rows, createRandom(seed)).slice(0, most).sort();

/** Undefined for a text, whose terms have no order. */
function dependenceOf({ model, recipe, table, test }: Rows, x: Matrix, name: string, output: number, seed: number): FeatureDependence | undefined {
  const step = recipe.steps.find((own) => own.name === name)!;
  const columns = featureGroups(recipe).find((group) => group.name === name)?.columns;
  if (columns === undefined || step.flag || !(step.kind === 'numeric' || step.kind === 'one-hot' || step.kind === 'ordinal')) {
    const few = Array.from(sampleRows(test.rows.length, 200, seed), (at) => test.rows[at]!);
    const found = cellDependence(recipe, table, few, name, outputOf(model, output));
    return found && { name, numeric: found.numeric, points: found.points, mean: found.mean, rows: found.curves.slice(0, CURVES) };
  }
  const points = step.kind === 'one-hot' ? levelPoints(step.levels.length) : numericPoints(x, columns[0]!);
  const few = pickRows(x, sampleRows(x.rows, 200, seed));
  const { mean, curves } = partialDependence(few, outputOf(model, output), columns, points);
  const label = ([value]: readonly number[], index: number): string => {
    if (step.kind === 'numeric') return String(Number((value! * step.divisor + step.offset).toPrecision(6)));
    return step.levels[step.kind === 'one-hot' ? index : value!] ?? '?';
  };
  return { name, numeric: step.kind === 'numeric', points: points.map(label), mean: [...mean], rows: curves.slice(0, CURVES).map((curve) => [...curve]) };
}

/** The least changes that turn a binary decision; undefined for other tasks. */
function counterfactualsOf({ model, recipe, table, train }: Rows, at: number, fixed: readonly string[], seed: number, threshold: number): ExplanationReport['counterfactuals'] {
  if (model.task !== 'binary') return undefined;
  const inputs = movableColumns(recipe).map((name) => columnOf(table, name));
  const row: CellRow = Object.fromEntries(inputs.map((column) => [column.name, valueOf(column, at)]));
  // Another whole text is no change that a person could make.
  const texts = new Set(recipe.steps.flatMap(({ kind, name }) => (kind === 'text' ? [name] : [])));
  const features = inputs.filter(({ name }) => !fixed.includes(name) && !texts.has(name)).flatMap((column) => mutableOf(column, train.rows));
  const ask = (rows: readonly CellRow[]): Float64Array => predict(model, applyRecipe(recipe, tableOf(inputs, rows)));
  const now = ask([row])[0]!;
  const direction = now >= threshold ? 'at-most' : 'at-least';
  // A hair below the threshold, so that the decision is another one.
  const found = findCounterfactuals(row, features, { direction, value: direction === 'at-most' ? threshold - 0.001 : threshold }, ask, { seed, starts: 20 });
  return { goal: recipe.classes![now >= threshold ? 0 : 1]!, fixed, found };
}

function valueOf(column: Column, row: number): CellValue {
  if (column.type === 'text') return column.codes[row]! < 0 ? null : column.levels[column.codes[row]!]!;
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}

function mutableOf(column: Column, rows: Int32Array): MutableFeature[] {
  if (column.type === 'text') return [{ kind: 'category', name: column.name, levels: column.levels }];
  const sorted = knownValues(Float64Array.from(rows, (row) => column.values[row]!)).sort();
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined || min === max) return [];
  const scale = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25) || (max - min) / 4;
  return [{ kind: 'number', name: column.name, min, max, scale, ...(sorted.every(Number.isInteger) ? { step: 1 } : {}) }];
}

/** Rows by name as a table with the columns' own types. */
function tableOf(columns: readonly Column[], rows: readonly CellRow[]): Table {
  const filled = columns.map((column): Column => {
    if (column.type !== 'text') return { ...column, values: Float64Array.from(rows, (row) => (row[column.name] as number | null) ?? NaN) };
    return { ...column, codes: Int32Array.from(rows, (row) => column.levels.indexOf(String(row[column.name]))) };
  });
  return { rows: rows.length, columns: filled };
}
