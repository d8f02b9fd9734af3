import type { CalibrationBin, PrecisionRecallCurve, RocCurve } from '../../core/evaluate/curves.js';
import type { ChartRow } from '../../ui/chart-spec.js';
import { thinCurve, tradeAt } from './threshold-trade.js';

interface Scored {
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

const pointsOf = (x: ArrayLike<number>, y: ArrayLike<number>): ChartRow[] => thinCurve(Array.from({ length: x.length }, (_, i) => ({ part: 'curve', i, x: x[i]!, y: y[i]! }))).slice();

/** The curve, the diagonal of guessing, and the point of the threshold. */
export function rocRows({ falsePositiveRate, truePositiveRate }: RocCurve, { actual, predicted }: Scored, threshold: number): ChartRow[] {
  const { falseAlarms, quiet, recall } = tradeAt(actual, predicted, threshold);
  return [...pointsOf(falsePositiveRate, truePositiveRate), { part: 'guess', x: 0, y: 0 }, { part: 'guess', x: 1, y: 1 }, { part: 'now', x: falseAlarms / Math.max(1, falseAlarms + quiet), y: recall }];
}

/** The curve, the level of guessing (the share of positives), and the point of the threshold when anything is an alarm. */
export function precisionRecallRows({ precision, recall }: PrecisionRecallCurve, { actual, predicted }: Scored, threshold: number): ChartRow[] {
  const trade = tradeAt(actual, predicted, threshold);
  const base = (trade.found + trade.missed) / Math.max(1, actual.length);
  const now = trade.found + trade.falseAlarms > 0 ? [{ part: 'now', x: trade.recall, y: trade.precision }] : [];
  return [...pointsOf(recall, precision), { part: 'guess', x: 0, y: base }, { part: 'guess', x: 1, y: base }, ...now];
}

/** The bins and the diagonal on which probabilities would be true. */
export const calibrationRows = (bins: readonly CalibrationBin[]): ChartRow[] => [
  ...bins.map(({ meanScore, fractionPositive, count }) => ({ part: 'curve', x: meanScore, y: fractionPositive, count })),
  { part: 'guess', x: 0, y: 0 },
  { part: 'guess', x: 1, y: 1 },
];

/** The bin whose probability is farthest from what happened, among those of at least 1 % of the rows. */
export function widestGap(bins: readonly CalibrationBin[]): CalibrationBin | undefined {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const gap = ({ meanScore, fractionPositive }: CalibrationBin): number => Math.abs(meanScore - fractionPositive);
  return bins.filter(({ count }) => count >= total / 100).reduce<CalibrationBin | undefined>((most, bin) => (most === undefined || gap(bin) > gap(most) ? bin : most), undefined);
}
