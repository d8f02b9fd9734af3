import { LabError } from '../lab-error.js';
import type { TrainingData } from './model.js';

/** Something worth saying that does not stop training. */
export interface TrainingConcern {
  readonly code: 'constant-column' | 'rare-class' | 'more-columns-than-rows';
  readonly name: string;
}

/** Refuses rows that nothing can be learned from: `LabError` `no-rows`, `not-finite` {column, row} (a missing input only unless allowed), `bad-class`, `one-class` (unless allowed). */
export function checkTrainingData(data: TrainingData, options: { oneClassAllowed: boolean; missingAllowed?: boolean }): void {
  if (data.x.rows === 0 || data.y.length === 0) throw new LabError('no-rows');
  if (data.x.rows !== data.y.length) throw new LabError('length-mismatch', { first: data.x.rows, second: data.y.length });
  refuseNotFinite(data, options.missingAllowed ?? false);
  if (data.task === 'regression') return;
  const seen = new Set(data.y);
  for (const code of seen) {
    if (!Number.isInteger(code) || code < 0 || code >= data.classes) throw new LabError('bad-class', { value: code, classes: data.classes });
  }
  if (seen.size < 2 && !options.oneClassAllowed) throw new LabError('one-class', { rows: data.y.length });
}

/** The sum of 0 times each is 0 just when all are finite; so plain a loop costs less than a question for each number. */
function allFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]! * 0;
  return sum === 0;
}

function refuseNotFinite({ x, y, features }: TrainingData, missingAllowed: boolean): void {
  if (allFinite(y) && allFinite(x.data)) return;
  for (let i = 0; i < y.length; i++) if (!Number.isFinite(y[i]!)) throw new LabError('not-finite', { column: 'target', row: i });
  for (let at = 0; at < x.data.length; at++) {
    if (Number.isFinite(x.data[at]!) || (missingAllowed && Number.isNaN(x.data[at]!))) continue;
    throw new LabError('not-finite', { column: features[at % x.columns] ?? String(at % x.columns), row: Math.floor(at / x.columns) });
  }
}

/** Constant columns, classes with fewer than five rows, more columns than rows. */
export function findConcerns(data: TrainingData): TrainingConcern[] {
  const concerns: TrainingConcern[] = constantColumns(data).map((name) => ({ code: 'constant-column', name }));
  if (data.x.columns > data.x.rows) concerns.push({ code: 'more-columns-than-rows', name: '' });
  if (data.task === 'regression') return concerns;
  const counts = new Int32Array(data.classes);
  for (const code of data.y) counts[code]! += 1;
  counts.forEach((count, code) => count < 5 && concerns.push({ code: 'rare-class', name: String(code) }));
  return concerns;
}

function constantColumns({ x, features }: TrainingData): string[] {
  const varies = new Uint8Array(x.columns);
  for (let at = x.columns; at < x.data.length; at++) if (x.data[at] !== x.data[at % x.columns]) varies[at % x.columns] = 1;
  return features.filter((_, j) => j < x.columns && !varies[j]);
}
