import { chiSquareTail } from '../../evaluate/distributions.js';
import { sum, sumOverCells } from '../contingency.js';
import type { CountDetector } from '../detector.js';

/** Pearson's χ² that both samples have the same shares of each level, without continuity correction. */
export const chiSquare: CountDetector = {
  name: 'chi-square',
  compares: 'counts',
  significance: 0.05,
  measure: (reference, current) => {
    if (sum(reference) === 0 || sum(current) === 0) return { statistic: null, pValue: null };
    const { total, degrees } = sumOverCells(reference, current, (observed, expected) => (observed - expected) ** 2 / expected);
    return { statistic: total, pValue: chiSquareTail(total, degrees) };
  },
};

/** χ² of a two-by-two table with Yates's correction. */
export function yatesChiSquare(reference: ArrayLike<number>, current: ArrayLike<number>): { statistic: number; pValue: number } {
  const corrected = (observed: number, expected: number): number => Math.max(0, Math.abs(observed - expected) - 0.5) ** 2 / expected;
  const { total, degrees } = sumOverCells(reference, current, corrected);
  return { statistic: total, pValue: chiSquareTail(total, degrees) };
}

/** √(χ² / rows) for two samples: the strength of the difference, from 0 to 1. */
export const cramersV = (statistic: number, rows: number): number => Math.sqrt(statistic / rows);
