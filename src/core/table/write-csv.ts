import { isMissingWord } from './missing.js';
import { columnOf, valueText, type Rows } from './select.js';
import type { Column, Table } from './table.js';
import { encodeUtf8 } from './text-codec.js';

/** What is written and for whom. */
export interface WriteCsvOptions {
  /** Default: all, in order. */
  readonly rows?: Rows;
  /** Default: all, in order. */
  readonly columns?: readonly string[];
  /** Puts a `'` before words that a spreadsheet would run as formulas (they then no longer read back the same). */
  readonly forSpreadsheet?: boolean;
}

const PIECE_CHARACTERS = 262_144;

function quote(text: string): string {
  const padded = text !== text.trim() || text === '';
  return padded || /[",\n\r;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const disarm = (text: string): string => (/^[=+@\-\t\r]/.test(text) ? `'${text}` : text);

/** A column of numbers that happen to be whole keeps a point, or it would read back as whole; so does what would read back as a name. */
function markNumber(text: string, pointed: boolean): string {
  if (!pointed && text.length < 16) return text;
  return /^-?\d+$/.test(text) && (pointed || !Number.isSafeInteger(Number(text))) ? `${text}.0` : text;
}

function createCellWriter(column: Column, forSpreadsheet: boolean): (row: number) => string {
  if (column.type !== 'text') {
    const { type, values } = column;
    const pointed = type === 'number' && values.every((value) => Number.isNaN(value) || Number.isInteger(value));
    return (row) => markNumber(valueText(type, values[row] ?? NaN), pointed);
  }
  const words = column.levels.map((level) => (isMissingWord(level) ? '' : quote(forSpreadsheet ? disarm(level) : level)));
  return (row) => words[column.codes[row] ?? -1] ?? '';
}

/**
 * A table as UTF-8 CSV with commas and `\n`. It reads back as the same values: the shortest text of each number, dates as `YYYY-MM-DD` at
 * midnight. A word that means "missing", such as `NA`, is written as missing.
 */
export function writeCsv(table: Table, options: WriteCsvOptions = {}): Uint8Array {
  const columns = options.columns ? options.columns.map((name) => columnOf(table, name)) : table.columns;
  const writers = columns.map((column) => createCellWriter(column, options.forSpreadsheet ?? false));
  const pieces: Uint8Array[] = [];
  let text = `${columns.map((column) => quote(column.name)).join(',')}\n`;
  const count = options.rows?.length ?? table.rows;
  for (let i = 0; i < count; i++) {
    const row = options.rows ? (options.rows[i] as number) : i;
    const line = writers.map((write) => write(row)).join(',');
    // A blank line would be skipped on reading.
    text += line === '' ? '""\n' : `${line}\n`;
    if (text.length > PIECE_CHARACTERS) {
      pieces.push(encodeUtf8(text));
      text = '';
    }
  }
  pieces.push(encodeUtf8(text));
  return joinPieces(pieces);
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
