import { DAY_MS } from '../calendar.js';
import { cellText, columnOf } from '../table/select.js';
import type { NumericColumn, Table } from '../table/table.js';
import { dateValues, numberValues } from './column-values.js';
import type { HistoryStep, RollingStep } from './feature-step.js';
import { MovingMedian, TimeLine } from './time-line.js';

/**
 * What each asked row may know of the past: of the rows of `past` in its group, only those with a time strictly before its own, less the
 * gap, are looked at, so no row that is as new or newer can change it. NaN where there is no such row or no time.
 * Throws `unknown-column`, `feature-type`.
 */
export function lookBack(step: HistoryStep, past: Table, asked: Table): NumericColumn {
  const lines = linesOf(step, past);
  const times = dateValues(asked, step.time, step);
  const groupOf = groupsOf(step, asked);
  const found = new Float64Array(asked.rows).fill(NaN);
  const figures = new Map<TimeLine, (limit: number) => number>();
  for (const row of inOrder(times)) {
    const line = lines.get(groupOf(row)) ?? EMPTY;
    const figureAt = figures.get(line) ?? figureOn(step, line);
    figures.set(line, figureAt);
    found[row] = figureAt(times[row]! - (step.gap ?? 0) * DAY_MS);
  }
  return { name: step.name, type: 'number', values: found };
}

const EMPTY = new TimeLine();

/** Rows with a time, oldest first; at the same time in the order of the file. */
const inOrder = (times: Float64Array): number[] => Array.from(times.keys()).filter((row) => !Number.isNaN(times[row])).sort((a, b) => times[a]! - times[b]! || a - b);

const groupsOf = ({ by }: HistoryStep, table: Table): ((row: number) => string) => {
  if (by === undefined) return () => '';
  const column = columnOf(table, by);
  return (row) => cellText(column, row);
};

function linesOf(step: HistoryStep, past: Table): Map<string, TimeLine> {
  const times = dateValues(past, step.time, step);
  const values = numberValues(past, step.column, step);
  const groupOf = groupsOf(step, past);
  const lines = new Map<string, TimeLine>();
  for (const row of inOrder(times)) {
    const key = groupOf(row);
    const line = lines.get(key) ?? new TimeLine();
    lines.set(key, line);
    line.add(times[row]!, values[row]!);
  }
  return lines;
}

/** The step's figure of what lies before a limit; limits must be asked in rising order. */
function figureOn(step: HistoryStep, line: TimeLine): (limit: number) => number {
  if (step.do === 'lag') return (limit) => line.values[line.firstFrom(limit) - step.rows] ?? NaN;
  const { how } = step;
  if (how !== 'median') return (limit) => line.figure(how, startOf(step, line, limit), line.firstFrom(limit));
  const median = new MovingMedian(line.values);
  return (limit) => median.at(startOf(step, line, limit), line.firstFrom(limit));
}

const startOf = ({ unit, last }: RollingStep, line: TimeLine, limit: number): number =>
  unit === 'days' ? line.firstFrom(limit - last * DAY_MS) : Math.max(0, line.firstFrom(limit) - Math.floor(last));
