import { knownValues, quantileOfSorted } from '../table/quantile.js';

/** A fitted scaling of one column: out = (x - offset) / divisor. */
export interface Scaling {
  readonly offset: number;
  readonly divisor: number;
  /** Whether all values were the same, so that the divisor is 1. */
  readonly constant: boolean;
}

const EPSILON = 2 ** -52;

/** As scikit-learn: a divisor that is zero, or would be but for rounding, becomes 1. */
function scaleBy(offset: number, divisor: number, constant: boolean): Scaling {
  return { offset, divisor: constant || divisor < 10 * EPSILON ? 1 : divisor, constant };
}

/** Mean and population standard deviation, as `sklearn.preprocessing.StandardScaler`; NaN is left out. */
export function fitStandard(values: Float64Array): Scaling {
  const x = knownValues(values);
  let mean = 0;
  for (const value of x) mean += value;
  mean /= x.length;
  let variance = 0;
  let drift = 0;
  for (const value of x) {
    variance += (value - mean) ** 2;
    drift += value - mean;
  }
  // The second sum takes back the rounding of the mean (Chan, Golub and LeVeque 1983).
  variance = (variance - drift ** 2 / x.length) / x.length;
  const rounding = x.length * EPSILON * variance + (x.length * mean * EPSILON) ** 2;
  const constant = !(variance > rounding);
  return { offset: mean, divisor: constant ? 1 : Math.sqrt(variance), constant };
}

/** Smallest value and range, as `MinMaxScaler` to 0 … 1; NaN is left out. */
export function fitMinMax(values: Float64Array): Scaling {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return scaleBy(min, max - min, max === min);
}

/** Median and interquartile range (type 7), as `RobustScaler`; NaN is left out. */
export function fitRobust(values: Float64Array): Scaling {
  const sorted = knownValues(values).sort();
  const range = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  return scaleBy(quantileOfSorted(sorted, 0.5), range, sorted[0] === sorted[sorted.length - 1]);
}

/** No scaling; still tells a constant column. */
export function fitNone(values: Float64Array): Scaling {
  const { constant } = fitMinMax(values);
  return { offset: 0, divisor: 1, constant };
}
