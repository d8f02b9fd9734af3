import type { SampleDetector } from '../detector.js';
import { jointRanks } from '../../evaluate/ranks.js';

/** Two-sample statistic T of Cramér and von Mises (Anderson 1962). */
export const cramerVonMises: SampleDetector = {
  name: 'cramer-von-mises',
  compares: 'samples',
  threshold: 0.461,
  measure: (reference, current) => {
    const n = reference.length;
    const m = current.length;
    if (n === 0 || m === 0) return { statistic: null, pValue: null };
    const { a, b } = jointRanks(reference, current);
    const u = n * squaredShift(a) + m * squaredShift(b);
    return { statistic: u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m)), pValue: null };
  },
};

const squaredShift = (ranks: Float64Array): number => ranks.reduce((sum, rank, i) => sum + (rank - i - 1) ** 2, 0);
