import { bootstrapInterval, type BootstrapInterval } from '../core/evaluate/bootstrap.js';
import { isBetter, mainMetric, metricsOf } from '../core/evaluate/metric-names.js';
import { compareLabels, correctedResampledT, wilcoxonSignedRank, type McnemarResult, type TestResult } from '../core/evaluate/paired-tests.js';
import { rowLosses } from '../core/evaluate/worst-rows.js';
import { LabError } from '../core/lab-error.js';
import { predict } from '../core/train/fit.js';
import type { RunRecord } from '../core/track/run.js';
import { keepReport } from './judging/keep-report.js';
import { labelsOf } from './judging/labels.js';
import { foldChoiceOf, refitRun, validateRun, type RefitRun } from './judging/refit.js';
import { REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** `reports/run-comparison.json`: two runs on the same test rows and on the same folds. */
export interface RunComparison {
  readonly first: string;
  readonly second: string;
  readonly metric: string;
  readonly values: readonly [number, number];
  /** First minus second, with its 95 % bootstrap interval over the test rows. */
  readonly difference: BootstrapInterval;
  /** Of the losses of each row. */
  readonly wilcoxon: TestResult;
  /** Of right and wrong labels, for classes. */
  readonly mcnemar?: McnemarResult;
  /** Of the folds' scores, corrected for training rows that overlap; undefined when no folds were asked for. */
  readonly folds?: { readonly k: number; readonly differences: readonly number[]; readonly test: TestResult };
  readonly better: 'first' | 'second' | 'neither';
}

/** Asks whether one run is really better than another, or only luckier. */
export const compare = defineVerb({
  name: 'compare',
  summary: 'ask whether one run is really better than another',
  flags: {
    run: text('id or name of the first run; the newest one when left out'),
    with: text('id or name of the other run', { required: true }),
    folds: number('also compare on this many folds of the training rows (5; 0 for none)'),
    seed: number('seed of folds and resampling (7)'),
  },
  async run(context, args) {
    const [first, second] = [await findRun(context.platform, args.run), await findRun(context.platform, args.with)];
    if (first.id === second.id) throw new LabError('same-run', { run: first.name });
    if (first.preparedDigest !== second.preparedDigest) throw new LabError('other-test-rows', { first: first.name, second: second.name });
    const report = await compareRuns(context, first, second, args.folds ?? 5, args.seed ?? 7);
    const { difference: d, metric, values } = report;
    const names = { first: first.name, second: second.name, neither: 'neither: the difference may be chance' };
    const lines = [
      `${metric}: ${first.name} ${values[0].toPrecision(4)}, ${second.name} ${values[1].toPrecision(4)}`,
      `  difference ${show(d.estimate)}, 95 % ${show(d.low)} … ${show(d.high)}`,
      `  Wilcoxon p ${show(report.wilcoxon.pValue)}${report.mcnemar ? `, McNemar p ${show(report.mcnemar.pValue)}` : ''}${report.folds ? `, corrected t over ${report.folds.k} folds p ${show(report.folds.test.pValue)}` : ''}`,
      `  better: ${names[report.better]}`,
    ];
    return keepReport(context.platform, first, REPORTS.runComparison, report, lines, `compare: ${first.name} with ${second.name}`);
  },
});

const show = (value: number | null): string => (value === null ? '-' : value.toPrecision(3));

async function compareRuns(context: VerbContext, first: RunRecord, second: RunRecord, k: number, seed: number): Promise<RunComparison> {
  const [a, b] = [await refitRun(context, first), await refitRun(context, second)];
  const { task, classes } = a.rows.model;
  const { y } = a.rows.test;
  const { name: metric } = mainMetric(task);
  const predicted = [a, b].map(({ rows }) => predict(rows.model, rows.test.x)) as [Float64Array, Float64Array];
  const valueOf = (own: Float64Array, rows: Int32Array): number => metricsOf(task, classes, pick(y, rows, 1), pick(own, rows, task === 'multiclass' ? classes : 1))[metric] ?? NaN;
  const all = Int32Array.from(y.keys());
  const values: [number, number] = [valueOf(predicted[0], all), valueOf(predicted[1], all)];
  const difference = bootstrapInterval(y.length, (rows) => valueOf(predicted[0], rows) - valueOf(predicted[1], rows), { seed, samples: 400, method: 'percentile' });
  const losses = predicted.map((own) => rowLosses(task, classes, y, own)) as [Float64Array, Float64Array];
  const labels = predicted.map((own) => labelsOf(task, classes, own));
  const folds = k === 0 ? undefined : await compareFolds(context, a, b, metric, k, seed);
  return {
    first: first.id,
    second: second.id,
    metric,
    values,
    difference,
    wilcoxon: wilcoxonSignedRank(losses[0].map((loss, row) => loss - losses[1][row]!)),
    ...(task === 'regression' ? {} : { mcnemar: compareLabels(y, labels[0]!, labels[1]!) }),
    ...(folds ? { folds } : {}),
    better: apart(difference, folds) ? (isBetter(task, values[0], values[1]) ? 'first' : 'second') : 'neither',
  };
}

/** Whether chance is a poor excuse: on the folds by the corrected test when they agree with the test rows, else by the interval on the test rows. */
function apart({ estimate, low, high }: BootstrapInterval, folds: RunComparison['folds']): boolean {
  if (!folds) return low !== null && high !== null && (low > 0 || high < 0);
  const mean = folds.differences.reduce((sum, difference) => sum + difference, 0);
  return (folds.test.pValue ?? 1) < 0.05 && estimate !== null && Math.sign(mean) === Math.sign(estimate);
}

async function compareFolds(context: VerbContext, a: RefitRun, b: RefitRun, metric: string, folds: number, seed: number): Promise<NonNullable<RunComparison['folds']>> {
  const choice = foldChoiceOf(a, { folds, seed });
  const [first, second] = [await validateRun(context, a, choice), await validateRun(context, b, choice)];
  const differences = first.folds.map(({ metrics }, fold) => (metrics[metric] ?? NaN) - (second.folds[fold]!.metrics[metric] ?? NaN)).filter(Number.isFinite);
  const { trainRows, testRows } = first.folds.at(-1)!;
  return { k: folds, differences, test: correctedResampledT(differences, trainRows, testRows) };
}

function pick(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, at) => out.set(values.subarray(row * width, (row + 1) * width), at * width));
  return out;
}
