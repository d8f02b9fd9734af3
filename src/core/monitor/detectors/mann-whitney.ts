import { normalTail } from '../../evaluate/distributions.js';
import type { SampleDetector } from '../detector.js';
import { jointRanks } from '../ranks.js';

/** Mann and Whitney's U of the reference; two-sided normal p-value with continuity and tie correction. */
export const mannWhitney: SampleDetector = {
  name: 'mann-whitney',
  compares: 'samples',
  significance: 0.05,
  measure: (reference, current) => {
    const n = reference.length;
    const m = current.length;
    if (n === 0 || m === 0) return { statistic: null, pValue: null };
    const { a, ties } = jointRanks(reference, current);
    const u = a.reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
    const tied = ties.reduce((sum, t) => sum + (t ** 3 - t), 0) / ((n + m) * (n + m - 1));
    const spread = Math.sqrt(((n * m) / 12) * (n + m + 1 - tied));
    const z = (Math.max(u, n * m - u) - (n * m) / 2 - 0.5) / spread;
    return { statistic: u, pValue: Math.min(1, 2 * normalTail(z)) };
  },
};
