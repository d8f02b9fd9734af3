import { LabError } from '../lab-error.js';
import { checkVectors } from './inputs.js';

/** What each kind of outcome costs, in any unit; a gain is a negative cost. */
export interface OutcomeCosts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
  readonly falseNegative: number;
}

/** Rows are taken for positive when their score is at least `threshold`. */
export interface ThresholdCost {
  readonly threshold: number;
  readonly cost: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

export interface ThresholdCosts {
  /** One point for each way to divide the rows: first that none is positive, last that all are. */
  readonly points: readonly ThresholdCost[];
  /** The cheapest point, the highest threshold of equals. */
  readonly best: ThresholdCost;
  /** The threshold that is right if the scores are true probabilities, (cost of FP − TN) / (FP − TN + FN − TP) (Elkan 2001); null if one answer always costs least. */
  readonly calibratedThreshold: number | null;
}

/** Total cost of n rows at every threshold. Throws `length-mismatch`, `not-finite`, `bad-class`, `no-rows`. */
export function thresholdCosts(y: ArrayLike<number>, score: ArrayLike<number>, costs: OutcomeCosts): ThresholdCosts {
  checkVectors({ actual: y, predicted: score });
  checkVectors({ cost: Object.values(costs) });
  if (y.length === 0) throw new LabError('no-rows');
  for (let i = 0; i < y.length; i++) if (y[i] !== 0 && y[i] !== 1) throw new LabError('bad-class', { value: y[i]!, classes: 2 });
  const points = walkDown(y, score, costs);
  const best = points.reduce((least, point) => (point.cost < least.cost ? point : least));
  return { points, best, calibratedThreshold: calibratedThreshold(costs) };
}

/** Cost of the division that a threshold makes. */
export function costAt({ points }: ThresholdCosts, threshold: number): ThresholdCost {
  const at = points.findLast((point) => point.threshold >= threshold) ?? points[0]!;
  return { ...at, threshold };
}

function calibratedThreshold({ truePositive, falsePositive, trueNegative, falseNegative }: OutcomeCosts): number | null {
  const [alarm, miss] = [falsePositive - trueNegative, falseNegative - truePositive];
  return alarm > 0 && miss > 0 ? alarm / (alarm + miss) : null;
}

function walkDown(y: ArrayLike<number>, score: ArrayLike<number>, costs: OutcomeCosts): ThresholdCost[] {
  const order = Uint32Array.from({ length: y.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]!);
  const positives = order.reduce((sum, row) => sum + y[row]!, 0);
  const negatives = y.length - positives;
  const top = score[order[0]!]!;
  // Above every score, and 1 where that is enough.
  const points = [pointOf(top < 1 ? 1 : top + Math.abs(top) * Number.EPSILON, 0, 0, positives, negatives, costs)];
  let [hits, alarms] = [0, 0];
  order.forEach((row, at) => {
    if (y[row] === 1) hits += 1;
    else alarms += 1;
    if (at + 1 === order.length || score[order[at + 1]!] !== score[row]) points.push(pointOf(score[row]!, hits, alarms, positives, negatives, costs));
  });
  return points;
}

function pointOf(threshold: number, hits: number, alarms: number, positives: number, negatives: number, costs: OutcomeCosts): ThresholdCost {
  const counts = { truePositives: hits, falsePositives: alarms, trueNegatives: negatives - alarms, falseNegatives: positives - hits };
  const cost =
    counts.truePositives * costs.truePositive +
    counts.falsePositives * costs.falsePositive +
    counts.trueNegatives * costs.trueNegative +
    counts.falseNegatives * costs.falseNegative;
  return { threshold, cost, ...counts };
}
