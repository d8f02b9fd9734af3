import { studentTwoSided } from '../../evaluate/distributions.js';
import type { SampleDetector } from '../detector.js';

/** Welch's t for a change of the mean; null when a sample has fewer than two rows or both have no spread. */
export const welchT: SampleDetector = {
  name: 'welch-t',
  compares: 'samples',
  significance: 0.05,
  measure: (reference, current) => {
    const a = meanAndError(reference);
    const b = meanAndError(current);
    const error = a.error + b.error;
    if (!(error > 0)) return { statistic: null, pValue: null };
    const t = (a.mean - b.mean) / Math.sqrt(error);
    const degrees = error ** 2 / (a.error ** 2 / (reference.length - 1) + b.error ** 2 / (current.length - 1));
    return { statistic: t, pValue: studentTwoSided(t, degrees) };
  },
};

/** Mean, and its squared standard error. */
function meanAndError(values: Float64Array): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: squares / (n - 1) / n };
}
