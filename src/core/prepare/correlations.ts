import { LabError } from '../lab-error.js';

/** Pearson's correlation; NaN with fewer than two rows or without spread. Throws `length-mismatch`. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths(a, b);
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i]! / n;
    meanB += b[i]! / n;
  }
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    both += (a[i]! - meanA) * (b[i]! - meanB);
    squaresA += (a[i]! - meanA) ** 2;
    squaresB += (b[i]! - meanB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}

/** Spearman's rank correlation: Pearson's of mean ranks. */
export const spearman = (a: ArrayLike<number>, b: ArrayLike<number>): number => pearson(meanRanks(a), meanRanks(b));

/** Kendall's tau-b, which allows for ties: (concordant − discordant) / √((pairs − ties in a)(pairs − ties in b)). Time grows with n². */
export function kendall(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths(a, b);
  let [score, differA, differB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [signA, signB] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      score += signA * signB;
      differA += Math.abs(signA);
      differB += Math.abs(signB);
    }
  }
  return score / Math.sqrt(differA * differB);
}

/** Ranks from 1, equal values sharing their mean rank. */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Correlation of each pair of columns, columns × columns. */
export function correlationTable(columns: readonly ArrayLike<number>[], correlate: (a: ArrayLike<number>, b: ArrayLike<number>) => number): number[][] {
  return columns.map((a) => columns.map((b) => correlate(a, b)));
}

function checkLengths(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) throw new LabError('length-mismatch', { first: a.length, second: b.length });
}
