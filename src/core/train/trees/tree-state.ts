import type { Matrix } from '../../table/table.js';

/** Stored trees: the lists of `TreeLists`, `width` values a leaf. */
export interface TreeState {
  readonly columns: readonly number[];
  readonly cuts: readonly number[];
  readonly values: readonly number[];
  readonly width: number;
}

/** Node i's left child is i + 1; of a leaf, `right` is where its values begin. */
export interface FlatTrees {
  readonly roots: Int32Array;
  readonly column: Int32Array;
  readonly cut: Float64Array;
  readonly right: Int32Array;
  readonly values: Float64Array;
}

const flattened = new WeakMap<TreeState, FlatTrees>();

/** Lays stored trees out for speed; the same state is laid out once. */
export function flattenTrees(state: TreeState): FlatTrees {
  const known = flattened.get(state);
  if (known) return known;
  const made = layOut(state.columns, state.cuts, state.values, state.width);
  flattened.set(state, made);
  return made;
}

/** The same for the nodes from `from` on of lists that are still growing. */
export function layOut(columns: readonly number[], cuts: readonly number[], values: readonly number[], width: number, from = { node: 0, cut: 0, value: 0 }): FlatTrees {
  const n = columns.length - from.node;
  const [nodeColumn, nodeCut, right] = [new Int32Array(n), new Float64Array(n), new Int32Array(n)];
  const roots: number[] = [];
  const waiting: number[] = [];
  let cut = from.cut;
  let value = 0;
  let startsTree = true;
  for (let i = 0; i < n; i++) {
    if (startsTree) roots.push(i);
    startsTree = false;
    const column = (nodeColumn[i] = columns[from.node + i]!);
    if (column >= 0) {
      nodeCut[i] = cuts[cut++]!;
      waiting.push(i);
      continue;
    }
    right[i] = value;
    value += width;
    const parent = waiting.pop();
    if (parent === undefined) startsTree = true;
    else right[parent] = i + 1;
  }
  return { roots: Int32Array.from(roots), column: nodeColumn, cut: nodeCut, right, values: Float64Array.from(from.value === 0 ? values : values.slice(from.value)) };
}

const BLOCK = 512;

/** Mean over the trees of their leaves' values, `width` numbers for each row; NaN where an input is missing. */
export function averageTrees(state: TreeState, x: Matrix): Float64Array {
  const flat = flattenTrees(state);
  const { width } = state;
  const out = new Float64Array(x.rows * width);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(x.rows, from + BLOCK);
    for (const root of flat.roots) addLeaves(flat, root, x, from, to, out, width);
  }
  const trees = flat.roots.length;
  for (let i = 0; i < out.length; i++) out[i]! /= trees;
  markMissing(out, x, width);
  return out;
}

function addLeaves(flat: FlatTrees, root: number, x: Matrix, from: number, to: number, out: Float64Array, width: number): void {
  const { right, values } = flat;
  for (let r = from; r < to; r++) {
    const at = right[leafOf(flat, root, x, r)]!;
    if (width === 1) out[r]! += values[at]!;
    else for (let k = 0; k < width; k++) out[r * width + k]! += values[at + k]!;
  }
}

/** The leaf in which a row ends. */
export function leafOf({ column, cut, right }: FlatTrees, root: number, { data, columns }: Matrix, row: number): number {
  const base = row * columns;
  let i = root;
  for (let c = column[i]!; c >= 0; c = column[i]!) i = data[base + c]! <= cut[i]! ? i + 1 : right[i]!;
  return i;
}

function markMissing(out: Float64Array, { rows, columns, data }: Matrix, width: number): void {
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let at = r * columns; at < (r + 1) * columns; at++) sum += data[at]! * 0;
    // 0 · NaN is NaN, and so is 0 · ∞.
    if (sum !== sum) out.fill(NaN, r * width, (r + 1) * width);
  }
}
