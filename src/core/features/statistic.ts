import type { Statistic } from './feature-step.js';

/** A figure of some numbers, of which NaN are left out; NaN when there are too few (count and sum: 0). `std` has denominator n − 1. */
export function statisticOf(how: Statistic, values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  const sum = known.reduce((total, value) => total + value, 0);
  switch (how) {
    case 'count':
      return n;
    case 'sum':
      return sum;
    case 'mean':
      return sum / n;
    case 'min':
      return n === 0 ? NaN : known.reduce((least, value) => Math.min(least, value));
    case 'max':
      return n === 0 ? NaN : known.reduce((most, value) => Math.max(most, value));
    case 'median': {
      const sorted = known.sort((a, b) => a - b);
      return n === 0 ? NaN : (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
    }
    case 'std':
      return n < 2 ? NaN : Math.sqrt(known.reduce((squares, value) => squares + (value - sum / n) ** 2, 0) / (n - 1));
  }
}
