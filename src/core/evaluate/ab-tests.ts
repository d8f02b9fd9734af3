import { normalTail } from './distributions.js';
import { fisherExactP } from './fisher-exact.js';
import { checkCounts, wilsonInterval, type Interval } from './intervals.js';
import { normalQuantile, solveRising } from './quantiles.js';

/** Two arms of an experiment with a yes-or-no outcome. */
export interface ProportionsResult {
  /** First share minus second. */
  readonly difference: number | null;
  /** z with the pooled share, and its two-sided p-value; null without trials or when all outcomes are the same. */
  readonly z: number | null;
  readonly pValue: number | null;
  readonly fisherPValue: number;
  /** Wilson's interval of each share. */
  readonly intervals: readonly [Interval | null, Interval | null];
}

/** Compares hits of two arms: z = (p₁ − p₂) / √(p(1 − p)(1/n₁ + 1/n₂)), p of both together, and Fisher's exact test. Throws `bad-counts`. */
export function compareProportions(hits1: number, trials1: number, hits2: number, trials2: number, level = 0.95): ProportionsResult {
  checkCounts(hits1, trials1);
  checkCounts(hits2, trials2);
  const defined = trials1 > 0 && trials2 > 0;
  const difference = defined ? hits1 / trials1 - hits2 / trials2 : null;
  const pooled = (hits1 + hits2) / (trials1 + trials2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / trials1 + 1 / trials2));
  const z = difference !== null && error > 0 ? difference / error : null;
  return {
    difference,
    z,
    pValue: z === null ? null : 2 * normalTail(Math.abs(z)),
    fisherPValue: fisherExactP(hits1, trials1 - hits1, hits2, trials2 - hits2),
    intervals: [wilsonInterval(hits1, trials1, level), wilsonInterval(hits2, trials2, level)],
  };
}

/** Cohen's h of two shares: 2·asin√p₁ − 2·asin√p₂. */
export const cohensH = (p1: number, p2: number): number => 2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2));

/** Chance that a two-sided z test of two arms of n rows sees an effect of `h` standard deviations. */
export function powerOf(effect: number, rowsEach: number, alpha = 0.05): number {
  const limit = normalQuantile(1 - alpha / 2);
  const shift = Math.abs(effect) * Math.sqrt(rowsEach / 2);
  return normalTail(limit - shift) + normalTail(limit + shift);
}

/** Rows that each of two arms needs so that the shares p1 and p2 are told apart with that power, as statsmodels' `NormalIndPower`; Infinity for equal shares. */
export function rowsForPower(p1: number, p2: number, options: { readonly alpha?: number; readonly power?: number } = {}): number {
  const { alpha = 0.05, power = 0.8 } = options;
  const effect = cohensH(p1, p2);
  if (effect === 0) return Infinity;
  let high = 2;
  while (powerOf(effect, high, alpha) < power && high < 1e15) high *= 2;
  return solveRising((rows) => powerOf(effect, rows, alpha), power, 0, high);
}
