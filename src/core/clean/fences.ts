import { knownValues, quantileOfSorted } from '../table/quantile.js';

/** Tukey's fences (1977): quartiles ∓ `reach` interquartile ranges, quartiles of type 7. */
export function tukeyFences(values: Float64Array, reach = 1.5): { readonly low: number; readonly high: number } {
  const sorted = knownValues(values).sort();
  const [first, third] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
  return { low: first - reach * (third - first), high: third + reach * (third - first) };
}

/** Mean ∓ `limit` standard deviations (denominator n); outliers themselves widen it. */
export function deviationFences(values: Float64Array, limit = 3): { readonly low: number; readonly high: number } {
  const known = knownValues(values);
  const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length);
  return { low: mean - limit * deviation, high: mean + limit * deviation };
}
