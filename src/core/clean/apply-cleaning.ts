import { finish, ROWS_A_PAUSE, type Gradual } from '../gradual.js';
import { cellText, columnOf, isMissingCell, selectRows, withColumn } from '../table/select.js';
import { readValue } from '../table/retype.js';
import type { Column, Table } from '../table/table.js';
import { applyToColumn } from './clean-column.js';
import { whyNotServed, type CellStep, type CleanStep, type SetStep } from './clean-step.js';

/** What one step did: cells it changed by column, those of them that became missing, and rows it dropped. */
export interface StepOutcome {
  readonly changed: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly dropped: number;
}

/** The cleaned table, which rows of the given one it holds, and what each step did. */
export interface Cleaned {
  readonly table: Table;
  readonly kept: Int32Array;
  readonly outcomes: readonly StepOutcome[];
}

/** Applies the steps in their order; throws `unknown-column`. */
export const applyCleaning = (table: Table, steps: readonly CleanStep[]): Cleaned => finish(cleanGradually(table, steps));

/** As `applyCleaning`, with pauses. */
export function* cleanGradually(table: Table, steps: readonly CleanStep[]): Gradual<Cleaned> {
  let [now, kept] = [table, Int32Array.from({ length: table.rows }, (_, row) => row)];
  const outcomes: StepOutcome[] = [];
  for (const [i, step] of steps.entries()) {
    const work = stepGradually(now, step);
    let part = work.next();
    for (; !part.done; part = work.next()) yield (i + part.value) / steps.length;
    const done = part.value;
    outcomes.push(done.outcome);
    now = done.table;
    if (done.rows) kept = done.rows.map((row) => kept[row]!);
  }
  return { table: now, kept, outcomes };
}

/** The table after one step; `rows` are the rows that stay, when some went. */
interface StepDone {
  readonly table: Table;
  readonly rows?: Int32Array;
  readonly outcome: StepOutcome;
}

/** Applies one step. */
export const applyStep = (table: Table, step: CleanStep): StepDone => finish(stepGradually(table, step));

function* stepGradually(table: Table, step: CleanStep): Gradual<StepDone> {
  const rows = step.do === 'deduplicate' ? yield* distinctRows(table, step.by, step.keep) : rowsThatStay(table, step);
  if (rows) return { table: rows.length === table.rows ? table : selectRows(table, rows), rows, outcome: { changed: {}, lost: 0, dropped: table.rows - rows.length } };
  let [now, lost] = [table, 0];
  const changed: Record<string, number> = {};
  const names = 'columns' in step ? step.columns : 'column' in step ? [step.column] : [];
  for (const [i, name] of names.entries()) {
    const before = columnOf(table, name);
    const after = step.do === 'set' ? setCells(table, before, step) : applyToColumn(before, step as CellStep);
    yield (i + 0.5) / names.length;
    const count = yield* countChanges(before, after, (part) => (i + 0.5 + part / 2) / names.length);
    if (count.changed > 0) changed[name] = count.changed;
    lost += count.lost;
    now = withColumn(now, after);
  }
  return { table: now, outcome: { changed, lost, dropped: 0 } };
}

function rowsThatStay(table: Table, step: CleanStep): Int32Array | undefined {
  if (whyNotServed(step) !== 'drops-rows') return undefined;
  if (step.do === 'drop-missing') {
    const columns = step.columns.map((name) => columnOf(table, name));
    return rowsWhere(table.rows, (row) => !columns.some((column) => isMissingCell(column, row)));
  }
  if (step.do !== 'limit') return undefined;
  const column = columnOf(table, step.column);
  if (column.type === 'text') return rowsWhere(table.rows, () => true);
  const [low, high] = [step.low ?? -Infinity, step.high ?? Infinity];
  return rowsWhere(table.rows, (row) => !(column.values[row]! < low || column.values[row]! > high));
}

const rowsWhere = (rows: number, stays: (row: number) => boolean): Int32Array => Int32Array.from({ length: rows }, (_, row) => row).filter(stays);

/** Text of each row in those columns (all when left out), the same for rows that are the same. */
export function rowKeys(table: Table, by?: readonly string[]): (row: number) => string {
  const columns = by && by.length > 0 ? by.map((name) => columnOf(table, name)) : table.columns;
  return (row) => JSON.stringify(columns.map((column) => cellText(column, row)));
}

function* distinctRows(table: Table, by: readonly string[] | undefined, keep: 'first' | 'last'): Gradual<Int32Array> {
  const keyOf = rowKeys(table, by);
  const chosen = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    if (row % ROWS_A_PAUSE === 0) yield row / table.rows;
    const key = keyOf(row);
    if (keep === 'last' || !chosen.has(key)) chosen.set(key, row);
  }
  return Int32Array.from(chosen.values()).sort();
}

function setCells(table: Table, column: Column, { key, row: wanted, value }: SetStep): Column {
  const keys = columnOf(table, key);
  const hits = rowsWhere(table.rows, (row) => cellText(keys, row) === wanted);
  if (column.type !== 'text') {
    const values = column.values.slice();
    for (const row of hits) values[row] = readValue(value, column.type);
    return { ...column, values };
  }
  const known = column.levels.indexOf(value);
  const codes = column.codes.slice();
  for (const row of hits) codes[row] = value === '' ? -1 : known < 0 ? column.levels.length : known;
  return { ...column, levels: known < 0 && value !== '' ? [...column.levels, value] : column.levels, codes };
}

function* countChanges(before: Column, after: Column, share: (part: number) => number): Gradual<{ changed: number; lost: number }> {
  let [changed, lost] = [0, 0];
  const rows = before.type === 'text' ? before.codes.length : before.values.length;
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_A_PAUSE === 0) yield share(row / rows);
    if (sameCell(before, after, row)) continue;
    changed++;
    if (isMissingCell(after, row)) lost++;
  }
  return { changed, lost };
}

/** Whether a cell reads the same before and after. */
export function sameCell(before: Column, after: Column, row: number): boolean {
  if (before.type !== 'text' && after.type !== 'text' && before.type !== 'date' && after.type !== 'date') return Object.is(before.values[row]! + 0, after.values[row]! + 0);
  return cellText(before, row) === cellText(after, row);
}
