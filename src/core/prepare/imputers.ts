import { knownValues, quantileOfSorted } from '../table/quantile.js';

/** Mean of the values that are not NaN; NaN for none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Median of the values that are not NaN; NaN for none. */
export function medianOf(values: Float64Array): number {
  return quantileOfSorted(knownValues(values).sort(), 0.5);
}

/** The most frequent value that is not NaN, the smallest of several, as `SimpleImputer`; NaN for none. */
export function mostFrequentOf(values: Float64Array): number {
  const sorted = knownValues(values).sort();
  let best = NaN;
  let bestRun = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start > bestRun) {
      bestRun = end - start;
      best = sorted[start] as number;
    }
    start = end;
  }
  return best;
}
