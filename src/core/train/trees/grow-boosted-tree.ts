import type { BinnedMatrix } from './bins.js';
import { findSplit, hessianIn, type NodeSums, type Split, type SplitRules } from './find-split.js';
import { fillHistogram, packHessians, subtractHistogram, takeOut, type Histogram, type PackedHessians, type RowSums } from './histogram.js';
import { partRows } from './part-rows.js';

/** How large a tree may become; `maxDepth` 0 is without limit. */
export interface GrowthRules extends SplitRules {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly learningRate: number;
}

/** A node over the rows from `start` to `end` of the grower's order. */
export interface GrownNode {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  histogram: Histogram | undefined;
  split: Split | undefined;
  left: GrownNode | undefined;
  right: GrownNode | undefined;
  value: number;
}

/** Work, in rows times columns, after which a caller should be let in: about 15 ms. */
const BREATH = 4_000_000;

/** Grows trees over the same rows, one after another, best leaf first, with the memory of the last. */
export class TreeGrower {
  readonly rows: Int32Array;
  readonly #inOrder: Int32Array;
  readonly #moved: Int32Array;
  readonly #scratch: RowSums;
  readonly #pool: Histogram[] = [];
  #packed: PackedHessians;
  #sums: RowSums;
  #work = 0;
  #leaves = 1;

  constructor(
    readonly x: BinnedMatrix,
    readonly rules: GrowthRules,
  ) {
    this.rows = new Int32Array(x.rows);
    this.#inOrder = Int32Array.from(this.rows.keys());
    this.#moved = new Int32Array(x.rows);
    this.#scratch = { gradients: new Float64Array(x.rows), packed: new Float64Array(x.rows) };
    this.#packed = packHessians(undefined, x.rows);
    this.#sums = { gradients: this.#scratch.gradients, packed: this.#packed.values };
  }

  /** The root of a tree that follows the gradients (hessians 1 when left out); yields when some time has passed. */
  *grow(gradients: Float64Array, hessians: Float64Array | undefined): Generator<void, GrownNode> {
    this.rows.set(this.#inOrder);
    if (hessians) this.#packed = packHessians(hessians, this.rows.length, this.#packed.values);
    this.#sums = { gradients, packed: this.#packed.values };
    const root = newNode(0, this.rows.length, 0, { gradient: sumOf(gradients), packed: sumOf(this.#packed.values) });
    const open: GrownNode[] = [];
    this.#leaves = 1;
    this.#fill(root);
    this.#open(root, open);
    while (this.#divideSome(open)) yield;
    for (const node of open) this.#release(node, true);
    this.#settle(root);
    return root;
  }

  /** Divides the best of the open nodes until none may be (false) or a caller should be let in (true). */
  #divideSome(open: GrownNode[]): boolean {
    while (open.length > 0 && this.#leaves < this.rules.maxLeaves) {
      const node = takeBest(open);
      this.#divide(node);
      this.#leaves += 1;
      if (this.#leaves < this.rules.maxLeaves) this.#prepareChildren(node, open);
      this.#release(node);
      if (this.#work < BREATH) continue;
      this.#work = 0;
      return true;
    }
    return false;
  }

  #fill(node: GrownNode): void {
    node.histogram = this.#pool.pop() ?? new Float64Array(2 * this.x.offsets.at(-1)!);
    fillHistogram(node.histogram, this.x, this.rows, node.start, node.end, this.#sums, this.#scratch);
    this.#work += (node.end - node.start) * this.x.columns.length + node.histogram.length;
  }

  #takeOut(node: GrownNode, histogram: Histogram): void {
    takeOut(histogram, this.x, this.rows, node.start, node.end, this.#sums, this.#scratch);
    this.#work += rowsOf(node) * this.x.columns.length;
  }

  /** Keeps the node as one that can still be split, when it can. */
  #open(node: GrownNode, open: GrownNode[]): void {
    node.split = findSplit(node.histogram!, this.x, node.sums, this.#packed, this.rules);
    if (node.split) open.push(node);
    else this.#release(node);
  }

  #release(node: GrownNode, closed = false): void {
    if (node.histogram) this.#pool.push(node.histogram);
    node.histogram = undefined;
    if (closed) node.split = undefined;
  }

  #divide(node: GrownNode): void {
    const middle = this.#partition(node, node.split!);
    const left = node.split!.left;
    const right = { gradient: node.sums.gradient - left.gradient, packed: node.sums.packed - left.packed };
    node.left = newNode(node.start, middle, node.depth + 1, left);
    node.right = newNode(middle, node.end, node.depth + 1, right);
  }

  /** The smaller child's rows are counted; the larger one's histogram is what remains of the parent's. */
  #prepareChildren(node: GrownNode, open: GrownNode[]): void {
    const [left, right] = [node.left!, node.right!];
    const [small, large] = rowsOf(left) <= rowsOf(right) ? [left, right] : [right, left];
    const needed = (child: GrownNode): boolean => rowsOf(child) >= 2 * this.rules.minRows && !(this.rules.maxDepth > 0 && child.depth >= this.rules.maxDepth);
    if (!needed(large)) return;
    large.histogram = node.histogram!;
    node.histogram = undefined;
    if (needed(small)) this.#fill(small);
    // Whichever costs less: to take out the rows one by one, or all bins at once.
    if (!small.histogram || rowsOf(small) * this.x.columns.length * 3 < large.histogram.length) this.#takeOut(small, large.histogram);
    else subtractHistogram(large.histogram, small.histogram);
    for (const child of [left, right]) {
      if (needed(child)) this.#open(child, open);
      else this.#release(child);
    }
  }

  /** Puts the rows that go left before those that go right, each in their order; gives where the right ones begin. */
  #partition({ start, end }: GrownNode, { column, bin, set, missingLeft }: Split): number {
    const goesLeft = set ?? new Uint8Array(256).fill(1, 0, bin + 1);
    goesLeft[this.x.columns[column]!.count] = missingLeft ? 1 : 0;
    return partRows(this.rows, this.#moved, start, end, this.x.bins, column * this.x.rows, goesLeft);
  }

  #settle(node: GrownNode): void {
    if (node.left && node.right) {
      this.#settle(node.left);
      this.#settle(node.right);
      return;
    }
    const { gradient, packed } = node.sums;
    const hessian = hessianIn(packed, this.#packed);
    // Nine digits are all that is stored, so they are all that is used.
    node.value = Number((-this.rules.learningRate * (gradient / (hessian + this.rules.l2 + Number.EPSILON))).toPrecision(9));
  }
}

function newNode(start: number, end: number, depth: number, sums: NodeSums): GrownNode {
  return { start, end, depth, sums, histogram: undefined, split: undefined, left: undefined, right: undefined, value: 0 };
}

const rowsOf = (node: GrownNode): number => node.end - node.start;

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Takes out the node whose split gains most, the earliest of equals. */
function takeBest(open: GrownNode[]): GrownNode {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
  return open.splice(best, 1)[0]!;
}
