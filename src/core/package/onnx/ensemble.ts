import type { ColumnScale } from '../plan/graph-inputs.js';
import { cutForFloats } from './cuts.js';
import type { Attributes, GraphBuilder } from './graph-builder.js';

/** How far the writing of trees is. */
export interface TreeProgress {
  readonly done: number;
  readonly total: number;
}

/** What an inner node asks: is the feature at most the cut? A missing value goes left or right. */
export interface Split {
  readonly feature: number;
  readonly cut: number;
  readonly missingLeft: boolean;
}

/** Trees in preorder, as models store them, and what ONNX has to know of them. */
export interface TreeLists {
  /** Column of each node, -1 for a leaf. */
  readonly columns: readonly number[];
  /** The split of the `inner`th inner node. */
  splitOf(inner: number, column: number): Split;
  /** What the `leaf`th leaf of a tree adds to which outputs. */
  leafOf(leaf: number, tree: number): readonly (readonly [target: number, value: number])[];
  readonly base: readonly number[];
  readonly aggregate: 'SUM' | 'AVERAGE';
}

/** Nodes between two looks at whether to go on. */
const PIECE = 20_000;

/** Adds the trees as one node `TreeEnsembleRegressor` on `x` (8 bytes) and gives its sums or means, rows × outputs. */
export function* ensembleNodes(graph: GraphBuilder, x: string, trees: TreeLists): Generator<TreeProgress, string> {
  const arrays = new TreeArrays(trees);
  const total = trees.columns.length;
  for (let done = 0; done < total; done++) {
    if (done % PIECE === 0) yield { done, total };
    arrays.add(done);
  }
  return graph.addMl('TreeEnsembleRegressor', [x], arrays.attributes());
}

/** The cut of a stored split, made fit for float inputs. */
export const floatCut = (cut: number, column: number, scales: readonly ColumnScale[]): number => cutForFloats(cut, scales[column]);

const doubles = (values: ArrayLike<number>) => ({ t: { type: 'double', dims: [values.length], values } }) as const;

/** The parallel arrays in which ONNX keeps trees. */
class TreeArrays {
  readonly #tree: Int32Array;
  readonly #id: Int32Array;
  readonly #feature: Int32Array;
  readonly #right: Int32Array;
  readonly #missing: Int32Array;
  readonly #cut: Float64Array;
  readonly #leaf = { trees: [] as number[], nodes: [] as number[], targets: [] as number[], weights: [] as number[] };
  /** Inner nodes whose right side is still to come. */
  readonly #waiting: number[] = [];
  #at = { tree: 0, start: 0, inner: 0, leaf: 0 };

  constructor(private readonly trees: TreeLists) {
    const n = trees.columns.length;
    [this.#tree, this.#id, this.#feature, this.#right, this.#missing] = [new Int32Array(n), new Int32Array(n), new Int32Array(n), new Int32Array(n), new Int32Array(n)];
    this.#cut = new Float64Array(n);
  }

  add(i: number): void {
    this.#tree[i] = this.#at.tree;
    this.#id[i] = i - this.#at.start;
    const column = this.trees.columns[i]!;
    if (column < 0) return this.#addLeaf(i);
    const { feature, cut, missingLeft } = this.trees.splitOf(this.#at.inner++, column);
    [this.#feature[i], this.#cut[i], this.#missing[i]] = [feature, cut, Number(missingLeft)];
    this.#waiting.push(i);
  }

  #addLeaf(i: number): void {
    const { trees, nodes, targets, weights } = this.#leaf;
    for (const [target, value] of this.trees.leafOf(this.#at.leaf++, this.#at.tree)) {
      trees.push(this.#at.tree);
      nodes.push(this.#id[i]!);
      targets.push(target);
      weights.push(value);
    }
    const parent = this.#waiting.pop();
    if (parent !== undefined) this.#right[parent] = i + 1 - this.#at.start;
    else this.#at = { ...this.#at, tree: this.#at.tree + 1, start: i + 1 };
  }

  attributes(): Attributes {
    const { columns, base, aggregate } = this.trees;
    return {
      n_targets: { i: base.length },
      aggregate_function: { s: aggregate },
      post_transform: { s: 'NONE' },
      base_values_as_tensor: doubles(base),
      nodes_treeids: { ints: this.#tree },
      nodes_nodeids: { ints: this.#id },
      nodes_featureids: { ints: this.#feature },
      nodes_modes: { strings: columns.map((column) => (column < 0 ? 'LEAF' : 'BRANCH_LEQ')) },
      nodes_values_as_tensor: doubles(this.#cut),
      nodes_truenodeids: { ints: this.#id.map((own, i) => (columns[i]! < 0 ? 0 : own + 1)) },
      nodes_falsenodeids: { ints: this.#right },
      ...(this.#missing.includes(1) ? { nodes_missing_value_tracks_true: { ints: this.#missing } } : {}),
      target_treeids: { ints: this.#leaf.trees },
      target_nodeids: { ints: this.#leaf.nodes },
      target_ids: { ints: this.#leaf.targets },
      target_weights_as_tensor: doubles(this.#leaf.weights),
    };
  }
}
