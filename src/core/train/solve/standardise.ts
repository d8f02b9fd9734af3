import type { Matrix } from '../../table/table.js';

/** Mean and standard deviation of each column; 1 in place of the deviation of a constant one. */
export interface ColumnScaling {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** The scaling of a matrix's columns. */
export function columnScaling({ rows, columns, data }: Matrix): ColumnScaling {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const part = 1 / rows;
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) means[j]! += data[at]! * part;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const distance = data[at]! - means[j]!;
      squares[j]! += distance * distance;
    }
  }
  const deviations = squares.map((sum, j) => {
    const deviation = Math.sqrt(sum * part);
    return deviation > 1e-12 * Math.max(1, Math.abs(means[j]!)) ? deviation : 1;
  });
  return { means, deviations };
}

/** A copy with columns of mean 0 and deviation 1. */
export function standardised(x: Matrix, { means, deviations }: ColumnScaling): Matrix {
  const data = new Float64Array(x.data.length);
  const inverses = deviations.map((deviation) => 1 / deviation);
  const { columns } = x;
  for (let i = 0, at = 0; i < x.rows; i++) for (let j = 0; j < columns; j++, at++) data[at] = (x.data[at]! - means[j]!) * inverses[j]!;
  return { ...x, data };
}
