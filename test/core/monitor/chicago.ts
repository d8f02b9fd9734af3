import { readFileSync } from 'node:fs';
import { dayOf } from '../../../src/core/calendar.js';

/** The shipped Chicago rows as plain columns, and the day of each row. */
export interface ChicagoRows {
  readonly names: readonly string[];
  readonly days: Int32Array;
  readonly column: (name: string) => Float64Array;
}

/** Reads `public/data/chicago_ridership.csv`, which has no quotes and no missing values. */
export function readChicago(): ChicagoRows {
  const lines = readFileSync('public/data/chicago_ridership.csv', 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
  const names = lines[0]!;
  const rows = lines.slice(1);
  return {
    names,
    days: Int32Array.from(rows, (row) => dayOf(row[0]!)),
    column: (name) => Float64Array.from(rows, (row) => Number(row[names.indexOf(name)])),
  };
}
