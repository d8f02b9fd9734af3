import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import type { ShapleyValues } from './shapley-exact.js';
import { evaluateTrees } from './tree-covers.js';
import type { TreeEnsemble, TreeView } from './tree-ensemble.js';

const FROM_ROW = 1;
const FROM_BACKGROUND = 2;

/**
 * TreeSHAP, interventional (Lundberg et al. 2020, algorithm 3): exactly the Shapley values that enumeration with the background rows would give,
 * in time that grows with the leaves and not with 2^d. `featureOf` is the feature of each column. Throws `no-rows`.
 */
export function interventionalTreeShap(ensemble: TreeEnsemble, background: Matrix, row: ArrayLike<number>, featureOf: Int32Array, features: number): ShapleyValues {
  if (background.rows === 0) throw new LabError('no-rows');
  const contributions = new Float64Array(features);
  let base = 0;
  for (let b = 0; b < background.rows; b++) {
    const other = background.data.subarray(b * background.columns, (b + 1) * background.columns);
    base += evaluateTrees(ensemble, other);
    for (const tree of ensemble.trees) new Duel(tree, row, other, featureOf, contributions).walk(0);
  }
  const scale = ensemble.scale / background.rows;
  return { base: base / background.rows, contributions: contributions.map((value) => value * scale), prediction: evaluateTrees(ensemble, row) };
}

/** The row against one background row in one tree: where they part, a coalition decides which of the two is followed. */
class Duel {
  readonly #side: Uint8Array;
  readonly #rows: number[] = [];
  readonly #backgrounds: number[] = [];

  constructor(
    readonly tree: TreeView,
    readonly row: ArrayLike<number>,
    readonly other: ArrayLike<number>,
    readonly featureOf: Int32Array,
    readonly out: Float64Array,
  ) {
    this.#side = new Uint8Array(out.length);
  }

  walk(node: number): void {
    const { tree, row, other } = this;
    const column = tree.column[node]!;
    if (column < 0) return this.#settle(tree.value[node]!);
    const rowChild = tree.goesLeft(node, row[column]!) ? tree.left[node]! : tree.right[node]!;
    const otherChild = tree.goesLeft(node, other[column]!) ? tree.left[node]! : tree.right[node]!;
    if (rowChild === otherChild) return this.walk(rowChild);
    const feature = this.featureOf[column]!;
    const side = this.#side[feature]!;
    if (side !== 0) return this.walk(side === FROM_ROW ? rowChild : otherChild);
    this.#branch(feature, FROM_ROW, this.#rows, rowChild);
    this.#branch(feature, FROM_BACKGROUND, this.#backgrounds, otherChild);
  }

  #branch(feature: number, side: number, list: number[], child: number): void {
    this.#side[feature] = side;
    list.push(feature);
    this.walk(child);
    list.pop();
    this.#side[feature] = 0;
  }

  /** The leaf is reached by coalitions that hold all of `rows` and none of `backgrounds`. */
  #settle(value: number): void {
    const [a, b] = [this.#rows.length, this.#backgrounds.length];
    if (a > 0) {
      const weight = value * factorialRatio(a - 1, b);
      for (const feature of this.#rows) this.out[feature]! += weight;
    }
    if (b > 0) {
      const weight = value * factorialRatio(b - 1, a);
      for (const feature of this.#backgrounds) this.out[feature]! -= weight;
    }
  }
}

/** p!·q!/(p + q + 1)!. */
function factorialRatio(p: number, q: number): number {
  let ratio = 1 / (p + q + 1);
  for (let i = 1; i <= q; i++) ratio *= i / (p + i);
  return ratio;
}
