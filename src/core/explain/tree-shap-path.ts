import type { ShapleyValues } from './shapley-exact.js';
import { evaluateTrees } from './tree-covers.js';
import type { TreeEnsemble, TreeView } from './tree-ensemble.js';

/** Features met on the way to a node: the share of rows (zero) and of the explained row (one) that goes on, and the weights of subsets by size. */
class Path {
  constructor(
    readonly feature: Int32Array,
    readonly zero: Float64Array,
    readonly one: Float64Array,
    readonly weight: Float64Array,
    public length: number,
  ) {}

  static ofDepth(depth: number): Path {
    return new Path(new Int32Array(depth), new Float64Array(depth), new Float64Array(depth), new Float64Array(depth), 0);
  }

  copy(): Path {
    return new Path(this.feature.slice(), this.zero.slice(), this.one.slice(), this.weight.slice(), this.length);
  }

  extend(feature: number, zero: number, one: number): void {
    const depth = this.length++;
    const { weight } = this;
    this.feature[depth] = feature;
    this.zero[depth] = zero;
    this.one[depth] = one;
    weight[depth] = depth === 0 ? 1 : 0;
    for (let i = depth - 1; i >= 0; i--) {
      weight[i + 1]! += (one * weight[i]! * (i + 1)) / (depth + 1);
      weight[i] = (zero * weight[i]! * (depth - i)) / (depth + 1);
    }
  }

  /** Takes the feature at a place out again. */
  unwind(place: number): void {
    const depth = --this.length;
    const [one, zero] = [this.one[place]!, this.zero[place]!];
    let next = this.weight[depth]!;
    for (let i = depth - 1; i >= 0; i--) {
      const kept = this.weight[i]!;
      this.weight[i] = one === 0 ? (kept * (depth + 1)) / (zero * (depth - i)) : (next * (depth + 1)) / ((i + 1) * one);
      if (one !== 0) next = kept - (this.weight[i]! * zero * (depth - i)) / (depth + 1);
    }
    for (const list of [this.feature, this.zero, this.one]) list.copyWithin(place, place + 1, depth + 1);
  }

  /** Sum of the weights that would be left after taking the feature at a place out. */
  unwoundSum(place: number): number {
    const depth = this.length - 1;
    const [one, zero] = [this.one[place]!, this.zero[place]!];
    let next = this.weight[depth]!;
    let total = 0;
    for (let i = depth - 1; i >= 0; i--) {
      const own = one === 0 ? (this.weight[i]! * (depth + 1)) / (zero * (depth - i)) : (next * (depth + 1)) / ((i + 1) * one);
      if (one !== 0) next = this.weight[i]! - (own * zero * (depth - i)) / (depth + 1);
      total += own;
    }
    return total;
  }
}

/**
 * TreeSHAP, path-dependent (Lundberg et al. 2020, algorithm 2): the worth of a coalition follows the row at nodes of its features and splits
 * by `covers` at others, so that no background rows are mixed. `covers` are rows by node of each tree, `featureOf` the feature of each column.
 */
export function pathTreeShap(ensemble: TreeEnsemble, covers: readonly Float64Array[], row: ArrayLike<number>, featureOf: Int32Array, features: number): ShapleyValues {
  const contributions = new Float64Array(features);
  let base = ensemble.baseline;
  ensemble.trees.forEach((tree, t) => {
    const own = new Float64Array(features);
    walk(tree, covers[t]!, row, featureOf, own, 0, Path.ofDepth(depthOf(tree) + 2), -1, 1, 1);
    own.forEach((value, j) => (contributions[j]! += ensemble.scale * value));
    base += ensemble.scale * expectation(tree, covers[t]!);
  });
  return { base, contributions, prediction: evaluateTrees(ensemble, row) };
}

function walk(tree: TreeView, cover: Float64Array, row: ArrayLike<number>, featureOf: Int32Array, out: Float64Array, node: number, parent: Path, feature: number, zero: number, one: number): void {
  // No coalition reaches it, and its weights could not be taken apart again.
  if (zero === 0 && one === 0) return;
  const path = parent.copy();
  path.extend(feature, zero, one);
  const column = tree.column[node]!;
  if (column < 0) return settle(path, tree.value[node]!, out);
  const own = featureOf[column]!;
  const place = path.feature.subarray(0, path.length).indexOf(own, 1);
  const [knownZero, knownOne] = place > 0 ? [path.zero[place]!, path.one[place]!] : [1, 1];
  if (place > 0) path.unwind(place);
  const hotLeft = tree.goesLeft(node, row[column]!);
  for (const [child, hot] of [[tree.left[node]!, hotLeft], [tree.right[node]!, !hotLeft]] as const) {
    const share = cover[node]! > 0 ? cover[child]! / cover[node]! : 0;
    walk(tree, cover, row, featureOf, out, child, path, own, share * knownZero, hot ? knownOne : 0);
  }
}

function settle(path: Path, value: number, out: Float64Array): void {
  for (let i = 1; i < path.length; i++) out[path.feature[i]!]! += path.unwoundSum(i) * (path.one[i]! - path.zero[i]!) * value;
}

function depthOf({ left, right }: TreeView, node = 0): number {
  return left[node]! < 0 ? 0 : 1 + Math.max(depthOf({ left, right } as TreeView, left[node]), depthOf({ left, right } as TreeView, right[node]));
}

function expectation({ column, value }: TreeView, cover: Float64Array): number {
  let sum = 0;
  for (let node = 0; node < column.length; node++) if (column[node]! < 0) sum += value[node]! * cover[node]!;
  return sum / cover[0]!;
}
