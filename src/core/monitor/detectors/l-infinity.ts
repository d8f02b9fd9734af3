import type { ShareDetector } from '../detector.js';

/** The largest absolute difference of a share. */
export const lInfinity: ShareDetector = {
  name: 'l-infinity',
  compares: 'shares',
  threshold: 0.1,
  measure: (reference, current) => {
    let most = 0;
    for (let i = 0; i < reference.length; i++) most = Math.max(most, Math.abs(reference[i]! - current[i]!));
    return { statistic: most, pValue: null };
  },
};
