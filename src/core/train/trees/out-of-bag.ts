import type { Matrix } from '../../table/table.js';
import type { TreeLists } from './grow-exact-tree.js';
import { layOut, leafOf, type FlatTrees } from './tree-state.js';

/** Squared error of a growing forest on each row, by the trees that did not learn from it (Breiman 1996, Out-of-bag estimation). */
export class OutOfBag {
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;

  constructor(
    readonly x: Matrix,
    readonly y: Float64Array,
    readonly width: number,
    readonly scale: number,
  ) {
    this.#sums = new Float64Array(x.rows * width);
    this.#counts = new Float64Array(x.rows);
  }

  /** What the mean, or the shares of the classes, would cost. */
  startLoss(): number {
    const { y, width } = this;
    const n = y.length;
    if (width === 1) {
      const mean = y.reduce((sum, value) => sum + value / n, 0);
      return this.#inUnits(y.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0));
    }
    const shares = new Float64Array(width);
    for (const code of y) shares[code]! += 1 / n;
    return 1 - shares.reduce((sum, share) => sum + share * share, 0);
  }

  /** Takes in the tree that begins at `from` and was grown with these weights; gives the loss over the rows left out at least once. */
  add(lists: TreeLists, from: { node: number; cut: number; value: number }, weights: Float64Array): number {
    const flat = layOut(lists.columns, lists.cuts, lists.values, this.width, from);
    addUnseen(flat, this.x, weights, this.#counts, this.#sums, this.width);
    return this.#loss();
  }

  #loss(): number {
    const { y, width } = this;
    const counts = this.#counts;
    const sums = this.#sums;
    let total = 0;
    let rows = 0;
    for (let r = 0; r < y.length; r++) {
      const count = counts[r]!;
      if (count === 0) continue;
      rows += 1;
      if (width === 1) total += (sums[r]! / count - y[r]!) ** 2;
      else for (let k = 0; k < width; k++) total += (sums[r * width + k]! / count - (y[r] === k ? 1 : 0)) ** 2;
    }
    return rows > 0 ? this.#inUnits(total / rows) : this.startLoss();
  }

  #inUnits(loss: number): number {
    return this.scale === 1 ? loss : Math.min(loss / this.scale / this.scale, Number.MAX_VALUE);
  }
}

/** Adds the answers of a tree to the rows that it did not learn from. */
function addUnseen(flat: FlatTrees, x: Matrix, weights: Float64Array, counts: Float64Array, sums: Float64Array, width: number): void {
  for (let r = 0; r < weights.length; r++) {
    if (weights[r] !== 0) continue;
    const at = flat.right[leafOf(flat, 0, x, r)]!;
    counts[r]! += 1;
    for (let k = 0; k < width; k++) sums[r * width + k]! += flat.values[at + k]!;
  }
}
