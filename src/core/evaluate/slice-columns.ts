import { knownValues, quantileOfSorted } from '../table/quantile.js';
import { valueText } from '../table/select.js';
import type { Column, NumericColumn, TextColumn } from '../table/table.js';

/** One thing that holds for the rows of a slice; a range goes from `from` (included) to `to` (included only when it is the greatest value). */
export type SliceCondition =
  | { readonly kind: 'level'; readonly column: string; readonly level: string }
  | { readonly kind: 'range'; readonly column: string; readonly from: number; readonly to: number }
  | { readonly kind: 'missing'; readonly column: string };

/** A column cut into conditions: which of them each row fulfils. */
export interface SliceColumn {
  readonly conditions: readonly SliceCondition[];
  readonly codes: Int32Array;
}

/** Columns of more levels than this keep the most frequent; the rest of the rows fulfil none of its conditions. */
const MOST_LEVELS = 30;

/** Cuts a column of the rows into its levels, or into quarters for numbers with more than ten values; missing cells are one condition. */
export function cutColumn(column: Column, rows: Int32Array): SliceColumn {
  if (column.type === 'text') return cutLevels(column, rows);
  const values = Float64Array.from(rows, (row) => column.values[row] ?? NaN);
  const distinct = new Set(knownValues(values));
  return distinct.size <= 10 || column.type === 'boolean' ? cutValues(column, values, [...distinct].sort((a, b) => a - b)) : cutRanges(column, values);
}

function cutLevels({ name, levels, codes }: TextColumn, rows: Int32Array): SliceColumn {
  const counts = new Int32Array(levels.length);
  for (const row of rows) if (codes[row]! >= 0) counts[codes[row]!]! += 1;
  const kept = [...levels.keys()].filter((code) => counts[code]! > 0).sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, MOST_LEVELS);
  const place = new Map(kept.map((code, at) => [code, at]));
  const conditions: SliceCondition[] = kept.map((code) => ({ kind: 'level', column: name, level: levels[code]! }));
  return withMissing(name, conditions, Int32Array.from(rows, (row) => (codes[row]! < 0 ? kept.length : (place.get(codes[row]!) ?? -1))));
}

function cutValues({ name, type }: NumericColumn, values: Float64Array, distinct: readonly number[]): SliceColumn {
  const place = new Map(distinct.map((value, at) => [value, at]));
  const conditions: SliceCondition[] = distinct.map((value) => ({ kind: 'level', column: name, level: valueText(type, value) }));
  return withMissing(name, conditions, Int32Array.from(values, (value) => (Number.isNaN(value) ? distinct.length : place.get(value)!)));
}

function cutRanges({ name }: NumericColumn, values: Float64Array): SliceColumn {
  const sorted = knownValues(values).sort();
  const edges = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOfSorted(sorted, share)))];
  const last = edges.length - 2;
  const conditions: SliceCondition[] = edges.slice(1).map((to, at) => ({ kind: 'range', column: name, from: edges[at]!, to }));
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? last + 1 : Math.min(last, edges.findLastIndex((edge) => value >= edge))));
  return withMissing(name, conditions, codes);
}

/** Adds the condition of missing cells, whose code is the number of the others, when some row fulfils it. */
function withMissing(column: string, conditions: SliceCondition[], codes: Int32Array): SliceColumn {
  return { conditions: codes.includes(conditions.length) ? [...conditions, { kind: 'missing', column }] : conditions, codes };
}
