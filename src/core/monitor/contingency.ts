/** Counts expected in each of two samples when both come from one distribution, and the levels' number. */
export function expectedCounts(reference: ArrayLike<number>, current: ArrayLike<number>): { reference: Float64Array; current: Float64Array } {
  const n = sum(reference);
  const m = sum(current);
  const both = Float64Array.from(reference, (count, i) => count + current[i]!);
  return { reference: both.map((count) => (count * n) / (n + m)), current: both.map((count) => (count * m) / (n + m)) };
}

/** Σ over both samples and all levels of term(observed, expected); levels that occur in neither are left out. */
export function sumOverCells(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  term: (observed: number, expected: number) => number,
): { total: number; degrees: number } {
  const expected = expectedCounts(reference, current);
  let total = 0;
  let levels = 0;
  for (let i = 0; i < reference.length; i++) {
    if (expected.reference[i]! + expected.current[i]! === 0) continue;
    levels += 1;
    total += term(reference[i]!, expected.reference[i]!) + term(current[i]!, expected.current[i]!);
  }
  return { total, degrees: levels - 1 };
}

/** The sum of counts. */
export function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
