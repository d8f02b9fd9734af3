import type { Matrix } from '../../table/table.js';
import type { BinnedMatrix } from './bins.js';
import type { GrownNode } from './grow-boosted-tree.js';

/**
 * Boosted trees as plain numbers. All nodes of all trees stand in preorder: `columns` has one entry a node, -1 for a leaf;
 * `cuts` and `missing` (a letter L or R, the side of a missing value) one for each inner node; `values` one for each leaf.
 * x ≤ cut goes left; in a categorical column the cut is a place in `sets`, whose codes go left. Tree t adds to output t mod outputs.
 */
export interface BoostedState {
  readonly baseline: readonly number[];
  readonly columns: readonly number[];
  readonly cuts: readonly number[];
  readonly missing: string;
  readonly values: readonly number[];
  readonly sets: readonly (readonly number[])[];
  /** Codes that were seen, by categorical column; all others count as missing. */
  readonly categories: Readonly<Record<string, readonly number[]>>;
  /** How a regression target was scaled: prediction = offset + divisor · sum. */
  readonly target: { readonly offset: number; readonly divisor: number };
}

/** Collects grown trees into a state. */
export class BoostedWriter {
  readonly #columns: number[] = [];
  readonly #cuts: number[] = [];
  readonly #missing: string[] = [];
  readonly #values: number[] = [];
  readonly #sets: number[][] = [];
  readonly #lengths: [number, number, number, number][] = [];

  constructor(readonly x: BinnedMatrix) {}

  add(root: GrownNode): void {
    this.#lengths.push([this.#columns.length, this.#cuts.length, this.#values.length, this.#sets.length]);
    this.#write(root);
  }

  #write({ split, left, right, value }: GrownNode): void {
    if (!split || !left || !right) {
      this.#columns.push(-1);
      this.#values.push(value);
      return;
    }
    this.#columns.push(split.column);
    this.#missing.push(split.missingLeft ? 'L' : 'R');
    const { categorical, codes, edges } = this.x.columns[split.column]!;
    if (categorical) {
      this.#cuts.push(this.#sets.length);
      this.#sets.push([...codes.filter((_, bin) => split.set![bin] === 1)]);
    } else this.#cuts.push(edges[split.bin] ?? Number.MAX_VALUE);
    this.#write(left);
    this.#write(right);
  }

  /** The state of the first `trees` trees. */
  state(baseline: readonly number[], target: BoostedState['target'], trees = this.#lengths.length): BoostedState {
    const [columns, cuts, values, sets] = this.#lengths[trees] ?? [this.#columns.length, this.#cuts.length, this.#values.length, this.#sets.length];
    const categories = Object.fromEntries(this.x.columns.flatMap(({ categorical, codes }, c) => (categorical ? [[String(c), [...codes]]] : [])));
    return {
      baseline,
      columns: this.#columns.slice(0, columns),
      cuts: this.#cuts.slice(0, cuts),
      missing: this.#missing.slice(0, cuts).join(''),
      values: this.#values.slice(0, values),
      sets: this.#sets.slice(0, sets),
      categories,
      target,
    };
  }
}

/** The state laid out for speed: node i's left child is i + 1. */
interface Flat {
  readonly roots: Int32Array;
  readonly column: Int32Array;
  /** NaN where the column is categorical, so that a comparison fails both ways. */
  readonly cut: Float64Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
  /** 1 for each code that goes left, 2 for each other known code. */
  readonly sets: readonly (Uint8Array | undefined)[];
}

const flattened = new WeakMap<BoostedState, Flat>();

function flatten(state: BoostedState): Flat {
  const known = flattened.get(state);
  if (known) return known;
  const n = state.columns.length;
  const flat = { column: Int32Array.from(state.columns), cut: new Float64Array(n), right: new Int32Array(n), missingLeft: new Uint8Array(n), value: new Float64Array(n), sets: new Array<Uint8Array | undefined>(n) };
  const roots: number[] = [];
  const waiting: number[] = [];
  for (let i = 0, inner = 0, leaf = 0, startsTree = true; i < n; i++) {
    if (startsTree) roots.push(i);
    startsTree = false;
    const column = state.columns[i]!;
    if (column < 0) {
      flat.value[i] = state.values[leaf++]!;
      const parent = waiting.pop();
      if (parent === undefined) startsTree = true;
      else flat.right[parent] = i + 1;
      continue;
    }
    waiting.push(i);
    flat.missingLeft[i] = state.missing[inner] === 'L' ? 1 : 0;
    const codes = state.categories[String(column)];
    if (codes) flat.sets[i] = sidesOf(codes, state.sets[state.cuts[inner]!]!);
    flat.cut[i] = codes ? NaN : state.cuts[inner]!;
    inner++;
  }
  const made = { ...flat, roots: Int32Array.from(roots) };
  flattened.set(state, made);
  return made;
}

function sidesOf(codes: readonly number[], left: readonly number[]): Uint8Array {
  const sides = new Uint8Array(Math.max(0, ...codes) + 1);
  for (const code of codes) sides[code] = 2;
  for (const code of left) sides[code] = 1;
  return sides;
}

const BLOCK = 512;

/** Sum of baseline and trees for each row and output, row by row. */
export function sumTrees(state: BoostedState, x: Matrix): Float64Array {
  const flat = flatten(state);
  const outputs = state.baseline.length;
  const out = new Float64Array(x.rows * outputs);
  for (let i = 0; i < out.length; i++) out[i] = state.baseline[i % outputs]!;
  // In blocks of rows that stay in the cache while all trees pass over them.
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(x.rows, from + BLOCK);
    flat.roots.forEach((root, t) => addTree(flat, root, x, from, to, out, outputs, t % outputs));
  }
  return out;
}

function addTree({ column, cut, right, missingLeft, value, sets }: Flat, root: number, x: Matrix, from: number, to: number, out: Float64Array, outputs: number, output: number): void {
  const { data, columns } = x;
  for (let r = from; r < to; r++) {
    const base = r * columns;
    let i = root;
    for (let c = column[i]!; c >= 0; c = column[i]!) {
      const v = data[base + c]!;
      const edge = cut[i]!;
      if (v <= edge) i += 1;
      else if (v > edge) i = right[i]!;
      else i = goesLeft(v, sets[i], missingLeft[i]!) ? i + 1 : right[i]!;
    }
    out[r * outputs + output]! += value[i]!;
  }
}

function goesLeft(value: number, sides: Uint8Array | undefined, missingLeft: number): boolean {
  const side = sides?.[value];
  return side === 1 || (side !== 2 && missingLeft === 1);
}
