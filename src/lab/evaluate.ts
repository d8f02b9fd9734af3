import { bootstrapMetrics } from '../core/evaluate/bootstrap-metrics.js';
import type { Interval } from '../core/evaluate/intervals.js';
import { LabError } from '../core/lab-error.js';
import { evaluateModel } from '../core/evaluate/metric-names.js';
import { applyRecipe, targetValues } from '../core/prepare/apply-recipe.js';
import type { Matrix } from '../core/table/table.js';
import type { RunRecord } from '../core/track/run.js';
import { fitModel, predict, settingsOf } from '../core/train/fit.js';
import type { FittedModel } from '../core/train/model.js';
import { featuredTable } from './engineering/featured-data.js';
import { gradually, type Pace } from './gradually.js';
import { writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import type { Session } from './project/session.js';
import { findRun, saveRun } from './project/state.js';
import { prefixKeys } from './train.js';
import { defineVerb, flag, number, text, type VerbContext } from './verb.js';

/** Judges a run on the test rows, beside the simplest model that could be. */
export const evaluate = defineVerb({
  name: 'evaluate',
  summary: 'judge a run on the rows that it never saw, baseline first',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    threshold: number('probability from which a row counts as positive'),
    intervals: flag('95 % intervals of the figures, by resampling the test rows'),
  },
  async run(context, args) {
    const threshold = args.threshold ?? 0.5;
    if (threshold < 0 || threshold > 1) throw new LabError('flag-value', { flag: '--threshold', value: String(threshold), expected: '0 … 1' });
    const run = await evaluateRun(context, await findRun(context.platform, args.run), threshold);
    const intervals = args.intervals ? await intervalsOf(context.session, run, context) : {};
    const row = (name: string): string => `  ${name.padEnd(12)}${format(run.metrics[`test.${name}`])}${range(intervals[name])}   baseline ${format(run.metrics[`baseline.${name}`])}`;
    const names = Object.keys(run.metrics).filter((key) => key.startsWith('test.')).map((key) => key.slice(5));
    return {
      result: { run: run.id, metrics: run.metrics, ...(args.intervals ? { intervals } : {}) },
      lines: [`run ${run.id.slice(0, 8)} (${run.name}) on its test rows`, ...names.map(row)],
      step: { object: { type: 'run', id: run.id, digest: run.modelDigest }, after: run.modelDigest },
      files: [PATHS.metrics],
      message: `evaluate: ${run.name}`,
    };
  },
});

/** Adds `test.*` and `baseline.*` metrics to a run and writes `reports/metrics.json`. */
export async function evaluateRun({ platform, session }: VerbContext, run: RunRecord, threshold: number): Promise<RunRecord> {
  const { model, test, train } = await runRows(session, run);
  if (test.y.length === 0) throw new LabError('no-test-rows');
  const baseline = dummyModel(model, train);
  const metrics = {
    ...run.metrics,
    ...prefixKeys('test', evaluateModel(model, test.x, test.y, threshold)),
    ...prefixKeys('baseline', evaluateModel(baseline, test.x, test.y, threshold)),
  };
  const evaluated: RunRecord = { ...run, metrics, evaluated: true, threshold };
  await saveRun(platform, evaluated);
  await writeJson(platform, PATHS.metrics, { run: run.id, model: run.model, threshold, rows: test.y.length, metrics });
  return evaluated;
}

/** What a run's model says of its test rows, made once for all who ask; not to be changed. */
export const testScores = (session: Session, { modelDigest, preparedDigest }: RunRecord, model: FittedModel, x: Matrix): Promise<Float64Array> =>
  session.artefacts.keep(`scores ${modelDigest} ${preparedDigest}`, async () => predict(model, x));

/** 95 % intervals of a run's figures on its test rows, at the threshold it was judged at; the same each time. Throws `no-test-rows`. */
export async function intervalsOf(session: Session, run: RunRecord, pace?: Pace): Promise<Readonly<Record<string, Interval>>> {
  const { model, test } = await runRows(session, run);
  if (test.y.length === 0) throw new LabError('no-test-rows');
  const judged = { task: model.task, classes: model.classes, y: test.y, predicted: await testScores(session, run, model, test.x), threshold: run.threshold ?? 0.5 };
  return session.artefacts.keep(`intervals ${run.modelDigest} ${run.preparedDigest} ${judged.threshold}`, () => gradually(bootstrapMetrics(judged, { seed: 7 }), 'resampling', pace));
}

/** A run's model with the inputs and targets of its own training and test rows; `rows` index the raw data. */
export async function runRows(session: Session, run: RunRecord) {
  const { recipe, model } = await session.artefacts.model(run.modelDigest);
  const { split } = await session.artefacts.prepared(run.preparedDigest);
  const table = await featuredTable(session, run.dataDigest, split.columns, recipe);
  const part = (indices: readonly number[]): { x: Matrix; y: Float64Array; rows: Int32Array } => {
    const rows = Int32Array.from(indices);
    return { x: applyRecipe(recipe, table, rows), y: targetValues(recipe, table, rows), rows };
  };
  return { model, recipe, table, time: split.time, cleaning: split.cleaning, features: split.features, train: part(split.train), test: part(split.test) };
}

/** The dummy model of the same task, fitted on the same rows. */
function dummyModel({ task, classes }: FittedModel, { x, y }: { x: Matrix; y: Float64Array }): FittedModel {
  const fitting = fitModel('dummy', { x, y, task, classes, features: [] }, settingsOf('dummy', {}), 0);
  for (;;) {
    const step = fitting.next();
    if (step.done) return step.value;
  }
}

const range = (interval: Interval | undefined): string => (interval ? ` (${interval.low.toPrecision(4)} to ${interval.high.toPrecision(4)})` : '');
const format = (value: number | undefined): string => (value === undefined ? '-' : value.toPrecision(4)).padStart(9);
