import { logChoose } from './distributions.js';

/** Fisher's exact test, two-sided, of the table [[a, b], [c, d]]: all tables with its margins that are at most as likely, as `scipy.stats.fisher_exact`. */
export function fisherExactP(a: number, b: number, c: number, d: number): number {
  const row = a + b;
  const column = a + c;
  const total = row + c + d;
  const logP = (x: number): number => logChoose(column, x) + logChoose(total - column, row - x) - logChoose(total, row);
  const limit = logP(a) + 1e-7;
  let p = 0;
  for (let x = Math.max(0, row + column - total); x <= Math.min(row, column); x++) if (logP(x) <= limit) p += Math.exp(logP(x));
  return Math.min(1, p);
}
