import type { ShareDetector } from '../detector.js';

/** Half the sum of the absolute differences of the shares. */
export const totalVariation: ShareDetector = {
  name: 'total-variation',
  compares: 'shares',
  threshold: 0.1,
  measure: (reference, current) => {
    let sum = 0;
    for (let i = 0; i < reference.length; i++) sum += Math.abs(reference[i]! - current[i]!);
    return { statistic: sum / 2, pValue: null };
  },
};
