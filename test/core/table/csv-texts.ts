import { parseCsv } from '../../../src/core/table/csv-parser.js';
import type { CsvOptions, CsvResult } from '../../../src/core/table/csv-notes.js';
import { cellText } from '../../../src/core/table/select.js';
import { encodeUtf8 } from '../../../src/core/table/text-codec.js';
import { LabError } from '../../../src/core/lab-error.js';
import type { Table } from '../../../src/core/table/table.js';

/** Reads CSV from a string. */
export const read = (text: string, options?: CsvOptions): CsvResult => parseCsv(encodeUtf8(text), options);

/** `name:type` of each column. */
export const typesOf = (table: Table): string[] => table.columns.map((column) => `${column.name}:${column.type}`);

/** All cells as text, row by row. */
export const cellsOf = (table: Table): string[][] =>
  Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => cellText(column, row)));

/** The `LabError` that an act throws, as plain data. */
export function failureOf(act: () => unknown): { code: string; data: Record<string, unknown> } {
  try {
    act();
  } catch (cause) {
    if (cause instanceof LabError) return { code: cause.code, data: { ...cause.data } };
    throw cause;
  }
  throw new Error('nothing was thrown');
}
