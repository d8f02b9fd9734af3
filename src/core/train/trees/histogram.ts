import type { BinnedMatrix } from './bins.js';

/** Sums by bin, two numbers each: gradients, and rows with hessians packed into one (`PackedHessians`). */
export type Histogram = Float64Array;

/**
 * Hessian and row count in one whole number, so that a bin sums both by one addition, exactly: count · 2^shift + hessian / unit.
 * Where digits are few, what rounding takes from one row is given to the next, so that sums stay true.
 */
export interface PackedHessians {
  readonly values: Float64Array;
  readonly shift: number;
  readonly unit: number;
}

/** With as many binary digits each hessian is rounded by itself, and equal ones stay equal. */
const ENOUGH = 20;

/** Packs hessians of 0 … 1, or 1 for each row when there are none. */
export function packHessians(hessians: Float64Array | undefined, rows: number, into: Float64Array = new Float64Array(rows)): PackedHessians {
  const bits = Math.ceil(Math.log2(rows + 2));
  const precision = hessians ? 52 - 2 * bits : 0;
  const shift = 2 ** (bits + precision);
  const scale = 2 ** precision;
  if (!hessians) return { values: into.fill(shift + 1), shift, unit: 1 };
  const carries = precision < ENOUGH ? 1 : 0;
  let carried = 0.5;
  for (let i = 0; i < rows; i++) {
    const exact = hessians[i]! * scale + carried;
    const whole = Math.floor(exact);
    carried = carries * (exact - whole) + (1 - carries) * 0.5;
    into[i] = shift + whole;
  }
  return { values: into, shift, unit: 1 / scale };
}

/** Slope of the loss at each row, and its packed curvature. */
export interface RowSums {
  readonly gradients: Float64Array;
  readonly packed: Float64Array;
}

/** Fills a histogram of the rows `rows[start … end-1]` for every column; `scratch` holds a node's sums in its rows' order. */
export function fillHistogram(out: Histogram, x: BinnedMatrix, rows: Int32Array, start: number, end: number, sums: RowSums, scratch: RowSums): void {
  out.fill(0);
  if (end - start === x.rows) addRows(out, x, rows, 0, x.rows, sums);
  else addRows(out, x, rows, start, end, gather(sums, rows, start, end, scratch, 1));
}

/** Takes rows out of a histogram that counts them. */
export function takeOut(out: Histogram, x: BinnedMatrix, rows: Int32Array, start: number, end: number, sums: RowSums, scratch: RowSums): void {
  addRows(out, x, rows, start, end, gather(sums, rows, start, end, scratch, -1));
}

function addRows(out: Histogram, x: BinnedMatrix, rows: Int32Array, start: number, end: number, { gradients, packed }: RowSums): void {
  const count = end - start;
  let c = 0;
  for (; c + 4 <= x.columns.length; c += 4) addFour(out, x, c, rows, start, gradients, packed, count);
  for (; c < x.columns.length; c++) addOne(out, x, c, rows, start, gradients, packed, count);
}

function gather({ gradients, packed }: RowSums, rows: Int32Array, start: number, end: number, scratch: RowSums, sign: number): RowSums {
  for (let i = start, to = 0; i < end; i++, to++) {
    const row = rows[i]!;
    scratch.gradients[to] = sign * gradients[row]!;
    scratch.packed[to] = sign * packed[row]!;
  }
  return scratch;
}

/** Four columns in one pass, which reads each row's sums once for all of them. */
function addFour(out: Histogram, { bins, rows: stride, offsets }: BinnedMatrix, c: number, rows: Int32Array, from: number, g: Float64Array, h: Float64Array, count: number): void {
  const [c0, c1, c2, c3] = [c * stride, (c + 1) * stride, (c + 2) * stride, (c + 3) * stride];
  const [o0, o1, o2, o3] = [2 * offsets[c]!, 2 * offsets[c + 1]!, 2 * offsets[c + 2]!, 2 * offsets[c + 3]!];
  for (let i = 0; i < count; i++) {
    const row = rows[from + i]!;
    const gradient = g[i]!;
    const packed = h[i]!;
    const a = o0 + 2 * bins[c0 + row]!;
    out[a]! += gradient;
    out[a + 1]! += packed;
    const b = o1 + 2 * bins[c1 + row]!;
    out[b]! += gradient;
    out[b + 1]! += packed;
    const d = o2 + 2 * bins[c2 + row]!;
    out[d]! += gradient;
    out[d + 1]! += packed;
    const e = o3 + 2 * bins[c3 + row]!;
    out[e]! += gradient;
    out[e + 1]! += packed;
  }
}

function addOne(out: Histogram, { bins, rows: stride, offsets }: BinnedMatrix, c: number, rows: Int32Array, from: number, g: Float64Array, h: Float64Array, count: number): void {
  const column = c * stride;
  const offset = 2 * offsets[c]!;
  for (let i = 0; i < count; i++) {
    const at = offset + 2 * bins[column + rows[from + i]!]!;
    out[at]! += g[i]!;
    out[at + 1]! += h[i]!;
  }
}

/** Turns a parent's histogram into that of the child whose sibling is given. */
export function subtractHistogram(parent: Histogram, sibling: Histogram): void {
  for (let at = 0; at < parent.length; at++) parent[at]! -= sibling[at]!;
}
