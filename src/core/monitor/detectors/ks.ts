import type { SampleDetector } from '../detector.js';
import { kolmogorovTail } from '../kolmogorov.js';
import { exactSmirnovTail } from '../smirnov.js';

/** Largest gap of the two samples' distribution functions (Kolmogorov and Smirnov). */
export const ks: SampleDetector = {
  name: 'ks',
  compares: 'samples',
  significance: 0.05,
  measure: (reference, current) => {
    if (reference.length === 0 || current.length === 0) return { statistic: null, pValue: null };
    const statistic = ksStatistic(reference, current);
    return { statistic, pValue: ksPValue(reference.length, current.length, statistic) };
  },
};

/** The statistic of two sorted samples. */
export function ksStatistic(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/** Exact up to 10,000 rows a sample, else asymptotic, as scipy's `method='auto'`. */
export function ksPValue(n: number, m: number, statistic: number): number {
  return exactKsPValue(n, m, statistic) ?? asymptoticKsPValue(n, m, statistic);
}

/** Kolmogorov's one-sample distribution at round(n·m / (n + m)) rows, as scipy's `method='asymp'`. */
export function asymptoticKsPValue(n: number, m: number, statistic: number): number {
  return kolmogorovTail(roundHalfEven((n * m) / (n + m)), statistic);
}

/** The exact p-value alone, null when a sample has more than 10,000 rows or the paths are too many to count. */
export function exactKsPValue(n: number, m: number, statistic: number): number | null {
  return Math.max(n, m) <= 10000 ? exactSmirnovTail(n, m, statistic) : null;
}

function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
