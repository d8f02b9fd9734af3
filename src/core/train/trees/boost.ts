import type { Matrix } from '../../table/table.js';
import type { TrainingProgress } from '../model.js';
import { binLike, binMatrix, type BinnedMatrix } from './bins.js';
import type { BoostingLoss } from './boosting-loss.js';
import { BoostedWriter, type BoostedState } from './boosted-state.js';
import { TreeGrower, type GrownNode, type GrowthRules } from './grow-boosted-tree.js';

/** Rows that trees are not grown on; their loss ends the boosting when it has not fallen for `patience` iterations, 0 for never. */
export interface HeldRows {
  readonly x: Matrix;
  readonly loss: BoostingLoss;
  readonly patience: number;
}

export interface BoostingRules extends GrowthRules {
  readonly iterations: number;
  readonly bins: number;
}

/** An improvement below this is none, as in scikit-learn. */
const TOLERANCE = 1e-7;

/** Adds a tree for each output in each iteration; with patience it keeps those up to the least loss on the held rows. */
export function* boost(
  x: Matrix,
  categorical: readonly number[],
  loss: BoostingLoss,
  held: HeldRows | undefined,
  rules: BoostingRules,
  target: BoostedState['target'],
): Generator<TrainingProgress, BoostedState> {
  const binned = binMatrix(x, categorical, rules.bins);
  const grower = new TreeGrower(binned, rules);
  const writer = new BoostedWriter(binned);
  const raw = rawScores(loss, x.rows);
  const heldBins = held && binLike(held.x, binned);
  const heldRaw = held && rawScores(loss, held.x.rows);
  const losses: number[] = [];
  let value = loss.update(raw);
  for (let iteration = 1; iteration <= rules.iterations; iteration++) {
    for (let k = 0; k < loss.outputs; k++) {
      const growing = grower.grow(loss.gradients[k]!, loss.hessians?.[k]);
      let step = growing.next();
      while (!step.done) {
        yield { done: iteration - 1, total: rules.iterations, loss: value };
        step = growing.next();
      }
      addLeaves(step.value, grower.rows, raw[k]!);
      if (heldBins && heldRaw) addByWalking(step.value, heldBins, heldRaw[k]!);
      writer.add(step.value);
    }
    value = loss.update(raw);
    if (held && heldRaw) losses.push(held.loss.update(heldRaw));
    yield { done: iteration, total: rules.iterations, loss: value, ...(held ? { validationLoss: losses.at(-1)! } : {}) };
    if (held && hasStalled(losses, held.patience)) break;
  }
  const kept = held && held.patience > 0 ? losses.indexOf(Math.min(...losses)) + 1 : undefined;
  return writer.state(loss.baseline, target, kept === undefined ? undefined : kept * loss.outputs);
}

function rawScores(loss: BoostingLoss, rows: number): Float64Array[] {
  return loss.baseline.map((score) => new Float64Array(rows).fill(score));
}

/** Each leaf's rows lie side by side in the grower's order, so no row walks down the tree. */
function addLeaves(node: GrownNode, rows: Int32Array, raw: Float64Array): void {
  if (node.left && node.right) {
    addLeaves(node.left, rows, raw);
    addLeaves(node.right, rows, raw);
    return;
  }
  for (let i = node.start; i < node.end; i++) raw[rows[i]!]! += node.value;
}

function addByWalking(root: GrownNode, x: BinnedMatrix, raw: Float64Array): void {
  for (let r = 0; r < x.rows; r++) {
    let node = root;
    while (node.left && node.right) {
      const { column, bin: last, set, missingLeft } = node.split!;
      const bin = x.bins[column * x.rows + r]!;
      const left = bin === x.columns[column]!.count ? missingLeft : set ? set[bin] === 1 : bin <= last;
      node = left ? node.left : node.right;
    }
    raw[r]! += node.value;
  }
}

function hasStalled(losses: readonly number[], patience: number): boolean {
  if (patience <= 0 || losses.length <= patience) return false;
  const before = losses[losses.length - patience - 1]!;
  return losses.slice(-patience).every((loss) => !(loss < before - TOLERANCE));
}
