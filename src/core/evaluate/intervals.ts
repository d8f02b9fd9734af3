import { LabError } from '../lab-error.js';
import { betaQuantile, normalQuantile, studentTwoSidedQuantile } from './quantiles.js';

/** Where a quantity lies with the stated confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Mean and spread of a few scores; what needs two scores is null with fewer. */
export interface ScoreSpread {
  readonly count: number;
  readonly mean: number | null;
  /** Standard deviation with denominator n. */
  readonly populationDeviation: number | null;
  /** Standard deviation with denominator n − 1. */
  readonly deviation: number | null;
  readonly standardError: number | null;
  /** Student's t interval of the mean; it takes the scores for independent, which scores of folds are only roughly. */
  readonly interval: Interval | null;
}

/** Mean of the scores with Student's t interval: mean ± t(1 − level; n − 1) · s / √n. Throws `not-finite`. */
export function spreadOfScores(scores: ArrayLike<number>, level = 0.95): ScoreSpread {
  checkLevel(level);
  const count = scores.length;
  for (let row = 0; row < count; row++) if (!Number.isFinite(scores[row])) throw new LabError('not-finite', { column: 'score', row });
  if (count === 0) return { count, mean: null, populationDeviation: null, deviation: null, standardError: null, interval: null };
  const { mean, squares } = momentsOf(scores);
  const populationDeviation = Math.sqrt(squares / count);
  if (count === 1) return { count, mean, populationDeviation, deviation: null, standardError: null, interval: null };
  const deviation = Math.sqrt(squares / (count - 1));
  const standardError = deviation / Math.sqrt(count);
  const reach = studentTwoSidedQuantile(1 - level, count - 1) * standardError;
  return { count, mean, populationDeviation, deviation, standardError, interval: { low: mean - reach, high: mean + reach } };
}

/** Mean, and sum of squares about it. */
export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly squares: number } {
  // Counted from the first value, so that equal values have no spread, whatever the rounding.
  const first = values[0] ?? NaN;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! - first;
  const mean = first + sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, squares };
}

/** Wilson's score interval of a proportion (1927), good for small counts; null without trials. Throws `bad-counts`. */
export function wilsonInterval(hits: number, trials: number, level = 0.95): Interval | null {
  checkCounts(hits, trials);
  if (trials === 0) return null;
  const z = zOf(level);
  const p = hits / trials;
  const centre = p + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  const bottom = 1 + (z * z) / trials;
  return clip((centre - reach) / bottom, (centre + reach) / bottom);
}

/** Wald's normal interval p ± z·√(p(1 − p)/n), cut to [0, 1]; too narrow for few trials or a p near 0 or 1. Throws `bad-counts`. */
export function normalInterval(hits: number, trials: number, level = 0.95): Interval | null {
  checkCounts(hits, trials);
  if (trials === 0) return null;
  const p = hits / trials;
  const reach = zOf(level) * Math.sqrt((p * (1 - p)) / trials);
  return clip(p - reach, p + reach);
}

/** Clopper and Pearson's exact interval (1934), which covers at least as often as it says. Throws `bad-counts`. */
export function clopperPearsonInterval(hits: number, trials: number, level = 0.95): Interval | null {
  checkCounts(hits, trials);
  checkLevel(level);
  if (trials === 0) return null;
  const tail = (1 - level) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    high: hits === trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
  };
}

const clip = (low: number, high: number): Interval => ({ low: Math.max(0, low), high: Math.min(1, high) });

function zOf(level: number): number {
  checkLevel(level);
  return normalQuantile((1 + level) / 2);
}

/** Refuses a confidence that is not between 0 and 1: `bad-level` {level}. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new LabError('bad-level', { level });
}

/** Refuses counts that are no whole numbers from 0 to `trials`: `bad-counts` {hits, trials}. */
export function checkCounts(hits: number, trials: number): void {
  if (!Number.isInteger(hits) || !Number.isInteger(trials) || hits < 0 || hits > trials) throw new LabError('bad-counts', { hits, trials });
}
