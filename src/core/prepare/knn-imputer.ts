import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { meanOf } from './imputers.js';

/**
 * Missing cells of `x` filled with the mean of the `k` nearest training rows that know the column, as scikit-learn's `KNNImputer`; the distance
 * is Euclidean over the columns both rows know, scaled up for those they do not. With no such row the column's mean is taken; a column without any known training value stays missing. Throws `length-mismatch`, `no-rows`.
 */
export function imputeFromNeighbours(train: Matrix, x: Matrix, k: number): Matrix {
  if (train.rows === 0) throw new LabError('no-rows');
  if (train.columns !== x.columns) throw new LabError('length-mismatch', { first: train.columns, second: x.columns });
  const { columns } = x;
  const data = x.data.slice();
  const means = Array.from({ length: columns }, (_, j) => meanOf(Float64Array.from({ length: train.rows }, (__, i) => train.data[i * columns + j]!)));
  for (let row = 0; row < x.rows; row++) {
    const own = x.data.subarray(row * columns, (row + 1) * columns);
    if (!own.some(Number.isNaN)) continue;
    const distances = Float64Array.from({ length: train.rows }, (_, i) => distance(own, train.data.subarray(i * columns, (i + 1) * columns)));
    own.forEach((value, j) => {
      if (Number.isNaN(value)) data[row * columns + j] = nearestMean(train, distances, j, k) ?? means[j]!;
    });
  }
  return { ...x, data };
}

/** √(columns / known · Σ(a − b)²); NaN when no column is known to both. */
function distance(a: Float64Array, b: Float64Array): number {
  let known = 0;
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    const gap = a[j]! - b[j]!;
    if (Number.isNaN(gap)) continue;
    known += 1;
    sum += gap * gap;
  }
  return known > 0 ? Math.sqrt((a.length / known) * sum) : NaN;
}

function nearestMean(train: Matrix, distances: Float64Array, column: number, k: number): number | undefined {
  const donors = Array.from(distances.keys()).filter((row) => !Number.isNaN(distances[row]) && !Number.isNaN(train.data[row * train.columns + column]));
  const nearest = donors.sort((a, b) => distances[a]! - distances[b]! || a - b).slice(0, k);
  return nearest.length > 0 ? nearest.reduce((sum, row) => sum + train.data[row * train.columns + column]!, 0) / nearest.length : undefined;
}
