import { chiSquareTail, logChoose, normalTail, studentTwoSided } from './distributions.js';
import { checkCounts, momentsOf } from './intervals.js';
import { checkVectors } from './inputs.js';

/** A test statistic and its two-sided p-value; null where it is not defined. */
export interface TestResult {
  readonly statistic: number | null;
  readonly pValue: number | null;
}

const UNDEFINED: TestResult = { statistic: null, pValue: null };

/** Student's t of paired differences; null with fewer than two or without spread. Throws `not-finite`. */
export function pairedT(differences: ArrayLike<number>): TestResult {
  return resampledT(differences, 1 / differences.length);
}

/**
 * The corrected resampled t of Nadeau and Bengio (2003) for score differences of two models over k folds or repeats:
 * t = mean / √((1/k + test rows/training rows)·s²), k − 1 degrees. The correction is for training sets that overlap.
 */
export function correctedResampledT(differences: ArrayLike<number>, trainRows: number, testRows: number): TestResult {
  return resampledT(differences, 1 / differences.length + testRows / trainRows);
}

function resampledT(differences: ArrayLike<number>, factor: number): TestResult {
  checkVectors({ difference: differences });
  const n = differences.length;
  if (n < 2) return UNDEFINED;
  const { mean, squares } = momentsOf(differences);
  const t = mean / Math.sqrt((factor * squares) / (n - 1));
  return Number.isFinite(t) ? { statistic: t, pValue: studentTwoSided(t, n - 1) } : UNDEFINED;
}

/**
 * Wilcoxon's signed-rank test: the smaller rank sum, differences of 0 left out. Exact for at most 50 differences without ties,
 * else the normal approximation with tie correction, as `scipy.stats.wilcoxon`.
 */
export function wilcoxonSignedRank(differences: ArrayLike<number>): TestResult {
  checkVectors({ difference: differences });
  const kept = Array.from(differences).filter((value) => value !== 0);
  const n = kept.length;
  if (n === 0) return UNDEFINED;
  const { positive, tied } = signedRanks(kept);
  const statistic = Math.min(positive, (n * (n + 1)) / 2 - positive);
  if (n <= 50 && tied === 0) return { statistic, pValue: Math.min(1, 2 * exactRankTail(n, statistic)) };
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tied / 48);
  return spread > 0 ? { statistic, pValue: Math.min(1, 2 * normalTail(((n * (n + 1)) / 4 - statistic) / spread)) } : UNDEFINED;
}

/** Sum of the ranks of positive differences, and Σ(t³ − t) over groups of equal size. */
function signedRanks(differences: readonly number[]): { positive: number; tied: number } {
  const sorted = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  let positive = 0;
  let tied = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && Math.abs(sorted[end]!) === Math.abs(sorted[start]!)) end += 1;
    for (let i = start; i < end; i++) if (sorted[i]! > 0) positive += (start + 1 + end) / 2;
    tied += (end - start) ** 3 - (end - start);
    start = end;
  }
  return { positive, tied };
}

/** P(W ≤ w) by counting the subsets of 1 … n with each sum. */
function exactRankTail(n: number, w: number): number {
  const shares = new Float64Array((n * (n + 1)) / 2 + 1);
  shares[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = shares.length - 1; sum >= 0; sum--) shares[sum] = (shares[sum]! + (sum >= rank ? shares[sum - rank]! : 0)) / 2;
  }
  return shares.subarray(0, Math.floor(w) + 1).reduce((total, share) => total + share, 0);
}

/** McNemar's test of two models on the same rows. */
export interface McnemarResult {
  /** Two-sided binomial p-value of the rows on which just one model is right. */
  readonly exactPValue: number;
  /** (|b − c| − 1)² / (b + c), null without such rows. */
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/** McNemar's test from `onlyFirst` rows that only the first model gets right and `onlySecond`. Throws `bad-counts`. */
export function mcnemar(onlyFirst: number, onlySecond: number): McnemarResult {
  const n = onlyFirst + onlySecond;
  checkCounts(onlyFirst, n);
  if (n === 0) return { exactPValue: 1, statistic: null, pValue: null };
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) tail += Math.exp(logChoose(n, k) - n * Math.LN2);
  const statistic = (Math.abs(onlyFirst - onlySecond) - 1) ** 2 / n;
  return { exactPValue: Math.min(1, 2 * tail), statistic, pValue: chiSquareTail(statistic, 1) };
}

/** McNemar's test of the labels of two models against what was. Throws `length-mismatch`, `not-finite`. */
export function compareLabels(y: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): McnemarResult {
  checkVectors({ actual: y, first, second });
  let [onlyFirst, onlySecond] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    if (first[i] === y[i] && second[i] !== y[i]) onlyFirst += 1;
    if (first[i] !== y[i] && second[i] === y[i]) onlySecond += 1;
  }
  return mcnemar(onlyFirst, onlySecond);
}
