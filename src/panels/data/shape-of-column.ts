import type { ColumnProfile } from '../../core/table/profile.js';
import type { Format } from '../../i18n/format.js';

/** One bar of a column's shape: a range of values or one value. */
export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Edges of the range, for columns of numbers and dates. */
  readonly from?: number;
  readonly to?: number;
}

type Formats = Pick<Format, 'number' | 'date' | 'percent'>;

/** A value of a column as text: dates as days, numbers in the reader's form; whole numbers below 10,000 ungrouped, since many are years. */
export function valueWords(type: ColumnProfile['type'], value: number, format: Formats): string {
  if (type === 'date') return format.date(value);
  return type === 'integer' && Number.isInteger(value) && Math.abs(value) < 10_000 ? String(value) : format.number(value);
}

/** The bars of a column's histogram, or of its most frequent values and (named `others`) the rest. */
export function barsOf(column: ColumnProfile, others: string, format: Formats): Bar[] {
  const { numbers, top, rows, missing } = column;
  if (numbers) {
    const { edges, counts } = numbers.histogram;
    return counts.map((count, i) => {
      const [from, to] = [edges[i]!, edges[i + 1]!];
      const single = column.type === 'integer' && to - from === 1;
      return { label: single ? valueWords('integer', from + 0.5, format) : `${valueWords(column.type, from, format)} – ${valueWords(column.type, to, format)}`, count, from, to };
    });
  }
  const bars = (top ?? []).map(({ value, count }) => ({ label: value, count }));
  const rest = rows - missing - bars.reduce((sum, { count }) => sum + count, 0);
  return rest > 0 ? [...bars, { label: others, count: rest }] : bars;
}

/** The narrowest run of neighbouring bins that holds at least half of the known values, with its share. */
export function densestRange(column: ColumnProfile): { from: number; to: number; share: number } | undefined {
  if (!column.numbers) return undefined;
  const { edges, counts } = column.numbers.histogram;
  const total = counts.reduce((sum, count) => sum + count, 0);
  let best: { start: number; end: number; sum: number } | undefined;
  for (let start = 0, end = 0, sum = 0; start < counts.length; sum -= counts[start++]!) {
    while (end < counts.length && sum * 2 < total) sum += counts[end++]!;
    if (sum * 2 < total) break;
    if (!best || end - start < best.end - best.start || (end - start === best.end - best.start && sum > best.sum)) best = { start, end, sum };
  }
  if (!best) return undefined;
  const { min, max } = column.numbers;
  return { from: Math.max(min, edges[best.start]!), to: Math.min(max, edges[best.end]!), share: best.sum / total };
}
