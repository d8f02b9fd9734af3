import { cellText, isMissingCell, valueText } from '../table/select.js';
import type { Column } from '../table/table.js';

const BINS = 20;
const MOST_WORDS = 8;

/** How often a value, or values between two bounds, stood before and stands after. */
export interface DistributionRow {
  readonly from?: number;
  readonly to?: number;
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** A column before and after a step in the same bins (numbers and dates) or words (the commonest), and its missing cells. */
export interface ColumnComparison {
  readonly column: string;
  readonly kind: 'numbers' | 'dates' | 'words';
  readonly rows: readonly DistributionRow[];
  readonly missing: { readonly before: number; readonly after: number };
}

/** Compares the distribution of a column before and after. */
export function compareColumns(before: Column, after: Column): ColumnComparison {
  const missing = { before: countMissing(before), after: countMissing(after) };
  const numbers = before.type !== 'text' && after.type !== 'text' && before.type === after.type;
  return { column: before.name, kind: !numbers ? 'words' : before.type === 'date' ? 'dates' : 'numbers', rows: numbers ? binBoth(before as NumericOnly, after as NumericOnly) : countBoth(before, after), missing };
}

type NumericOnly = Exclude<Column, { type: 'text' }>;

const rowsOf = (column: Column): number => (column.type === 'text' ? column.codes.length : column.values.length);

function countMissing(column: Column): number {
  let count = 0;
  for (let row = 0; row < rowsOf(column); row++) if (isMissingCell(column, row)) count++;
  return count;
}

/** Equal bins from the least to the greatest value; those of whole numbers hold whole numbers. */
function binsOf(whole: boolean, low: number, high: number): { readonly width: number; readonly bins: number } {
  if (low === high) return { width: 1, bins: 1 };
  if (!whole) return { width: (high - low) / BINS, bins: BINS };
  const width = Math.ceil((high - low + 1) / BINS);
  return { width, bins: Math.ceil((high - low + 1) / width) };
}

function binBoth(before: NumericOnly, after: NumericOnly): DistributionRow[] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of [before, after]) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [];
  const { width, bins } = binsOf(before.type === 'integer', low, high);
  const count = (values: Float64Array): number[] => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) if (!Number.isNaN(value)) counts[Math.min(bins - 1, Math.floor((value - low) / width))]!++;
    return counts;
  };
  const [a, b] = [count(before.values), count(after.values)];
  const text = (value: number): string => valueText(before.type, before.type === 'date' ? Math.floor(value / 86_400_000) * 86_400_000 : Number(value.toPrecision(4)));
  return a.map((n, i) => ({ from: low + i * width, to: low + (i + 1) * width, label: bins === 1 || (before.type === 'integer' && width === 1) ? text(low + i * width) : `${text(low + i * width)} – ${text(low + (i + 1) * width)}`, before: n, after: b[i]! }));
}

function countBoth(before: Column, after: Column): DistributionRow[] {
  const count = (column: Column): Map<string, number> => {
    const counts = new Map<string, number>();
    for (let row = 0; row < rowsOf(column); row++) if (!isMissingCell(column, row)) counts.set(cellText(column, row), (counts.get(cellText(column, row)) ?? 0) + 1);
    return counts;
  };
  const [a, b] = [count(before), count(after)];
  const words = [...new Set([...a.keys(), ...b.keys()])];
  // What changed comes first: that is what a step is judged by.
  const gap = (word: string): number => Math.abs((a.get(word) ?? 0) - (b.get(word) ?? 0));
  words.sort((x, y) => Number(gap(y) > 0) - Number(gap(x) > 0) || (b.get(y) ?? 0) - (b.get(x) ?? 0) || (a.get(y) ?? 0) - (a.get(x) ?? 0));
  return words.slice(0, MOST_WORDS).map((word) => ({ label: word, before: a.get(word) ?? 0, after: b.get(word) ?? 0 }));
}
