import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import { pointLogLoss } from './binary-metrics.js';
import { checkVectors } from './inputs.js';

/** Loss of each row: the absolute error of a number, or −log of the probability that was given to the class that came. Throws `length-mismatch`, `not-finite`. */
export function rowLosses(task: Task, classes: number, y: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  const width = task === 'multiclass' ? classes : 1;
  if (predicted.length !== y.length * width) throw new LabError('length-mismatch', { first: y.length * width, second: predicted.length });
  checkVectors({ actual: y });
  checkVectors({ predicted });
  return Float64Array.from({ length: y.length }, (_, i) => {
    if (task === 'regression') return Math.abs(predicted[i]! - y[i]!);
    if (task === 'binary') return pointLogLoss(predicted[i]!, y[i] === 1);
    return pointLogLoss(predicted[i * classes + y[i]!] ?? 0, true);
  });
}

/** A row and its loss. */
export interface RowLoss {
  readonly row: number;
  readonly loss: number;
}

/** The `count` rows with the greatest loss, worst first, the earlier of equals. */
export function worstRows(losses: ArrayLike<number>, count: number): RowLoss[] {
  const rows = Array.from({ length: losses.length }, (_, row) => ({ row, loss: losses[row]! }));
  return rows.sort((a, b) => b.loss - a.loss || a.row - b.row).slice(0, count);
}
