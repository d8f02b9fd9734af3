import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { leafOfRow } from './tree-covers.js';
import type { TreeView } from './tree-ensemble.js';

/** A tree with the rows and the impurity of each node. */
export interface MeasuredTree {
  readonly tree: Pick<TreeView, 'column' | 'left' | 'right'>;
  readonly rows: ArrayLike<number>;
  readonly impurity: ArrayLike<number>;
}

/**
 * Mean decrease in impurity (Breiman et al. 1984), made to add up to 1 in each tree and over all, as scikit-learn's `feature_importances_`.
 * It favours features of many values and is measured on rows that the trees have seen. All 0 when no tree has a split.
 */
export function impurityImportance(trees: readonly MeasuredTree[], featureOf: Int32Array, features: number): Float64Array {
  const total = new Float64Array(features);
  for (const measured of trees) addNormalised(total, decreases(measured, featureOf, features));
  const out = new Float64Array(features);
  addNormalised(out, total);
  return out;
}

function decreases({ tree, rows, impurity }: MeasuredTree, featureOf: Int32Array, features: number): Float64Array {
  const out = new Float64Array(features);
  tree.column.forEach((column, node) => {
    if (column < 0) return;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    out[featureOf[column]!]! += rows[node]! * impurity[node]! - rows[left]! * impurity[left]! - rows[right]! * impurity[right]!;
  });
  return out;
}

function addNormalised(to: Float64Array, values: Float64Array): void {
  const sum = values.reduce((total, value) => total + value, 0);
  if (sum > 0) values.forEach((value, j) => (to[j]! += value / sum));
}

/** Rows and impurity of each node for given rows: variance when `classes` is 0, else Gini. Throws `no-rows`, `length-mismatch`. */
export function measureTree(tree: TreeView, x: Matrix, y: ArrayLike<number>, classes: number): MeasuredTree {
  if (x.rows === 0) throw new LabError('no-rows');
  if (x.rows !== y.length) throw new LabError('length-mismatch', { first: x.rows, second: y.length });
  const width = Math.max(2, classes);
  const rows = new Float64Array(tree.column.length);
  const sums = new Float64Array(tree.column.length * width);
  for (let r = 0; r < x.rows; r++) {
    const leaf = leafOfRow(tree, x.data.subarray(r * x.columns, (r + 1) * x.columns));
    rows[leaf]! += 1;
    if (classes > 0) sums[leaf * width + y[r]!]! += 1;
    else {
      sums[leaf * width]! += y[r]!;
      sums[leaf * width + 1]! += y[r]! ** 2;
    }
  }
  // Children stand after their parents.
  for (let node = tree.column.length - 1; node >= 0; node--) {
    if (tree.column[node]! < 0) continue;
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      rows[node]! += rows[child]!;
      for (let k = 0; k < width; k++) sums[node * width + k]! += sums[child * width + k]!;
    }
  }
  return { tree, rows, impurity: Float64Array.from(rows, (count, node) => impurityOf(sums.subarray(node * width, (node + 1) * width), count, classes)) };
}

function impurityOf(sums: Float64Array, rows: number, classes: number): number {
  if (rows === 0) return 0;
  if (classes > 0) return 1 - sums.reduce((sum, count) => sum + (count / rows) ** 2, 0);
  return Math.max(0, sums[1]! / rows - (sums[0]! / rows) ** 2);
}
