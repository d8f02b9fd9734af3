import { LabError } from '../lab-error.js';
import { formatIsoDate } from './iso-date.js';
import type { Column, NumericColumn, Table, TextColumn } from './table.js';

/** Row numbers, in any order, with repeats if wanted. */
export type Rows = Int32Array | readonly number[];

/** The column of that name; throws `unknown-column` {column, known}. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) throw new LabError('unknown-column', { column: name, known: table.columns.slice(0, 50).map((known) => known.name) });
  return column;
}

/** Whether the table has a column of that name. */
export function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name);
}

function selectCells(column: Column, rows: Rows): Column {
  const n = rows.length;
  if (column.type === 'text') {
    const codes = new Int32Array(n);
    for (let i = 0; i < n; i++) codes[i] = column.codes[rows[i] as number] ?? -1;
    return { ...column, codes };
  }
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = column.values[rows[i] as number] ?? NaN;
  return { ...column, values };
}

/** The table of those rows in that order; levels of words stay as they are. A row that does not exist is wholly missing. */
export function selectRows(table: Table, rows: Rows): Table {
  return { rows: rows.length, columns: table.columns.map((column) => selectCells(column, rows)) };
}

/** The table of those columns in that order; throws `unknown-column`. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: names.map((name) => columnOf(table, name)) };
}

/** The table with the column put in the place of the one of its name, or at the end; throws `wrong-length` {column, rows, expected}. */
export function withColumn(table: Table, column: Column): Table {
  const rows = column.type === 'text' ? column.codes.length : column.values.length;
  if (rows !== table.rows) throw new LabError('wrong-length', { column: column.name, rows, expected: table.rows });
  const known = hasColumn(table, column.name);
  const columns = known ? table.columns.map((old) => (old.name === column.name ? column : old)) : [...table.columns, column];
  return { rows: table.rows, columns };
}

/** The table without those columns; throws `unknown-column`. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  for (const name of names) columnOf(table, name);
  return { rows: table.rows, columns: table.columns.filter((column) => !names.includes(column.name)) };
}

/** Text of a value of a column that is not text; '' when missing. */
export function valueText(type: NumericColumn['type'], value: number): string {
  if (Number.isNaN(value)) return '';
  if (type === 'date') return formatIsoDate(value);
  if (type === 'boolean') return value === 0 ? 'false' : 'true';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Text of a cell as a CSV holds it: the shortest that reads back as the same value; '' when missing. */
export function cellText(column: Column, row: number): string {
  if (column.type === 'text') return column.levels[column.codes[row] ?? -1] ?? '';
  return valueText(column.type, column.values[row] ?? NaN);
}

/** Whether a cell is missing. */
export function isMissingCell(column: Column, row: number): boolean {
  return column.type === 'text' ? (column.codes[row] ?? -1) < 0 : Number.isNaN(column.values[row] ?? NaN);
}

function appendWords(a: TextColumn, b: TextColumn): TextColumn {
  const codeOf = new Map(a.levels.map((level, code) => [level, code]));
  const moved = b.levels.map((level) => {
    const code = codeOf.get(level) ?? codeOf.size;
    codeOf.set(level, code);
    return code;
  });
  const codes = new Int32Array(a.codes.length + b.codes.length);
  codes.set(a.codes);
  b.codes.forEach((code, i) => (codes[a.codes.length + i] = code < 0 ? -1 : (moved[code] as number)));
  return { ...a, levels: [...codeOf.keys()], codes };
}

function appendColumn(a: Column, b: Column): Column {
  if (a.type === 'text' && b.type === 'text') return appendWords(a, b);
  // Whole numbers may meet numbers with a fraction; any other difference of type is a mistake.
  const types = new Set([a.type, b.type]);
  const mixed = types.size === 2 && types.has('integer') && types.has('number');
  if (a.type === 'text' || b.type === 'text' || (types.size === 2 && !mixed)) {
    throw new LabError('columns-differ', { column: a.name, first: a.type, second: b.type });
  }
  const values = new Float64Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { name: a.name, type: mixed ? 'number' : a.type, values };
}

/** The rows of `a`, then those of `b`, which has the same columns; throws `unknown-column`, `columns-differ` {column, first, second}. */
export function appendRows(a: Table, b: Table): Table {
  for (const column of b.columns) columnOf(a, column.name);
  return { rows: a.rows + b.rows, columns: a.columns.map((column) => appendColumn(column, columnOf(b, column.name))) };
}
