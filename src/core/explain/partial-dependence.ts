import { LabError } from '../lab-error.js';
import { knownValues, quantileOfSorted } from '../table/quantile.js';
import type { Matrix } from '../table/table.js';
import type { Output } from './model-output.js';

/** What a model says as one feature (or two) is set to each point in all rows. */
export interface PartialDependence {
  /** Values given to the columns, one list for each point. */
  readonly points: readonly (readonly number[])[];
  /** Mean over the rows at each point (Friedman 2001). */
  readonly mean: Float64Array;
  /** Individual conditional expectation (Goldstein et al. 2015): a curve for each row, rows × points. */
  readonly curves: readonly Float64Array[];
}

/**
 * Partial dependence and ICE of the columns: several for a one-hot category, whose points are unit vectors, or for two features at once.
 * It shows points no row may have, such as hot winter days, when features hang together. Throws `no-rows`.
 */
export function partialDependence(x: Matrix, output: Output, columns: readonly number[], points: readonly (readonly number[])[]): PartialDependence {
  if (x.rows === 0) throw new LabError('no-rows');
  const curves = Array.from({ length: x.rows }, () => new Float64Array(points.length));
  const mean = new Float64Array(points.length);
  points.forEach((point, at) => {
    const predicted = output(withPoint(x, columns, point));
    predicted.forEach((value, row) => (curves[row]![at] = value));
    mean[at] = predicted.reduce((sum, value) => sum + value, 0) / x.rows;
  });
  return { points, mean, curves };
}

function withPoint(x: Matrix, columns: readonly number[], point: readonly number[]): Matrix {
  const data = x.data.slice();
  columns.forEach((column, i) => {
    for (let at = column; at < data.length; at += x.columns) data[at] = point[i]!;
  });
  return { ...x, data };
}

/** At most `count` distinct points of a numeric column, evenly by rank between its 5 % and 95 % quantiles; all its values when they are few. */
export function numericPoints(x: Matrix, column: number, count = 20): number[][] {
  const values = Float64Array.from({ length: x.rows }, (_, row) => x.data[row * x.columns + column]!);
  const sorted = knownValues(values).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= count) return distinct.map((value) => [value]);
  const picked = Array.from({ length: count }, (_, i) => quantileOfSorted(sorted, 0.05 + (0.9 * i) / (count - 1)));
  return [...new Set(picked)].map((value) => [value]);
}

/** The points of a one-hot category: each level in turn. */
export const levelPoints = (levels: number): number[][] => Array.from({ length: levels }, (_, level) => Array.from({ length: levels }, (__, i) => Number(i === level)));
