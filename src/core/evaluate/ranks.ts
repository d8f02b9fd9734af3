/** Mean ranks (from 1) of two sorted samples in their union, and the sizes of the groups of equal values. */
export function jointRanks(a: Float64Array, b: Float64Array): { a: Float64Array; b: Float64Array; ties: number[] } {
  const ranks = { a: new Float64Array(a.length), b: new Float64Array(b.length), ties: [] as number[] };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const value = Math.min(i < a.length ? a[i]! : Infinity, j < b.length ? b[j]! : Infinity);
    const [fromA, fromB] = [i, j];
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    const rank = (fromA + fromB + 1 + i + j) / 2;
    ranks.a.fill(rank, fromA, i);
    ranks.b.fill(rank, fromB, j);
    ranks.ties.push(i - fromA + j - fromB);
  }
  return ranks;
}
