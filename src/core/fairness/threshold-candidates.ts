import type { OutcomeCosts } from '../evaluate/threshold-costs.js';

/** A threshold of one group, and what comes of it; a rate that cannot be counted is null. */
export interface Candidate {
  readonly threshold: number;
  readonly selectionRate: number | null;
  readonly truePositiveRate: number | null;
  readonly falsePositiveRate: number | null;
  readonly cost: number;
}

/** The thresholds of a group that are tried: at most `most` of its distinct scores, evenly by rank, one above all scores, and `given`. */
export function candidatesOf(y: ArrayLike<number>, score: ArrayLike<number>, costs: OutcomeCosts, most: number, given: number): Candidate[] {
  const distinct = [...new Set(Array.from(score))].sort((a, b) => b - a);
  const step = Math.max(1, (distinct.length - 1) / Math.max(1, most - 1));
  const kept = new Set<number>([aboveAll(distinct[0] ?? 0), given]);
  for (let at = 0; at < distinct.length; at += step) kept.add(distinct[Math.round(at)]!);
  if (distinct.length > 0) kept.add(distinct.at(-1)!);
  const order = Array.from({ length: y.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]!);
  return walkThresholds([...kept].sort((a, b) => b - a), order, y, score, costs);
}

const aboveAll = (top: number): number => (top < 1 ? 1 : top + Math.abs(top) * Number.EPSILON);

function walkThresholds(thresholds: readonly number[], order: readonly number[], y: ArrayLike<number>, score: ArrayLike<number>, costs: OutcomeCosts): Candidate[] {
  let positives = 0;
  for (let i = 0; i < y.length; i++) positives += y[i]!;
  const negatives = y.length - positives;
  let [hits, alarms, at] = [0, 0, 0];
  return thresholds.map((threshold) => {
    for (; at < order.length && score[order[at]!]! >= threshold; at++) {
      if (y[order[at]!] === 1) hits += 1;
      else alarms += 1;
    }
    const cost = hits * costs.truePositive + alarms * costs.falsePositive + (negatives - alarms) * costs.trueNegative + (positives - hits) * costs.falseNegative;
    return { threshold, selectionRate: share(hits + alarms, y.length), truePositiveRate: share(hits, positives), falsePositiveRate: share(alarms, negatives), cost };
  });
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
