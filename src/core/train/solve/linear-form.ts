import type { Matrix } from '../../table/table.js';

/** Mean of each column. */
export function columnMeans(x: Matrix): Float64Array {
  const means = new Float64Array(x.columns);
  for (let i = 0, at = 0; i < x.rows; i++) for (let j = 0; j < x.columns; j++, at++) means[j]! += x.data[at]!;
  return means.map((sum) => sum / x.rows);
}

/** intercept + w · x for each row. */
export function predictLinear(x: Matrix, w: Float64Array, intercept: number): Float64Array {
  const out = new Float64Array(x.rows);
  const { data, columns } = x;
  for (let r = 0, at = 0; r < x.rows; r++) {
    let sum = intercept;
    for (let j = 0; j < columns; j++, at++) sum += data[at]! * w[j]!;
    out[r] = sum;
  }
  return out;
}

/** Mean squared error of a linear form. */
export function meanSquaredError(x: Matrix, y: Float64Array, { coefficients, intercept }: { coefficients: readonly number[]; intercept: number }): number {
  const predicted = predictLinear(x, Float64Array.from(coefficients), intercept);
  return predicted.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / y.length;
}
