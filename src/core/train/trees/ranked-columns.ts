import type { Matrix } from '../../table/table.js';

/** A matrix as ranks: row r of column c holds the `codes[c * rows + r]`-th of the column's values in ascending order. */
export interface RankedColumns {
  readonly rows: number;
  readonly columns: number;
  readonly codes: Uint16Array;
  /** The different values of each column, ascending; beyond 65,536 of them the ends of as many groups of like size. */
  readonly lowest: readonly Float64Array[];
  readonly highest: readonly Float64Array[];
}

const MOST = 65_536;

/** Ranks the values of each column. */
export function rankColumns(x: Matrix): RankedColumns {
  const codes = new Uint16Array(x.rows * x.columns);
  const lowest: Float64Array[] = [];
  const highest: Float64Array[] = [];
  const values = new Float64Array(x.rows);
  for (let c = 0; c < x.columns; c++) {
    copyColumn(x, c, values);
    const distinct = distinctOf(values);
    const starts = distinct.length <= MOST ? distinct : groupStarts(distinct);
    lowest.push(starts);
    highest.push(distinct.length <= MOST ? distinct : groupEnds(distinct));
    rankAll(codes, c * x.rows, starts, values);
  }
  return { rows: x.rows, columns: x.columns, codes, lowest, highest };
}

function copyColumn(x: Matrix, c: number, values: Float64Array): void {
  // Adding 0 makes -0 the same as 0.
  for (let r = 0, at = c; r < x.rows; r++, at += x.columns) values[r] = x.data[at]! + 0;
}

function rankAll(codes: Uint16Array, from: number, starts: Float64Array, values: Float64Array): void {
  for (let r = 0; r < values.length; r++) codes[from + r] = rankOf(starts, values[r]!);
}

function distinctOf(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return sorted.slice(0, moveDistinct(sorted));
}

/** Moves each different value to the front; gives how many there are. */
function moveDistinct(sorted: Float64Array): number {
  let count = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i]! > sorted[count - 1]!) sorted[count++] = sorted[i]!;
  return count;
}

const groupStarts = (distinct: Float64Array): Float64Array => Float64Array.from({ length: MOST }, (_, k) => distinct[Math.floor((k * distinct.length) / MOST)]!);
const groupEnds = (distinct: Float64Array): Float64Array => Float64Array.from({ length: MOST }, (_, k) => distinct[Math.floor(((k + 1) * distinct.length) / MOST) - 1]!);

/** The last place whose value is not above the given one. */
function rankOf(starts: Float64Array, value: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
