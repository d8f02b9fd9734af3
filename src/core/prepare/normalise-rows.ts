import type { Matrix } from '../table/table.js';

/** Each row divided by its length √Σx², as scikit-learn's `Normalizer`; a row of zeros stays. */
export function normaliseRows(x: Matrix): Matrix {
  const data = x.data.slice();
  for (let at = 0; at < data.length; at += x.columns) {
    const row = data.subarray(at, at + x.columns);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, j) => (row[j] = value / length));
  }
  return { ...x, data };
}
