import { integrateCdfGap } from '../cdf-gap.js';
import type { SampleDetector } from '../detector.js';

/** Wasserstein distance over the reference's standard deviation; null when that is 0. */
export const wasserstein: SampleDetector = {
  name: 'wasserstein',
  compares: 'samples',
  threshold: 0.1,
  measure: (reference, current) => {
    const spread = standardDeviation(reference);
    const distance = wassersteinDistance(reference, current);
    return { statistic: distance !== null && spread > 0 ? distance / spread : null, pValue: null };
  },
};

/** Area between the two distribution functions, in the column's unit; null without rows. */
export function wassersteinDistance(a: Float64Array, b: Float64Array): number | null {
  return a.length > 0 && b.length > 0 ? integrateCdfGap(a, b, Math.abs) : null;
}

/** With divisor n. */
export function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
