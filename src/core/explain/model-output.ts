import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { predict } from '../train/fit.js';
import type { FittedModel } from '../train/model.js';

/** One number for each row: what is explained. */
export type Output = (x: Matrix) => Float64Array;

/** A model's prediction as one number a row: the number itself, the probability of class 1, or that of class `output`. Throws `bad-class`. */
export function outputOf(model: FittedModel, output = 1): Output {
  if (model.task !== 'multiclass') return (x) => predict(model, x);
  if (!Number.isInteger(output) || output < 0 || output >= model.classes) throw new LabError('bad-class', { value: output, classes: model.classes });
  return (x) => {
    const all = predict(model, x);
    return Float64Array.from({ length: x.rows }, (_, row) => all[row * model.classes + output]!);
  };
}

/** Those rows of a matrix, as a copy. */
export function pickRows(x: Matrix, rows: ArrayLike<number>): Matrix {
  const data = new Float64Array(rows.length * x.columns);
  for (let i = 0; i < rows.length; i++) data.set(x.data.subarray(rows[i]! * x.columns, (rows[i]! + 1) * x.columns), i * x.columns);
  return { rows: rows.length, columns: x.columns, data };
}
