import type { Output } from '../../src/core/explain/model-output.js';
import { evaluateTrees } from '../../src/core/explain/tree-covers.js';
import type { TreeEnsemble, TreeView } from '../../src/core/explain/tree-ensemble.js';
import type { Matrix } from '../../src/core/table/table.js';

/** A tree as scikit-learn lays it out. */
export interface GivenTree {
  readonly children_left: number[];
  readonly children_right: number[];
  readonly feature: number[];
  readonly threshold: number[];
  readonly value: number[][];
  readonly n_node_samples: number[];
  readonly impurity?: number[];
}

export const viewOf = (tree: GivenTree): TreeView => ({
  column: Int32Array.from(tree.feature, (feature, node) => (tree.children_left[node] === -1 ? -1 : feature)),
  left: Int32Array.from(tree.children_left),
  right: Int32Array.from(tree.children_right),
  value: Float64Array.from(tree.value, (value) => (value.length === 1 ? value[0]! : value[1]! / (value[0]! + value[1]!))),
  goesLeft: (node, value) => value <= tree.threshold[node]!,
});

/** The trees of a vector's model, if it has any. */
export function ensembleOf(kind: string, model: Record<string, unknown>): TreeEnsemble | undefined {
  const trees = kind === 'forest' ? (model['trees'] as GivenTree[]) : kind.startsWith('tree') ? [model as unknown as GivenTree] : undefined;
  return trees && { trees: trees.map(viewOf), baseline: 0, scale: 1 / trees.length, output: 'prediction' };
}

const formulas: Readonly<Record<string, (x: ArrayLike<number>) => number>> = {
  'x0*x1 + 2*x2': (x) => x[0]! * x[1]! + 2 * x[2]!,
  'max(x0,x1,0)': (x) => Math.max(x[0]!, x[1]!, 0),
};

/** A vector's model as a function of one row; undefined for a kind that we do not know. */
export function givenOutput(kind: string, model: Record<string, unknown>): Output | undefined {
  const ensemble = ensembleOf(kind, model);
  if (ensemble) return byRow((row) => evaluateTrees(ensemble, row));
  if (kind === 'formula') return formulas[model['formula'] as string] && byRow(formulas[model['formula'] as string]!);
  const weights = model['weights'] as number[] | undefined;
  const sum = (row: ArrayLike<number>): number => weights!.reduce((total, weight, j) => total + weight * row[j]!, model['intercept'] as number);
  if (kind === 'linear') return byRow(sum);
  return kind === 'logistic' ? byRow((row) => 1 / (1 + Math.exp(-sum(row)))) : undefined;
}

const byRow = (f: (row: ArrayLike<number>) => number): Output => (x) => Float64Array.from({ length: x.rows }, (_, row) => f(x.data.subarray(row * x.columns, (row + 1) * x.columns)));

export const matrixOf = (rows: unknown): Matrix => {
  const list = rows as number[][];
  return { rows: list.length, columns: list[0]!.length, data: Float64Array.from(list.flat()) };
};
