import { integrateCdfGap } from '../cdf-gap.js';
import type { SampleDetector } from '../detector.js';

/** √(2·∫(F − G)²), in the square root of the column's unit (Székely). */
export const energyDistance: SampleDetector = {
  name: 'energy-distance',
  compares: 'samples',
  threshold: 0.1,
  measure: (reference, current) => {
    if (reference.length === 0 || current.length === 0) return { statistic: null, pValue: null };
    return { statistic: Math.sqrt(2 * integrateCdfGap(reference, current, (gap) => gap * gap)), pValue: null };
  },
};
