import { LabError } from '../lab-error.js';
import { columnOf } from '../table/select.js';
import type { Table } from '../table/table.js';
import type { FeatureStep } from './feature-step.js';

/** Numbers of a column, booleans as 0 and 1; throws `feature-type` {column, type, expected, step} for words and dates, `unknown-column`. */
export function numberValues(table: Table, name: string, step: FeatureStep): Float64Array {
  const column = columnOf(table, name);
  if (column.type === 'text' || column.type === 'date') throw new LabError('feature-type', { column: name, type: column.type, expected: 'number', step: step.do });
  return column.values;
}

/** Milliseconds since 1970-01-01 UTC of a column of dates; throws as `numberValues` for any other. */
export function dateValues(table: Table, name: string, step: FeatureStep): Float64Array {
  const column = columnOf(table, name);
  if (column.type !== 'date') throw new LabError('feature-type', { column: name, type: column.type, expected: 'date', step: step.do });
  return column.values;
}
