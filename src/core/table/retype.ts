import { readNumber } from './csv-number.js';
import { parseIsoDate } from './iso-date.js';
import { isMissingWord } from './missing.js';
import { columnOf, valueText, withColumn } from './select.js';
import type { Column, ColumnType, NumericColumn, Table, TextColumn } from './table.js';

/** A column with its new type and how many of its cells became missing by it. */
export interface Retyped {
  readonly column: Column;
  readonly lost: number;
}

const TRUE_WORDS = new Set(['true', '1', 'yes', 'y', 't']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'n', 'f']);

/** Value of a word as a cell of that type, or NaN. */
export function readValue(text: string, type: NumericColumn['type']): number {
  const word = text.trim();
  if (isMissingWord(word)) return NaN;
  if (type === 'date') return parseIsoDate(word);
  if (type === 'boolean') return TRUE_WORDS.has(word.toLowerCase()) ? 1 : FALSE_WORDS.has(word.toLowerCase()) ? 0 : NaN;
  const read = /^[+-]?\d+$/.test(word) ? Number(word) : (readNumber(word)?.value ?? NaN);
  return type === 'integer' && !Number.isInteger(read) ? NaN : read;
}

function changeValue(value: number, from: NumericColumn['type'], to: NumericColumn['type']): number {
  if (from === to || to === 'number') return value;
  if (to === 'integer') return Number.isInteger(value) ? value : NaN;
  if (to === 'boolean') return value === 0 || value === 1 ? value : NaN;
  return from === 'date' ? value : NaN;
}

function wordsOf(column: NumericColumn): TextColumn {
  const codeOf = new Map<number, number>();
  const codes = new Int32Array(column.values.length);
  column.values.forEach((value, row) => {
    if (Number.isNaN(value)) codes[row] = -1;
    else {
      const code = codeOf.get(value) ?? codeOf.size;
      codeOf.set(value, code);
      codes[row] = code;
    }
  });
  return { name: column.name, type: 'text', levels: [...codeOf.keys()].map((value) => valueText(column.type, value)), codes };
}

/** Gives a column another type; cells that are no such value become missing and are counted. */
export function retypeColumn(column: Column, type: ColumnType): Retyped {
  if (type === column.type) return { column, lost: 0 };
  if (type === 'text') return { column: column.type === 'text' ? column : wordsOf(column), lost: 0 };
  let lost = 0;
  const keep = (before: boolean, value: number): number => {
    if (!before && Number.isNaN(value)) lost++;
    return value;
  };
  if (column.type === 'text') {
    const read = column.levels.map((level) => readValue(level, type));
    const values = Float64Array.from(column.codes, (code) => keep(code < 0, code < 0 ? NaN : (read[code] as number)));
    return { column: { name: column.name, type, values }, lost };
  }
  const from = column.type;
  const values = column.values.map((value) => keep(Number.isNaN(value), changeValue(value, from, type)));
  return { column: { name: column.name, type, values }, lost };
}

/** Gives one column of a table another type, with the count of cells that became missing; throws `unknown-column`. */
export function retypeTable(table: Table, name: string, type: ColumnType): { readonly table: Table; readonly lost: number } {
  const { column, lost } = retypeColumn(columnOf(table, name), type);
  return { table: withColumn(table, column), lost };
}
