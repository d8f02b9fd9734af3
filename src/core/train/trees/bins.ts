import type { Matrix } from '../../table/table.js';
import { cutBetween } from './cut-between.js';

/** How one column is cut: bin b holds edges[b-1] < x ≤ edges[b], or the category `codes[b]`; bin `count` holds what is missing. */
export interface ColumnBins {
  readonly categorical: boolean;
  readonly edges: Float64Array;
  readonly codes: Int32Array;
  readonly count: number;
  readonly hasMissing: boolean;
}

/** A matrix cut into bins, column by column: row r of column c is `bins[c * rows + r]`. */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  readonly bins: Uint8Array;
  /** Where each column's bins begin in a histogram of all; the last entry is the number of bins. */
  readonly offsets: Int32Array;
}

/** Edges are learned from no more rows than these, evenly spread. */
const EDGE_ROWS = 200_000;

/**
 * Cuts columns into at most `most` bins (2 … 255) and one for missing values, as scikit-learn's `HistGradientBoosting*` does: between
 * all values when they are few, else at quantiles. Codes below 0 of a categorical column are missing, as are the rarest beyond `most`.
 */
export function binMatrix(x: Matrix, categorical: readonly number[], most: number): BinnedMatrix {
  const columns: ColumnBins[] = [];
  const bins = new Uint8Array(x.rows * x.columns);
  const offsets = new Int32Array(x.columns + 1);
  const isCategory = new Set(categorical);
  const values = new Float64Array(x.rows);
  for (let c = 0; c < x.columns; c++) {
    copyColumn(x, c, values);
    const column = isCategory.has(c) ? categoryBins(values, most) : numericBins(values, most);
    fillBins(column, values, bins.subarray(c * x.rows, (c + 1) * x.rows));
    columns.push(column);
    offsets[c + 1] = offsets[c]! + column.count + 1;
  }
  return { rows: x.rows, columns, bins, offsets };
}

/** Bins of other rows, cut as `like` was. */
export function binLike(x: Matrix, like: BinnedMatrix): BinnedMatrix {
  const bins = new Uint8Array(x.rows * x.columns);
  const values = new Float64Array(x.rows);
  like.columns.forEach((column, c) => {
    copyColumn(x, c, values);
    fillBins(column, values, bins.subarray(c * x.rows, (c + 1) * x.rows));
  });
  return { ...like, rows: x.rows, bins };
}

function numericBins(values: Float64Array, most: number): ColumnBins {
  const step = Math.max(1, Math.ceil(values.length / EDGE_ROWS));
  const present = new Float64Array(Math.ceil(values.length / step));
  const edges = edgesOf(present.subarray(0, takePresent(values, step, present)).sort(), most);
  return { categorical: false, edges, codes: new Int32Array(0), count: edges.length + 1, hasMissing: values.includes(NaN) };
}

/** Copies each `step`-th value that is not missing; gives how many there are. */
function takePresent(values: Float64Array, step: number, out: Float64Array): number {
  let count = 0;
  for (let r = 0; r < values.length; r += step) {
    const value = values[r]!;
    if (value === value) out[count++] = value;
  }
  return count;
}

function copyColumn(x: Matrix, c: number, values: Float64Array): void {
  for (let r = 0, at = c; r < x.rows; r++, at += x.columns) values[r] = x.data[at]!;
}

function edgesOf(sorted: Float64Array, most: number): Float64Array {
  const ends: number[] = [];
  for (let i = 1; i < sorted.length && ends.length < most; i++) if (sorted[i]! > sorted[i - 1]!) ends.push(i);
  if (ends.length >= most) return Float64Array.from(quantileEdges(sorted, most));
  return Float64Array.from(ends, (i) => cutBetween(sorted[i - 1]!, sorted[i]!));
}

/** numpy's `percentile(…, method="midpoint")` at most - 1 inner points; an edge lies above the lower value and not on the upper. */
function quantileEdges(sorted: Float64Array, most: number): number[] {
  const edges: number[] = [];
  for (let q = 1; q < most; q++) {
    const place = (q / most) * (sorted.length - 1);
    const low = sorted[Math.floor(place)]!;
    const high = sorted[Math.ceil(place)]!;
    const edge = high > low ? cutBetween(low, high) : low;
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge);
  }
  return edges;
}

function categoryBins(values: Float64Array, most: number): ColumnBins {
  const counts = new Map<number, number>();
  let missing = 0;
  for (const value of values) {
    if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
    else missing += 1;
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const codes = Int32Array.from(frequent, ([code]) => code).sort();
  return { categorical: true, edges: new Float64Array(0), codes, count: codes.length, hasMissing: missing > 0 || counts.size > codes.length };
}

function fillBins(column: ColumnBins, values: Float64Array, out: Uint8Array): void {
  if (column.categorical) {
    const binOf = new Map<number, number>();
    column.codes.forEach((code, bin) => binOf.set(code, bin));
    for (let r = 0; r < values.length; r++) out[r] = binOf.get(values[r]!) ?? column.count;
    return;
  }
  const { edges, count } = column;
  for (let r = 0; r < values.length; r++) {
    const value = values[r]!;
    out[r] = value === value ? lowerBound(edges, value) : count;
  }
}

/** How many edges lie below the value. */
function lowerBound(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
