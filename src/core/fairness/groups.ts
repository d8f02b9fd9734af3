import { quantileOfSorted, knownValues } from '../table/quantile.js';
import { cellText, columnOf, type Rows, valueText } from '../table/select.js';
import type { NumericColumn, Table } from '../table/table.js';

/** Numbers with more values than this are put into ranges. */
const MOST_VALUES = 8;

/** What a group with a missing cell is called. */
export const MISSING_GROUP = '?';

/** Group of each row: its value in the column, a quarter of the range of ranks for numbers of many values, `?` for a missing cell. Throws `unknown-column`. */
export function groupsByColumn(table: Table, name: string, rows: Rows): string[] {
  const column = columnOf(table, name);
  if (column.type !== 'text' && column.type !== 'boolean') {
    const distinct = new Set<number>();
    for (const row of rows) if (!Number.isNaN(column.values[row] ?? NaN)) distinct.add(column.values[row]!);
    if (distinct.size > MOST_VALUES) return rangesOf(column, rows);
  }
  return Array.from(rows, (row) => cellText(column, row) || MISSING_GROUP);
}

/** Groups of two or more attributes at once: their names joined by ` & ` (intersectional groups, Crenshaw 1989). */
export function intersectGroups(attributes: readonly (readonly string[])[]): string[] {
  return (attributes[0] ?? []).map((_, row) => attributes.map((names) => names[row]!).join(' & '));
}

function rangesOf({ values, type }: NumericColumn, rows: Rows): string[] {
  const own = Float64Array.from(rows, (row) => values[row] ?? NaN);
  const sorted = knownValues(own).sort();
  const edges = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOfSorted(sorted, share)))];
  const last = edges.length - 2;
  const names = edges.slice(1).map((to, at) => `${valueText(type, edges[at]!)} … ${valueText(type, to)}`);
  return Array.from(own, (value) => (Number.isNaN(value) ? MISSING_GROUP : names[Math.max(0, Math.min(last, edges.findLastIndex((edge) => value >= edge)))]!));
}
