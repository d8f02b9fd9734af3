import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { buildPointTree, Nearest, type PointTree } from '../solve/nearest.js';
import { safeScale } from '../solve/scale.js';

/** The rows themselves, row by row, and their targets. */
export interface NearestState {
  readonly rows: readonly number[];
  readonly columns: number;
  readonly targets: readonly number[];
  readonly neighbours: number;
  readonly weights: 'uniform' | 'distance';
}

/**
 * Answers with the mean, or the shares of the classes, of the nearest rows by Euclidean distance, as scikit-learn's
 * `KNeighbors*`; of equally near rows the earlier counts. With fewer rows than `neighbours` all count.
 */
export const kNearest: ModelDefinition<NearestState> = {
  kind: 'k-nearest',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'neighbours', type: 'integer', default: 5, min: 1, max: 10000 },
    { name: 'weights', type: 'choice', default: 'uniform', choices: ['uniform', 'distance'] },
  ],
  trainer: 'core',
  fit: fitNearest,
  predict: predictNearest,
};

/** The loss is judged on as many rows, evenly spread. */
const JUDGED = 200;

function* fitNearest({ x, y, task, classes }: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, NearestState> {
  const state: NearestState = {
    rows: Array.from(x.data),
    columns: x.columns,
    targets: Array.from(y),
    neighbours: settings['neighbours'] as number,
    weights: settings['weights'] as 'uniform' | 'distance',
  };
  yield { done: 1, total: 1, loss: leaveOneOutLoss(state, { x, y, task, classes }) };
  return state;
}

interface Prepared {
  readonly tree: PointTree;
  readonly scale: number;
}

const prepared = new WeakMap<NearestState, Prepared>();

function prepare(state: NearestState): Prepared {
  const known = prepared.get(state);
  if (known) return known;
  const data = Float64Array.from(state.rows);
  const scale = safeScale(data);
  if (scale !== 1) for (let i = 0; i < data.length; i++) data[i]! *= scale;
  const made = { tree: buildPointTree({ rows: state.targets.length, columns: state.columns, data }), scale };
  prepared.set(state, made);
  return made;
}

/** Rows and distances of the nearest rows of the training data to each row of `x`, the nearest first. */
export function findNeighbours(state: NearestState, x: Matrix): { rows: Int32Array[]; distances: Float64Array[] } {
  const { tree, scale } = prepare(state);
  const nearest = new Nearest(Math.min(state.neighbours, state.targets.length));
  const rows: Int32Array[] = [];
  const distances: Float64Array[] = [];
  for (let r = 0; r < x.rows; r++) {
    nearest.search(tree, x.data.subarray(r * x.columns, (r + 1) * x.columns).map((value) => value * scale), 0);
    rows.push(nearest.rows.slice());
    distances.push(nearest.squares.map((square) => Math.sqrt(square) / scale));
  }
  return { rows, distances };
}

function predictNearest(state: NearestState, x: Matrix, task: Task, classes: number): Float64Array {
  const { tree, scale } = prepare(state);
  const width = task === 'multiclass' ? classes : 1;
  const nearest = new Nearest(Math.min(state.neighbours, state.targets.length));
  const out = new Float64Array(x.rows * width);
  const data = scale === 1 ? x.data : x.data.map((value) => value * scale);
  for (let r = 0; r < x.rows; r++) {
    const missing = hasMissing(data, r * x.columns, x.columns);
    if (missing) out.fill(NaN, r * width, (r + 1) * width);
    else {
      nearest.search(tree, data, r * x.columns);
      answer(state, nearest, width, out, r * width);
    }
  }
  return out;
}

function hasMissing(data: Float64Array, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (data[at] !== data[at]) return true;
  return false;
}

/** Writes the weighted mean of the targets, or each class's share, to `out[at …]`. */
function answer({ targets, weights }: NearestState, { rows, squares }: Nearest, width: number, out: Float64Array, at: number): void {
  // Rows at no distance outweigh all others without end.
  const touching = squares[0] === 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights === 'uniform' ? 1 : touching ? (squares[i] === 0 ? 1 : 0) : 1 / Math.sqrt(squares[i]!);
    total += weight;
    if (width === 1) out[at]! += weight * targets[rows[i]!]!;
    else out[at + targets[rows[i]!]!]! += weight;
  }
  for (let k = 0; k < width; k++) out[at + k]! /= total;
}

/** Squared error of rows answered by all the others. */
function leaveOneOutLoss(state: NearestState, { x, y, task, classes }: Pick<TrainingData, 'x' | 'y' | 'task' | 'classes'>): number {
  if (x.rows < 2) return 0;
  const { tree, scale } = prepare(state);
  const width = task === 'multiclass' ? classes : 1;
  const nearest = new Nearest(Math.min(state.neighbours, x.rows - 1));
  const query = scale === 1 ? x.data : x.data.map((value) => value * scale);
  const step = Math.max(1, Math.floor(x.rows / JUDGED));
  let sum = 0;
  let judged = 0;
  for (let r = 0; r < x.rows; r += step, judged++) {
    const out = new Float64Array(width);
    nearest.search(tree, query, r * x.columns, r);
    answer(state, nearest, width, out, 0);
    if (width === 1) sum += Math.min((out[0]! - y[r]!) ** 2, Number.MAX_VALUE / x.rows);
    else out.forEach((share, k) => (sum += (share - (y[r] === k ? 1 : 0)) ** 2));
  }
  return sum / judged;
}
