import type { ShareDetector } from '../detector.js';

/** Square root of the Jensen-Shannon divergence with logarithms to base 2, from 0 to 1. */
export const jensenShannon: ShareDetector = {
  name: 'jensen-shannon',
  compares: 'shares',
  threshold: 0.1,
  measure: (reference, current) => {
    let sum = 0;
    for (let i = 0; i < reference.length; i++) {
      const middle = (reference[i]! + current[i]!) / 2;
      sum += part(reference[i]!, middle) + part(current[i]!, middle);
    }
    return { statistic: Math.sqrt(Math.max(0, sum / 2)), pValue: null };
  },
};

const part = (share: number, middle: number): number => (share > 0 ? share * Math.log2(share / middle) : 0);
