import type { Matrix } from '../table/table.js';

/** The columns in which some training row is missing; each becomes a flag. */
export function columnsWithMissing(x: Matrix): number[] {
  return Array.from({ length: x.columns }, (_, column) => column).filter((column) => {
    for (let at = column; at < x.data.length; at += x.columns) if (Number.isNaN(x.data[at])) return true;
    return false;
  });
}

/** 1 where the cell is missing, else 0: rows × those columns. */
export function missingFlags(x: Matrix, columns: readonly number[]): Matrix {
  const data = new Float64Array(x.rows * columns.length);
  for (let row = 0; row < x.rows; row++) {
    columns.forEach((column, j) => (data[row * columns.length + j] = Number(Number.isNaN(x.data[row * x.columns + column]))));
  }
  return { rows: x.rows, columns: columns.length, data };
}
