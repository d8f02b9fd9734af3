import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import type { TreeEnsemble, TreeView } from './tree-ensemble.js';

/** How many of the rows reach each node of a tree. */
export function coverOf({ column, left, right, goesLeft }: TreeView, x: Matrix): Float64Array {
  const cover = new Float64Array(column.length);
  for (let row = 0; row < x.rows; row++) {
    let node = 0;
    cover[0]! += 1;
    for (let c = column[0]!; c >= 0; c = column[node]!) {
      node = goesLeft(node, x.data[row * x.columns + c]!) ? left[node]! : right[node]!;
      cover[node]! += 1;
    }
  }
  return cover;
}

/** The same for all trees. Throws `no-rows`. */
export function coversOf({ trees }: TreeEnsemble, x: Matrix): Float64Array[] {
  if (x.rows === 0) throw new LabError('no-rows');
  return trees.map((tree) => coverOf(tree, x));
}

/** f of one row. */
export function evaluateTrees({ trees, baseline, scale }: TreeEnsemble, row: ArrayLike<number>): number {
  return baseline + scale * trees.reduce((sum, tree) => sum + tree.value[leafOfRow(tree, row)]!, 0);
}

/** The leaf in which a row ends. */
export function leafOfRow({ column, left, right, goesLeft }: TreeView, row: ArrayLike<number>): number {
  let node = 0;
  for (let c = column[0]!; c >= 0; c = column[node]!) node = goesLeft(node, row[c]!) ? left[node]! : right[node]!;
  return node;
}
