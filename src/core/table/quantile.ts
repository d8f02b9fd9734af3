/** Quantile of ascending values by linear interpolation between order statistics (Hyndman and Fan's type 7, numpy's default); NaN for none. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const place = share * (n - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, n - 1)] as number;
  return low + (high - low) * (place - below);
}
