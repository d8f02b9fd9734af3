import { finish, type Gradual } from '../gradual.js';
import { knownValues, quantileOfSorted } from './quantile.js';
import type { ColumnType, NumericColumn, Table, TextColumn } from './table.js';

const BINS = 20;
const MOST_WHOLE_BINS = 40;
const TOP = 10;

/** Counts of values between neighbouring edges; the last bin holds its upper edge too. There is one edge more than counts. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Facts of the known values of a numeric or date column; dates in milliseconds since 1970-01-01 UTC. */
export interface NumberFacts {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Sample standard deviation (n - 1); 0 for a single value. */
  readonly std: number;
  /** First quartile, median, third quartile (type 7). */
  readonly quartiles: readonly [number, number, number];
  readonly histogram: Histogram;
}

/** What a column holds; `numbers` is absent for words, booleans and a column without any value, `top` for all but words and booleans. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly rows: number;
  readonly missing: number;
  /** Distinct known values, exact. */
  readonly distinct: number;
  readonly numbers?: NumberFacts;
  /** The most frequent values with their counts, at most ten. */
  readonly top?: readonly { readonly value: string; readonly count: number }[];
}

/** Profiles every column of the table. */
export const profileTable = (table: Table): ColumnProfile[] => finish(profileGradually(table));

/** As `profileTable`, with a pause before each column. */
export function* profileGradually({ columns }: Table): Gradual<ColumnProfile[]> {
  const profiles: ColumnProfile[] = [];
  for (const [i, column] of columns.entries()) {
    yield i / columns.length;
    profiles.push(column.type === 'text' ? profileWords(column) : profileNumbers(column));
  }
  return profiles;
}

function profileNumbers(column: NumericColumn): ColumnProfile {
  const { name, type, values } = column;
  // Sorting gives quartiles, the distinct count and the bins at once, with nothing kept for each distinct value.
  const sorted = knownValues(values).sort();
  const base = { name, type, rows: values.length, missing: values.length - sorted.length, distinct: countDistinct(sorted) };
  if (type === 'boolean') return { ...base, top: topOf(['false', 'true'], countBooleans(sorted)) };
  return sorted.length === 0 ? base : { ...base, numbers: describe(sorted, type, base.distinct) };
}

function countBooleans(sorted: Float64Array): Float64Array {
  const truths = sorted.reduce((sum, value) => sum + value, 0);
  return Float64Array.of(sorted.length - truths, truths);
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

function describe(sorted: Float64Array, type: ColumnType, distinct: number): NumberFacts {
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sorted[i] as number;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((sorted[i] as number) - mean) ** 2;
  return {
    min: sorted[0] as number,
    max: sorted[n - 1] as number,
    mean,
    std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    quartiles: [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.5), quantileOfSorted(sorted, 0.75)],
    histogram: histogramOf(sorted, type === 'integer', distinct),
  };
}

/** Whole numbers of a small range get a bin each, centred on the number; others 20 bins of one width. */
function edgesOf(min: number, max: number, whole: boolean): number[] {
  const single = whole && max - min < MOST_WHOLE_BINS;
  if (single) return Array.from({ length: max - min + 2 }, (_, i) => min - 0.5 + i);
  if (min === max) return [min - 0.5, max + 0.5];
  return Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? max : min + (max - min) * (i / BINS)));
}

function histogramOf(sorted: Float64Array, whole: boolean, distinct: number): Histogram {
  const min = sorted[0] as number;
  const max = sorted[sorted.length - 1] as number;
  const edges = distinct === 1 ? [min - 0.5, min + 0.5] : edgesOf(min, max, whole);
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (let i = 0; i < sorted.length; i++) {
    while (bin < counts.length - 1 && (sorted[i] as number) >= (edges[bin + 1] as number)) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

function topOf(levels: readonly string[], counts: Float64Array): { value: string; count: number }[] {
  const order = levels.map((_, code) => code).filter((code) => (counts[code] as number) > 0);
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  return order.slice(0, TOP).map((code) => ({ value: levels[code] as string, count: counts[code] as number }));
}

function profileWords(column: TextColumn): ColumnProfile {
  const { name, type, levels, codes } = column;
  const counts = new Float64Array(levels.length);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return { name, type, rows: codes.length, missing, distinct, top: topOf(levels, counts) };
}
