import { calibrationBins, precisionRecallCurve, rocCurve, type CalibrationBin, type PrecisionRecallCurve, type RocCurve } from '../../core/evaluate/curves.js';
import { metricsOf } from '../../core/evaluate/metric-names.js';
import { liveTable } from '../engineering/live-features.js';
import { applyRecipe, targetValues } from '../../core/prepare/apply-recipe.js';
import type { Task } from '../../core/prepare/recipe.js';
import { cellText } from '../../core/table/select.js';
import type { RunRecord } from '../../core/track/run.js';
import { predict } from '../../core/train/fit.js';
import type { Hyperparameter } from '../../core/train/model.js';
import { models as ALL_MODELS } from '../../core/train/models/index.js';
import { intervalsOf, runRows, testScores } from '../evaluate.js';
import type { Pace } from '../gradually.js';
import { labelsOf } from '../judging/labels.js';
import { datasetOf } from '../project/dataset-of.js';
import type { Session } from '../project/session.js';
import { findRun, loadWorld } from '../project/state.js';
import type { VerbArgs } from '../verb.js';

/** The models that can be trained, with their settings. */
export interface ModelChoice {
  readonly kind: string;
  readonly tasks: readonly Task[];
  readonly hyperparameters: readonly Hyperparameter[];
  /** What the inputs must be, when not just any will do. */
  readonly inputs?: 'images' | 'text';
}

/** The test rows of a run, oldest first: when, what was true, what was predicted (probability of class 1, or of the likeliest class's code). */
export interface EvaluationDetail {
  readonly run: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly threshold: number;
  readonly labels: readonly string[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Counts [actual][predicted], for classification. */
  readonly confusion?: readonly (readonly number[])[];
  readonly curves?: { readonly roc: RocCurve | null; readonly precisionRecall: PrecisionRecallCurve | null; readonly calibration: readonly CalibrationBin[] };
}

export const models = (): Promise<readonly ModelChoice[]> =>
  Promise.resolve(ALL_MODELS.map(({ kind, tasks, hyperparameters, inputs }) => ({ kind, tasks, hyperparameters, ...(inputs ? { inputs } : {}) })));

/** A run with its loss curve and the backend trials. */
export const run = (session: Session, args: VerbArgs): Promise<RunRecord> => findRun(session.platform, text(args['run']));

/** 95 % intervals of a run's figures on its test rows. */
export const intervals = async (session: Session, args: VerbArgs, _signal: AbortSignal, pace?: Pace) => intervalsOf(session, await findRun(session.platform, text(args['run'])), pace);

/** What the evaluation of a run rests on, row by row. */
export async function evaluation(session: Session, args: VerbArgs): Promise<EvaluationDetail> {
  const record = await findRun(session.platform, text(args['run']));
  const { model, recipe, table, time: timeName, test } = await runRows(session, record);
  const threshold = record.threshold ?? 0.5;
  const scores = await testScores(session, record, model, test.x);
  const time = table.columns.find((column) => column.name === timeName);
  const codes = labelsOf(model.task, model.classes, scores, threshold);
  return {
    run: record.id,
    task: model.task,
    classes: recipe.classes ?? [],
    threshold,
    labels: [...test.rows].map((row) => (time ? cellText(time, row) : String(row))),
    actual: [...test.y],
    predicted: model.task === 'multiclass' ? codes : [...scores],
    ...(model.task === 'regression' ? {} : { confusion: countPairs(test.y, codes, model.classes) }),
    ...(model.task === 'binary' ? { curves: { roc: rocCurve(test.y, scores), precisionRecall: precisionRecallCurve(test.y, scores), calibration: calibrationBins(test.y, scores) } } : {}),
  };
}

/** Metrics of a run's model on rows that nobody could train on: the first 90 days of the world after its start; its own test rows when its data have no such days. */
export async function recompute(session: Session, args: VerbArgs): Promise<{ rows: number; metrics: Readonly<Record<string, number>> }> {
  const record = await findRun(session.platform, text(args['run']));
  const world = await loadWorld(session.platform);
  const { model, recipe, test } = await runRows(session, record);
  const lives = world !== undefined && ((await datasetOf(session.platform, record.dataDigest)) ?? world.dataset) === world.dataset;
  if (!lives) return { rows: test.y.length, metrics: metricsOf(model.task, model.classes, test.y, predict(model, test.x)) };
  const source = await session.liveSource(world.dataset);
  const rows = source.knownRows({ ...world, now: addDays(world.start, 90 + world.labelDelay) }).filter((row) => source.days[row]! >= Date.parse(world.start) / 86_400_000);
  const y = targetValues(recipe, source.table, rows);
  return { rows: rows.length, metrics: metricsOf(model.task, model.classes, y, predict(model, applyRecipe(recipe, await liveTable(session, recipe, source.table), rows))) };
}

const addDays = (date: string, days: number): string => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

function countPairs(actual: Float64Array, predicted: readonly number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  actual.forEach((code, row) => counts[code]![predicted[row]!]!++);
  return counts;
}

const text = (value: VerbArgs[string]): string | undefined => (value === undefined ? undefined : String(value));
