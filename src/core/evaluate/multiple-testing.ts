import { LabError } from '../lab-error.js';

/** Ways to correct p-values of tests made together. */
export type Correction = 'bonferroni' | 'holm' | 'benjamini-hochberg';

/**
 * p-values corrected for their number, in their order: Bonferroni and Holm (1979) bound the chance of any false find,
 * Benjamini and Hochberg (1995) the share of false finds. Throws `bad-p-value` {row}.
 */
export function correctPValues(pValues: ArrayLike<number>, correction: Correction): Float64Array {
  const n = pValues.length;
  for (let row = 0; row < n; row++) if (!(pValues[row]! >= 0 && pValues[row]! <= 1)) throw new LabError('bad-p-value', { row });
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const corrected = new Float64Array(n);
  if (correction === 'bonferroni') order.forEach((row) => (corrected[row] = Math.min(1, n * pValues[row]!)));
  if (correction === 'holm') stepDown(order, pValues, corrected);
  if (correction === 'benjamini-hochberg') stepUp(order, pValues, corrected);
  return corrected;
}

function stepDown(order: readonly number[], pValues: ArrayLike<number>, corrected: Float64Array): void {
  let most = 0;
  order.forEach((row, rank) => {
    most = Math.max(most, Math.min(1, (order.length - rank) * pValues[row]!));
    corrected[row] = most;
  });
}

function stepUp(order: readonly number[], pValues: ArrayLike<number>, corrected: Float64Array): void {
  let least = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const row = order[rank - 1]!;
    least = Math.min(least, (order.length * pValues[row]!) / rank);
    corrected[row] = least;
  }
}
