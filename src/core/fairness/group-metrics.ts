import { LabError } from '../lab-error.js';
import { checkVectors } from '../evaluate/inputs.js';
import { wilsonInterval, type Interval } from '../evaluate/intervals.js';
import { compareCodePoints } from '../prepare/encoders.js';

/** How labels 0 and 1 fall in one group; 1 is the favourable one. A rate without rows to count is null. */
export interface GroupMetrics {
  readonly group: string;
  readonly rows: number;
  readonly baseRate: number | null;
  readonly selectionRate: number | null;
  /** Wilson's 95 % interval of the selection rate. */
  readonly selectionInterval: Interval | null;
  readonly truePositiveRate: number | null;
  readonly falsePositiveRate: number | null;
  readonly trueNegativeRate: number | null;
  readonly falseNegativeRate: number | null;
  /** Share of those selected who deserve it (precision). */
  readonly positivePredictiveValue: number | null;
  readonly accuracy: number | null;
}

/** The rates of a group, by name. */
export type RateName = 'baseRate' | 'selectionRate' | 'truePositiveRate' | 'falsePositiveRate' | 'trueNegativeRate' | 'falseNegativeRate' | 'positivePredictiveValue' | 'accuracy';

/** Metrics of each group that occurs, by name. Throws `no-rows`, `length-mismatch`, `not-finite`, `bad-class`. */
export function groupMetrics(y: ArrayLike<number>, labels: ArrayLike<number>, groups: readonly string[]): GroupMetrics[] {
  checkVectors({ actual: y, predicted: labels });
  if (y.length === 0) throw new LabError('no-rows');
  if (groups.length !== y.length) throw new LabError('length-mismatch', { first: y.length, second: groups.length });
  const counts = new Map<string, Float64Array>();
  for (let i = 0; i < y.length; i++) {
    for (const value of [y[i]!, labels[i]!]) if (value !== 0 && value !== 1) throw new LabError('bad-class', { value, classes: 2 });
    const own = counts.get(groups[i]!) ?? new Float64Array(4);
    own[y[i]! * 2 + labels[i]!]! += 1;
    counts.set(groups[i]!, own);
  }
  return [...counts].sort(([a], [b]) => compareCodePoints(a, b)).map(([group, own]) => ratesOf(group, own));
}

function ratesOf(group: string, counts: Float64Array): GroupMetrics {
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = counts as unknown as [number, number, number, number];
  const [positives, negatives, selected] = [truePositives + falseNegatives, trueNegatives + falsePositives, truePositives + falsePositives];
  const rows = positives + negatives;
  const truePositiveRate = share(truePositives, positives);
  const falsePositiveRate = share(falsePositives, negatives);
  return {
    group,
    rows,
    baseRate: share(positives, rows),
    selectionRate: share(selected, rows),
    selectionInterval: wilsonInterval(selected, rows),
    truePositiveRate,
    falsePositiveRate,
    trueNegativeRate: share(trueNegatives, negatives),
    falseNegativeRate: share(falseNegatives, positives),
    positivePredictiveValue: share(truePositives, selected),
    accuracy: share(truePositives + trueNegatives, rows),
  };
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
