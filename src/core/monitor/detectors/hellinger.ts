import type { ShareDetector } from '../detector.js';

/** Hellinger distance √(½·Σ(√p − √q)²), from 0 to 1. */
export const hellinger: ShareDetector = {
  name: 'hellinger',
  compares: 'shares',
  threshold: 0.1,
  measure: (reference, current) => {
    let sum = 0;
    for (let i = 0; i < reference.length; i++) sum += (Math.sqrt(reference[i]!) - Math.sqrt(current[i]!)) ** 2;
    return { statistic: Math.sqrt(sum / 2), pValue: null };
  },
};
