import { chiSquareTail } from '../../evaluate/distributions.js';
import { sum, sumOverCells } from '../contingency.js';
import type { CountDetector } from '../detector.js';

/** Log-likelihood ratio 2·Σ observed·ln(observed / expected) that both samples have the same shares. */
export const gTest: CountDetector = {
  name: 'g-test',
  compares: 'counts',
  significance: 0.05,
  measure: (reference, current) => {
    if (sum(reference) === 0 || sum(current) === 0) return { statistic: null, pValue: null };
    const term = (observed: number, expected: number): number => (observed > 0 ? 2 * observed * Math.log(observed / expected) : 0);
    const { total, degrees } = sumOverCells(reference, current, term);
    return { statistic: Math.max(0, total), pValue: chiSquareTail(total, degrees) };
  },
};
