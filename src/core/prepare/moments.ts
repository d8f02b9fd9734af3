import { knownValues } from '../table/quantile.js';

/** Shape of a column's known values; NaN where there are too few of them or no spread. */
export interface ColumnMoments {
  readonly mean: number;
  /** Denominators n and n − 1. */
  readonly populationDeviation: number;
  readonly deviation: number;
  /** m₃/m₂^1.5, and Fisher's unbiased G₁ as pandas gives it. */
  readonly skewness: number;
  readonly unbiasedSkewness: number;
  /** m₄/m₂² − 3, and Fisher's unbiased G₂. */
  readonly excessKurtosis: number;
  readonly unbiasedExcessKurtosis: number;
}

/** Moments of a column, NaN left out (Joanes and Gill 1998). */
export function momentsOfColumn(values: Float64Array): ColumnMoments {
  const x = knownValues(values);
  const n = x.length;
  const mean = x.reduce((sum, value) => sum + value, 0) / n;
  const central = (power: number): number => x.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const m2 = central(2);
  const skewness = central(3) / m2 ** 1.5;
  const excessKurtosis = central(4) / m2 ** 2 - 3;
  return {
    mean,
    populationDeviation: Math.sqrt(m2),
    deviation: n > 1 ? Math.sqrt((m2 * n) / (n - 1)) : NaN,
    skewness,
    unbiasedSkewness: n > 2 ? (skewness * Math.sqrt(n * (n - 1))) / (n - 2) : NaN,
    excessKurtosis,
    unbiasedExcessKurtosis: n > 3 ? ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excessKurtosis + 6) : NaN,
  };
}
