import { LabError } from '../lab-error.js';
import { createRandom, permutation } from '../random.js';
import { parseIsoDate } from '../table/iso-date.js';
import { cellText, columnOf, isMissingCell } from '../table/select.js';
import type { Table } from '../table/table.js';
import type { SplitChoice } from './recipe.js';

/** Row numbers of both parts; each row of the table is in at most one. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Divides the rows. By time: rows before `testFrom` train, the others test, both in order of time, rows without a time are in neither.
 * At random: `testShare` of the rows, rounded, in ascending order. Stratified: the same share of each class of the target. By group:
 * that share of the groups, each whole.
 * Throws `split-empty` {part}, `split-needs-time`, `bad-date` {value}, `bad-share` {share}, `unknown-column`.
 */
export function splitRows(table: Table, choice: SplitChoice, target: string, time?: string): Split {
  if (choice.kind === 'none') return { train: allRows(table.rows), test: new Int32Array(0) };
  const split = divide(table, choice, target, time);
  if (split.train.length === 0) throw new LabError('split-empty', { part: 'train' });
  if (split.test.length === 0) throw new LabError('split-empty', { part: 'test' });
  return split;
}

function divide(table: Table, choice: Exclude<SplitChoice, { kind: 'none' }>, target: string, time?: string): Split {
  if (choice.kind === 'time') return splitByTime(table, choice.testFrom, time);
  if (!(choice.testShare > 0 && choice.testShare < 1)) throw new LabError('bad-share', { share: choice.testShare });
  if (choice.kind === 'random') return splitAtRandom(table.rows, choice.testShare, choice.seed);
  if (choice.kind === 'group') return splitByGroup(table, choice.column, choice.testShare, choice.seed);
  return splitStratified(table, choice.testShare, choice.seed, target);
}

const allRows = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

/** Milliseconds since 1970-01-01 UTC of each row, from a date column or one of ISO dates or of numbers such as years; NaN when there is none. */
export function timesOf(table: Table, time: string): Float64Array {
  const column = columnOf(table, time);
  if (column.type !== 'text') return column.values;
  const times = column.levels.map(parseIsoDate);
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (times[code] as number)));
}

function readBound(table: Table, time: string, testFrom: string): number {
  const column = columnOf(table, time);
  const plain = column.type === 'number' || column.type === 'integer';
  const bound = plain ? Number(testFrom.trim() || NaN) : parseIsoDate(testFrom.trim());
  if (Number.isNaN(bound)) throw new LabError('bad-date', { value: testFrom });
  return bound;
}

function splitByTime(table: Table, testFrom: string, time?: string): Split {
  if (time === undefined) throw new LabError('split-needs-time');
  const bound = readBound(table, time, testFrom);
  const times = timesOf(table, time);
  const at = (row: number): number => times[row] as number;
  const dated = allRows(table.rows).filter((row) => !Number.isNaN(at(row)));
  if (dated.length === 0) throw new LabError('split-needs-time', { column: time });
  // Sorted by time, and by place in the file at the same time.
  if (dated.some((row, i) => i > 0 && at(row) < at(dated[i - 1] as number))) dated.sort((a, b) => at(a) - at(b) || a - b);
  return { train: dated.filter((row) => at(row) < bound), test: dated.filter((row) => at(row) >= bound) };
}

function splitAtRandom(rows: number, testShare: number, seed: number): Split {
  const order = permutation(rows, createRandom(seed));
  const testRows = Math.round(rows * testShare);
  return { train: order.slice(testRows).sort(), test: order.slice(0, testRows).sort() };
}

/** Draws whole groups: the share of them, rounded up as scikit-learn's `GroupShuffleSplit` does; a row without a group is one by itself. */
function splitByGroup(table: Table, name: string, testShare: number, seed: number): Split {
  const column = columnOf(table, name);
  const groupOf = Array.from({ length: table.rows }, (_, row) => (isMissingCell(column, row) ? `row ${row}` : `= ${cellText(column, row)}`));
  const names = [...new Set(groupOf)];
  const order = permutation(names.length, createRandom(seed));
  const testNames = new Set([...order.slice(0, Math.ceil(names.length * testShare))].map((i) => names[i]!));
  const rows = allRows(table.rows);
  return { train: rows.filter((row) => !testNames.has(groupOf[row]!)), test: rows.filter((row) => testNames.has(groupOf[row]!)) };
}

/** Test rows of each class by largest remainder, so that every class has its share to within one row and the total is exact. */
export function shareOut(counts: readonly number[], share: number): number[] {
  const total = Math.round(counts.reduce((sum, count) => sum + count, 0) * share);
  const wanted = counts.map((count) => count * share);
  const given = wanted.map(Math.floor);
  let left = total - given.reduce((sum, count) => sum + count, 0);
  const byRemainder = counts.map((_, i) => i).sort((a, b) => (wanted[b] as number) % 1 - ((wanted[a] as number) % 1) || a - b);
  for (const i of byRemainder) if (left-- > 0) given[i]!++;
  return given;
}

function splitStratified(table: Table, testShare: number, seed: number, target: string): Split {
  const column = columnOf(table, target);
  const groups = new Map<string | number, number[]>();
  for (const row of permutation(table.rows, createRandom(seed))) {
    const key = column.type === 'text' ? cellText(column, row) : (column.values[row] as number);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const rare = [...groups.values()].filter((group) => group.length < 2).length;
  if (rare > groups.size / 2 && table.rows > 2) throw new LabError('split-needs-classes', { column: target });
  const parts = [...groups.values()];
  const testRows = shareOut(parts.map((part) => part.length), testShare);
  const test = parts.flatMap((part, i) => part.slice(0, testRows[i]));
  const train = parts.flatMap((part, i) => part.slice(testRows[i]));
  return { train: Int32Array.from(train).sort(), test: Int32Array.from(test).sort() };
}
