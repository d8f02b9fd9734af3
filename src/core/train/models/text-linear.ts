import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { minimise, type Objective } from '../solve/lbfgs.js';
import { softmaxInPlace } from '../solve/softmax.js';
import { sparseRows, type SparseRows } from '../solve/sparse-rows.js';
import { expectSomeTerms } from '../text-inputs.js';

/** A row of weights for each class, and an intercept. */
export interface TextLinearState {
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Softmax regression over weights of terms, by L-BFGS on what is not 0: minimises ½||w||² + c·Σ log-loss, the intercepts unpenalised, as
 * scikit-learn's multinomial `LogisticRegression(C=c)`; two classes have a row of weights each.
 */
export const textLinear: ModelDefinition<TextLinearState> = {
  kind: 'text-linear',
  tasks: ['binary', 'multiclass'],
  hyperparameters: [
    { name: 'c', type: 'number', default: 10, min: 1e-9, max: 1e9 },
    { name: 'iterations', type: 'integer', default: 200, min: 1, max: 10000 },
  ],
  trainer: 'core',
  inputs: 'text',
  check: expectSomeTerms,
  fit: fitTextLinear,
  predict: predictTextLinear,
};

function* fitTextLinear(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, TextLinearState> {
  const total = settings['iterations'] as number;
  const width = data.x.columns + 1;
  const strength = 1 / ((settings['c'] as number) * data.x.rows);
  const search = minimise(softmaxLoss(sparseRows(data.x), data.y, data.classes, width, strength), new Float64Array(data.classes * width), { iterations: total, tolerance: 1e-6 });
  for (;;) {
    const { done, value } = search.next();
    if (!done) {
      yield { done: value.iteration, total, loss: value.value };
      continue;
    }
    const rows = Array.from({ length: data.classes }, (_, k) => Array.from(value.point.subarray(k * width, (k + 1) * width)));
    return { coefficients: rows.map((row) => row.slice(0, -1)), intercepts: rows.map((row) => row.at(-1)!), iterations: value.iterations, converged: value.converged };
  }
}

/** Mean loss plus strength/2·||w||²; of each class the point holds the weights and then the intercept. */
function softmaxLoss(x: SparseRows, y: Float64Array, classes: number, width: number, strength: number): Objective {
  const z = new Float64Array(classes);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < x.rows; row++) {
      score(x, row, point, width, z);
      const own = z[y[row]!]!;
      loss += softmaxInPlace(z, 0, classes) - own;
      z[y[row]!]! -= 1;
      for (let at = x.starts[row]!; at < x.starts[row + 1]!; at++) for (let k = 0, to = x.columns[at]!; k < classes; k++, to += width) gradient[to]! += z[k]! * x.values[at]!;
      for (let k = 0; k < classes; k++) gradient[(k + 1) * width - 1]! += z[k]!;
    }
    let squares = 0;
    for (let at = 0; at < point.length; at++) {
      gradient[at]! /= x.rows;
      if ((at + 1) % width === 0) continue;
      squares += point[at]! ** 2;
      gradient[at]! += strength * point[at]!;
    }
    return loss / x.rows + 0.5 * strength * squares;
  };
}

function score(x: SparseRows, row: number, point: Float64Array, width: number, z: Float64Array): void {
  for (let k = 0, base = 0; k < z.length; k++, base += width) {
    let sum = point[base + width - 1]!;
    for (let at = x.starts[row]!; at < x.starts[row + 1]!; at++) sum += point[base + x.columns[at]!]! * x.values[at]!;
    z[k] = sum;
  }
}

function predictTextLinear({ coefficients, intercepts }: TextLinearState, x: Matrix, task: Task): Float64Array {
  const classes = intercepts.length;
  const point = Float64Array.from(coefficients.flatMap((row, k) => [...row, intercepts[k]!]));
  const rows = sparseRows(x);
  const out = new Float64Array(x.rows * classes);
  for (let row = 0; row < x.rows; row++) {
    score(rows, row, point, x.columns + 1, out.subarray(row * classes, (row + 1) * classes));
    softmaxInPlace(out, row * classes, classes);
  }
  return task === 'binary' ? Float64Array.from({ length: x.rows }, (_, row) => out[2 * row + 1]!) : out;
}
