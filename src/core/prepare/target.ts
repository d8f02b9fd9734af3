import { cleanColumn } from '../clean/clean-column.js';
import { LabError } from '../lab-error.js';
import { type Rows, columnOf, hasColumn, isMissingCell } from '../table/select.js';
import { readValue } from '../table/retype.js';
import type { Column, Table } from '../table/table.js';
import { countLevels, levelCodes } from './encoders.js';
import type { Recipe, Task } from './recipe.js';

const MOST_CLASSES = 100;

/** What is to be predicted; `classes` in the order of their codes, absent for regression. */
export interface TargetFacts {
  readonly task: Task;
  readonly classes?: readonly string[];
}

/** Those of the rows whose target is known, and, when a recipe is given, is a class that it knows. */
export function labelledRows(table: Table, target: string, rows: Rows, recipe?: Recipe): Int32Array {
  const column = columnOf(table, target);
  const codes = recipe?.classes ? targetValues(recipe, table, rows) : undefined;
  const labelled = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (codes ? !Number.isNaN(codes[i] as number) : !isMissingCell(column, row)) labelled[count++] = row;
  }
  return labelled.slice(0, count);
}

/** The target column; throws `target-missing` {column, known}, `target-is-date` {column}. */
export function targetColumn(table: Table, target: string): Column {
  if (!hasColumn(table, target)) {
    throw new LabError('target-missing', { column: target, known: table.columns.slice(0, 50).map((column) => column.name) });
  }
  const column = columnOf(table, target);
  if (column.type === 'date') throw new LabError('target-is-date', { column: target });
  return column;
}

/** At most two distinct whole numbers are classes; more, or any fraction, are quantities. */
function isQuantity(column: Column, rows: Rows): boolean {
  if (column.type === 'text' || column.type === 'boolean') return false;
  const seen = new Set<number>();
  for (let i = 0; i < rows.length; i++) {
    const value = column.values[rows[i] as number] as number;
    seen.add(value);
    if (seen.size > 2 || !Number.isInteger(value)) return true;
  }
  return false;
}

/** Finds the task from the labelled rows; throws `one-class` {column, value}, `too-many-classes` {column, classes, limit}. */
export function inferTarget(column: Column, rows: Rows): TargetFacts {
  if (isQuantity(column, rows)) return { task: 'regression' };
  const classes = countLevels(column, rows).map(({ level }) => level);
  if (classes.length < 2) throw new LabError('one-class', { column: column.name, value: classes[0] });
  if (classes.length > MOST_CLASSES) throw new LabError('too-many-classes', { column: column.name, classes: classes.length, limit: MOST_CLASSES });
  return { task: classes.length === 2 ? 'binary' : 'multiclass', classes };
}

function targetNumbers(column: Column, rows?: Rows): Float64Array {
  const read = column.type === 'text' ? column.levels.map((level) => readValue(level, 'number')) : undefined;
  const valueAt = (row: number): number => (column.type === 'text' ? (read?.[column.codes[row] ?? -1] ?? NaN) : (column.values[row] ?? NaN));
  const n = rows?.length ?? (column.type === 'text' ? column.codes.length : column.values.length);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = valueAt(rows ? (rows[i] as number) : i);
  return values;
}

/** Targets of the rows as numbers or class codes; NaN where the target is missing or is a class that training did not see. */
export function targetValues(recipe: Recipe, table: Table, rows?: Rows): Float64Array {
  const column = cleanColumn(targetColumn(table, recipe.target), recipe.clean ?? []);
  if (!recipe.classes) return targetNumbers(column, rows);
  const codes = levelCodes(column, column.type, recipe.classes, null, rows);
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : code));
}
