import { welchT as compareMeans } from '../../evaluate/two-samples.js';
import type { SampleDetector } from '../detector.js';

/** Welch's t for a change of the mean; null when a sample has fewer than two rows or both have no spread. */
export const welchT: SampleDetector = {
  name: 'welch-t',
  compares: 'samples',
  significance: 0.05,
  measure: compareMeans,
};
