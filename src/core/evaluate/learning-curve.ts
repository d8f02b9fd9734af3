import { LabError } from '../lab-error.js';
import { createRandom, permutation } from '../random.js';
import { spreadOfScores, type ScoreSpread } from './intervals.js';

/** Score of models trained on `rows` rows. */
export interface LearningPoint {
  readonly rows: number;
  readonly train: ScoreSpread;
  readonly test: ScoreSpread;
}

export interface LearningCurveOptions {
  /** Shares of the training rows, each above 0 and at most 1. */
  readonly shares?: readonly number[];
  readonly repeats?: number;
  readonly seed: number;
  /** Rows in time order are not shuffled: the latest are used. */
  readonly keepOrder?: boolean;
}

/** Trains on the rows and scores on them and on the rows that are held. */
export type ScoreRows = (rows: Int32Array) => Promise<{ readonly train: number; readonly test: number }>;

/**
 * Scores against the number of training rows. Within a repeat smaller sets lie in larger ones, so that the curve shows rows and not luck.
 * Throws `no-rows`, `bad-share` {share} and what `score` throws.
 */
export async function learningCurve(rows: Int32Array, options: LearningCurveOptions, score: ScoreRows): Promise<LearningPoint[]> {
  const { shares = [0.1, 0.25, 0.5, 0.75, 1], seed, keepOrder = false } = options;
  const repeats = keepOrder ? 1 : (options.repeats ?? 3);
  if (rows.length === 0) throw new LabError('no-rows');
  const bad = shares.find((share) => !(share > 0 && share <= 1));
  if (bad !== undefined) throw new LabError('bad-share', { share: bad });
  const sizes = [...new Set(shares.map((share) => Math.max(1, Math.round(share * rows.length))))].sort((a, b) => a - b);
  const random = createRandom(seed);
  const orders = Array.from({ length: repeats }, () => (keepOrder ? rows.slice().reverse() : permutation(rows.length, random).map((at) => rows[at]!)));
  const points: LearningPoint[] = [];
  for (const size of sizes) points.push(await pointOf(size, orders, score));
  return points;
}

async function pointOf(size: number, orders: readonly Int32Array[], score: ScoreRows): Promise<LearningPoint> {
  const scores: { readonly train: number; readonly test: number }[] = [];
  for (const order of orders) scores.push(await score(order.slice(0, size).sort()));
  return { rows: size, train: spreadOfScores(scores.map(({ train }) => train)), test: spreadOfScores(scores.map(({ test }) => test)) };
}
