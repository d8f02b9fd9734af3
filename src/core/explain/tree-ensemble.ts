import type { FittedModel } from '../train/model.js';
import type { BoostedState } from '../train/trees/boosted-state.js';
import { flattenTrees, type TreeState } from '../train/trees/tree-state.js';

/** One tree; node 0 is its root. */
export interface TreeView {
  /** Column that is looked at, -1 at a leaf. */
  readonly column: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf gives. */
  readonly value: Float64Array;
  readonly goesLeft: (node: number, value: number) => boolean;
}

/** f(x) = baseline + scale · Σ leaves. */
export interface TreeEnsemble {
  readonly trees: readonly TreeView[];
  readonly baseline: number;
  readonly scale: number;
  /** Whether f is the prediction itself or its log-odds (logits for several classes). */
  readonly output: 'prediction' | 'log-odds';
}

/** The trees of a model for one of its outputs (class `output` of several); undefined for a model that is no trees. */
export function treesOf(model: FittedModel, output = 0): TreeEnsemble | undefined {
  if (model.kind === 'decision-tree' || model.kind === 'random-forest') return averagedTrees(model.state as TreeState, output);
  if (model.kind !== 'gradient-boosting') return undefined;
  return boostedTrees(model.state as BoostedState, output, model.task === 'regression' ? 'prediction' : 'log-odds');
}

function averagedTrees(state: TreeState, output: number): TreeEnsemble {
  const { roots, column, cut, right, values } = flattenTrees(state);
  const place = state.width === 1 ? 0 : output;
  const trees = Array.from(roots, (root, t): TreeView => {
    const end = roots[t + 1] ?? column.length;
    const own = column.slice(root, end);
    const cuts = cut.slice(root, end);
    return {
      column: own,
      left: own.map((c, i) => (c < 0 ? -1 : i + 1)),
      right: own.map((c, i) => (c < 0 ? -1 : right[root + i]! - root)),
      value: Float64Array.from(own, (c, i) => (c < 0 ? values[right[root + i]! + place]! : 0)),
      goesLeft: (node, value) => value <= cuts[node]!,
    };
  });
  return { trees, baseline: 0, scale: 1 / Math.max(1, trees.length), output: 'prediction' };
}

function boostedTrees(state: BoostedState, output: number, scale: TreeEnsemble['output']): TreeEnsemble {
  const outputs = state.baseline.length;
  const place = outputs === 1 ? 0 : output;
  const trees = readBoosted(state).filter((_, t) => t % outputs === place);
  const { offset, divisor } = state.target;
  return { trees, baseline: offset + divisor * state.baseline[place]!, scale: divisor, output: scale };
}

interface Reading {
  node: number;
  inner: number;
  leaf: number;
}

function readBoosted(state: BoostedState): TreeView[] {
  const at: Reading = { node: 0, inner: 0, leaf: 0 };
  const trees: TreeView[] = [];
  while (at.node < state.columns.length) trees.push(readTree(state, at));
  return trees;
}

interface Growing {
  readonly column: number[];
  readonly left: number[];
  readonly right: number[];
  readonly value: number[];
  readonly sides: ((value: number) => boolean)[];
}

function readTree(state: BoostedState, at: Reading): TreeView {
  const tree: Growing = { column: [], left: [], right: [], value: [], sides: [] };
  readNode(state, at, tree);
  const { sides } = tree;
  return {
    column: Int32Array.from(tree.column),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    value: Float64Array.from(tree.value),
    goesLeft: (node, value) => sides[node]!(value),
  };
}

function readNode(state: BoostedState, at: Reading, tree: Growing): number {
  const node = tree.column.length;
  const column = state.columns[at.node++]!;
  tree.column.push(column);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push(column < 0 ? state.values[at.leaf++]! : 0);
  tree.sides.push(column < 0 ? () => false : sideOf(state, column, at.inner++));
  if (column < 0) return node;
  tree.left[node] = readNode(state, at, tree);
  tree.right[node] = readNode(state, at, tree);
  return node;
}

function sideOf(state: BoostedState, column: number, inner: number): (value: number) => boolean {
  const missingLeft = state.missing[inner] === 'L';
  const cut = state.cuts[inner]!;
  const codes = state.categories[String(column)];
  if (!codes) return (value) => (value === value ? value <= cut : missingLeft);
  const [known, left] = [new Set(codes), new Set(state.sets[cut])];
  return (value) => (known.has(value) ? left.has(value) : missingLeft);
}
