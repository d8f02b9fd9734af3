import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import type { FeatureGroup } from './feature-groups.js';
import type { Output } from './model-output.js';

/** Rows that are put before the model at once. */
const CHUNK_ROWS = 16_384;

/**
 * Worth of each coalition of features: the mean output over the background rows with the features of the coalition taken from `row`
 * (the interventional game of Janzing, Minorics and Blöbaum 2020). A coalition is a list of flags, one a feature. Throws `no-rows`.
 */
export function coalitionValues(output: Output, background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[], coalitions: readonly ArrayLike<number>[]): Float64Array {
  if (background.rows === 0) throw new LabError('no-rows');
  const values = new Float64Array(coalitions.length);
  const perChunk = Math.max(1, Math.floor(CHUNK_ROWS / background.rows));
  for (let from = 0; from < coalitions.length; from += perChunk) {
    const part = coalitions.slice(from, from + perChunk);
    const predicted = output(mixRows(background, row, groups, part));
    part.forEach((_, at) => {
      let sum = 0;
      for (let i = at * background.rows; i < (at + 1) * background.rows; i++) sum += predicted[i]!;
      values[from + at] = sum / background.rows;
    });
  }
  return values;
}

function mixRows(background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[], coalitions: readonly ArrayLike<number>[]): Matrix {
  const { columns, rows } = background;
  const data = new Float64Array(coalitions.length * rows * columns);
  coalitions.forEach((coalition, at) => {
    const start = at * rows * columns;
    data.set(background.data, start);
    groups.forEach((group, feature) => {
      if (!coalition[feature]) return;
      for (const column of group.columns) for (let i = start + column; i < start + rows * columns; i += columns) data[i] = row[column]!;
    });
  });
  return { rows: coalitions.length * rows, columns, data };
}
