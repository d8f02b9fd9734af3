/** The values without the missing ones, ascending. */
export function sortedPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** The distinct quantiles at 0, 1/bins, … 1 of a sorted sample (numpy's linear interpolation, to the bit). */
export function quantileEdges(sorted: Float64Array, bins = 10): Float64Array {
  if (sorted.length === 0) return new Float64Array(0);
  const step = 1 / bins;
  return distinct(Float64Array.from({ length: bins + 1 }, (_, i) => quantile(sorted, i === bins ? 1 : i * step)));
}

/** The distinct edges of equally wide bins from the least to the greatest value. */
export function equalWidthEdges(sorted: Float64Array, bins = 10): Float64Array {
  if (sorted.length === 0) return new Float64Array(0);
  const low = sorted[0]!;
  const high = sorted.at(-1)!;
  const step = (high - low) / bins;
  return distinct(Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : i * step + low)));
}

/** Counts by bin; the outer bins are open, and the bin of x is the number of inner edges <= x. Missing values are left out. */
export function countBins(values: Float64Array, edges: Float64Array): Float64Array {
  const inner = edges.subarray(1, edges.length - 1);
  const counts = new Float64Array(inner.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    let bin = 0;
    for (let e = 0; e < inner.length; e++) bin += value >= inner[e]! ? 1 : 0;
    counts[bin]! += 1;
  }
  return counts;
}

/** Counts as shares of their sum. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return Float64Array.from(counts, (count) => count / total);
}

function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const a = sorted[below]!;
  const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const t = at - below;
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

function distinct(ascending: Float64Array): Float64Array {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
}
