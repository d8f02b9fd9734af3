import { logChoose } from '../../evaluate/distributions.js';
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
    return { statistic: Number.isFinite(odds) ? odds : null, pValue: twoSided(a, b, c, d) };
  },
};

/** Sum of the probabilities of all tables with these margins that are at most as likely as this one. */
function twoSided(a: number, b: number, c: number, d: number): number {
  const row = a + b;
  const column = a + c;
  const total = row + c + d;
  const logP = (x: number): number => logChoose(column, x) + logChoose(total - column, row - x) - logChoose(total, row);
  const limit = logP(a) + 1e-7;
  let p = 0;
  for (let x = Math.max(0, row + column - total); x <= Math.min(row, column); x++) if (logP(x) <= limit) p += Math.exp(logP(x));
  return Math.min(1, p);
}
