import { mannWhitneySorted } from '../../evaluate/two-samples.js';
import type { SampleDetector } from '../detector.js';

/** Mann and Whitney's U of the reference; two-sided normal p-value with continuity and tie correction. */
export const mannWhitney: SampleDetector = {
  name: 'mann-whitney',
  compares: 'samples',
  significance: 0.05,
  measure: mannWhitneySorted,
};
