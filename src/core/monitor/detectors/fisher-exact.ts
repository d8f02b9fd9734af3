import { fisherExactP } from '../../evaluate/fisher-exact.js';
import type { CountDetector } from '../detector.js';

/** Fisher's exact test of a two-by-two table, two-sided; the statistic is the odds ratio, and null for other tables. */
export const fisherExact: CountDetector = {
  name: 'fisher-exact',
  compares: 'counts',
  significance: 0.05,
  measure: (reference, current) => {
    if (reference.length !== 2) return { statistic: null, pValue: null };
    const [a, b, c, d] = [reference[0]!, reference[1]!, current[0]!, current[1]!];
    const odds = (a * d) / (b * c);
    return { statistic: Number.isFinite(odds) ? odds : null, pValue: fisherExactP(a, b, c, d) };
  },
};
