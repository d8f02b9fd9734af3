import { normalTail, studentTwoSided } from './distributions.js';
import { momentsOf } from './intervals.js';
import { checkVectors } from './inputs.js';
import type { TestResult } from './paired-tests.js';
import { jointRanks } from './ranks.js';

const UNDEFINED: TestResult = { statistic: null, pValue: null };

/** Welch's t of the difference of two means with unequal variances; null with fewer than two values in one or no spread in both. Throws `not-finite`. */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>): TestResult {
  const [first, second] = [errorOf(a), errorOf(b)];
  const error = first.error + second.error;
  if (!(error > 0)) return UNDEFINED;
  const t = (first.mean - second.mean) / Math.sqrt(error);
  const degrees = error ** 2 / (first.error ** 2 / (a.length - 1) + second.error ** 2 / (b.length - 1));
  return { statistic: t, pValue: studentTwoSided(t, degrees) };
}

/** Student's t of two means that share one variance; null without spread. Throws `not-finite`. */
export function studentT(a: ArrayLike<number>, b: ArrayLike<number>): TestResult {
  const pooled = pooledVariance(a, b);
  if (!(pooled > 0)) return UNDEFINED;
  const t = (momentsOf(a).mean - momentsOf(b).mean) / Math.sqrt(pooled * (1 / a.length + 1 / b.length));
  return { statistic: t, pValue: studentTwoSided(t, a.length + b.length - 2) };
}

/** Cohen's d: the difference of the means in pooled standard deviations; null without spread. Throws `not-finite`. */
export function cohensD(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const pooled = pooledVariance(a, b);
  return pooled > 0 ? (momentsOf(a).mean - momentsOf(b).mean) / Math.sqrt(pooled) : null;
}

/** Mann and Whitney's U of the first of two sorted samples; two-sided normal p-value with continuity and tie correction. */
export function mannWhitneySorted(a: Float64Array, b: Float64Array): TestResult {
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0) return UNDEFINED;
  const ranks = jointRanks(a, b);
  const u = ranks.a.reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  const tied = ranks.ties.reduce((sum, t) => sum + (t ** 3 - t), 0) / ((n + m) * (n + m - 1));
  const spread = Math.sqrt(((n * m) / 12) * (n + m + 1 - tied));
  const z = (Math.max(u, n * m - u) - (n * m) / 2 - 0.5) / spread;
  return { statistic: u, pValue: Math.min(1, 2 * normalTail(z)) };
}

/** The same of samples in any order. Throws `not-finite`. */
export function mannWhitney(a: ArrayLike<number>, b: ArrayLike<number>): TestResult {
  checkVectors({ first: a });
  checkVectors({ second: b });
  return mannWhitneySorted(Float64Array.from(a).sort(), Float64Array.from(b).sort());
}

function errorOf(values: ArrayLike<number>): { mean: number; error: number } {
  checkVectors({ value: values });
  const { mean, squares } = momentsOf(values);
  return { mean, error: squares / (values.length - 1) / values.length };
}

function pooledVariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkVectors({ first: a });
  checkVectors({ second: b });
  if (a.length < 1 || b.length < 1) return NaN;
  return (momentsOf(a).squares + momentsOf(b).squares) / (a.length + b.length - 2);
}
