import { LabError } from '../lab-error.js';
import { groupFolds, kFolds, stratifiedFolds, timeSeriesFolds, type Fold } from '../prepare/folds.js';
import { createRandom, permutation } from '../random.js';
import { cellText, columnOf, type Rows } from '../table/select.js';
import type { Table } from '../table/table.js';

/** How rows are divided for cross-validation; with a `seed` they are shuffled first. `gap` is a number of rows. */
export type FoldChoice =
  | { readonly kind: 'k-fold'; readonly k: number; readonly seed?: number }
  | { readonly kind: 'stratified'; readonly k: number; readonly column: string; readonly seed?: number }
  | { readonly kind: 'group'; readonly k: number; readonly column: string }
  | { readonly kind: 'time'; readonly k: number; readonly column: string; readonly gap?: number };

/**
 * Folds of those rows of the table, as its row numbers. Time folds train on what came before, in order of the time column.
 * Throws `unknown-column`, `bad-folds` {k, rows} when there are fewer rows, groups or time steps than folds ask for, `missing-time` {column, row}.
 */
export function chooseFolds(table: Table, rows: Rows, choice: FoldChoice): Fold[] {
  const { k } = choice;
  const enough = choice.kind === 'time' ? k + 1 : k;
  if (!Number.isInteger(k) || k < 2 || rows.length < enough) throw new LabError('bad-folds', { k, rows: rows.length });
  const ordered = orderRows(table, rows, choice);
  return positionFolds(table, ordered, choice).map(({ train, test }) => ({ train: train.map((at) => ordered[at]!), test: test.map((at) => ordered[at]!) }));
}

function positionFolds(table: Table, rows: Int32Array, choice: FoldChoice): Fold[] {
  if (choice.kind === 'k-fold') return kFolds(rows.length, choice.k);
  if (choice.kind === 'time') return withTraining(timeSeriesFolds(rows.length, choice.k, choice.gap), choice.k, rows.length);
  const labels = labelsOf(table, rows, choice.column);
  if (choice.kind === 'stratified') return stratifiedFolds(codesOf(labels), choice.k);
  const groups = new Set(labels).size;
  if (groups < choice.k) throw new LabError('bad-folds', { k: choice.k, rows: groups });
  return groupFolds(labels, choice.k);
}

/** A gap can eat all the rows of the first fold. */
function withTraining(folds: Fold[], k: number, rows: number): Fold[] {
  if (folds.some(({ train }) => train.length === 0)) throw new LabError('bad-folds', { k, rows });
  return folds;
}

function orderRows(table: Table, rows: Rows, choice: FoldChoice): Int32Array {
  if (choice.kind === 'time') return inTime(table, rows, choice.column);
  const seed = 'seed' in choice ? choice.seed : undefined;
  return seed === undefined ? Int32Array.from(rows) : permutation(rows.length, createRandom(seed)).map((at) => rows[at]!);
}

function inTime(table: Table, rows: Rows, name: string): Int32Array {
  const column = columnOf(table, name);
  if (column.type === 'text') throw new LabError('missing-time', { column: name, row: 0 });
  for (const row of rows) if (Number.isNaN(column.values[row] ?? NaN)) throw new LabError('missing-time', { column: name, row });
  return Int32Array.from(rows).sort((a, b) => column.values[a]! - column.values[b]! || a - b);
}

function labelsOf(table: Table, rows: Int32Array, name: string): string[] {
  const column = columnOf(table, name);
  return Array.from(rows, (row) => cellText(column, row));
}

function codesOf(labels: readonly string[]): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(labels, (label) => codes.get(label) ?? (codes.set(label, codes.size), codes.size - 1));
}
