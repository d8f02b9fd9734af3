import type { Matrix } from '../../table/table.js';

/** Rows of which only what is not 0 is kept: row r has `columns` and `values` from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The same rows without their zeros. */
export function sparseRows({ rows, columns, data }: Matrix): SparseRows {
  const count = data.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const kept = { rows, starts: new Int32Array(rows + 1), columns: new Int32Array(count), values: new Float64Array(count) };
  for (let row = 0, from = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, from++) {
      if (data[from] === 0) continue;
      kept.columns[at] = column;
      kept.values[at++] = data[from]!;
    }
    kept.starts[row + 1] = at;
  }
  return kept;
}
