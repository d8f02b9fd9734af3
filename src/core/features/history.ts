import { DAY_MS } from '../calendar.js';
import { cellText, columnOf } from '../table/select.js';
import type { NumericColumn, Table } from '../table/table.js';
import { dateValues, numberValues } from './column-values.js';
import type { HistoryStep } from './feature-step.js';
import { statisticOf } from './statistic.js';

/** The rows of one group in order of time, with their times. */
interface Line {
  readonly rows: readonly number[];
  readonly times: readonly number[];
}

/**
 * What each asked row may know of the past: of the rows of `past` in its group, only those with a time strictly before its own, less the
 * gap, are looked at, so no row that is as new or newer can change it. NaN where there is no such row or no time.
 * Throws `unknown-column`, `feature-type`.
 */
export function lookBack(step: HistoryStep, past: Table, asked: Table): NumericColumn {
  const lines = linesOf(step, past);
  const values = numberValues(past, step.column, step);
  const times = dateValues(asked, step.time, step);
  const groupOf = groupsOf(step, asked);
  const nothing = step.do === 'rolling' && (step.how === 'count' || step.how === 'sum') ? 0 : NaN;
  const found = Float64Array.from({ length: asked.rows }, (_, row) => {
    const limit = times[row]! - (step.gap ?? 0) * DAY_MS;
    const line = lines.get(groupOf(row));
    if (Number.isNaN(limit)) return NaN;
    return line === undefined ? nothing : figureAt(step, line, values, limit);
  });
  return { name: step.name, type: 'number', values: found };
}

const groupsOf = ({ by }: HistoryStep, table: Table): ((row: number) => string) => {
  if (by === undefined) return () => '';
  const column = columnOf(table, by);
  return (row) => cellText(column, row);
};

function linesOf(step: HistoryStep, past: Table): Map<string, Line> {
  const times = dateValues(past, step.time, step);
  const groupOf = groupsOf(step, past);
  const order = Array.from(times.keys()).filter((row) => !Number.isNaN(times[row]));
  // At the same time the later row of the file counts as the newer one.
  order.sort((a, b) => times[a]! - times[b]! || a - b);
  const lines = new Map<string, { rows: number[]; times: number[] }>();
  for (const row of order) {
    const key = groupOf(row);
    const line = lines.get(key) ?? { rows: [], times: [] };
    line.rows.push(row);
    line.times.push(times[row]!);
    lines.set(key, line);
  }
  return lines;
}

function figureAt(step: HistoryStep, { rows, times }: Line, values: Float64Array, limit: number): number {
  const end = firstFrom(times, limit);
  if (step.do === 'lag') return values[rows[end - step.rows] ?? -1] ?? NaN;
  const start = step.unit === 'rows' ? Math.max(0, end - Math.floor(step.last)) : firstFrom(times, limit - step.last * DAY_MS);
  return statisticOf(step.how, rows.slice(start, end).map((row) => values[row]!));
}

/** Place of the first time that is not before `limit`. */
function firstFrom(times: readonly number[], limit: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
