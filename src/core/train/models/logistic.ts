import type { Matrix } from '../../table/table.js';
import { sigmoid } from '../exact-math.js';
import { standardRows, type ColumnScaling, type StandardRows } from '../kernels/standard-rows.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { minimise, type Objective } from '../solve/lbfgs.js';
import { logisticPreconditioner } from '../solve/precondition.js';
import { softmaxInPlace } from '../solve/softmax.js';

/** One row of coefficients for binary, one for each class for multiclass. */
export interface LogisticState {
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Logistic regression by L-BFGS: minimises ½||w||² + c·Σ log-loss, the intercepts unpenalised, as scikit-learn's
 * `LogisticRegression(C=c)`; softmax over all classes for multiclass.
 */
export const logistic: ModelDefinition<LogisticState> = {
  kind: 'logistic',
  tasks: ['binary', 'multiclass'],
  hyperparameters: [
    { name: 'c', type: 'number', default: 1, min: 1e-9, max: 1e9 },
    { name: 'iterations', type: 'integer', default: 200, min: 1, max: 10000 },
  ],
  trainer: 'core',
  fit: fitLogistic,
  predict: predictLogistic,
};

/*
 * The search runs on standardised columns, so that a column in thousands beside one in hundredths does not slow it; the
 * penalty is on the coefficients of the columns as given, so the optimum is the same.
 */
function* fitLogistic(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, LogisticState> {
  const iterations = settings['iterations'] as number;
  const x = standardRows(data.x);
  const { scaling } = x;
  const outputs = data.task === 'binary' ? 1 : data.classes;
  const strength = 1 / ((settings['c'] as number) * data.x.rows);
  const objective = data.task === 'binary' ? binaryObjective(x, data.y, strength) : softmaxObjective(x, data.y, outputs, strength);
  const penalties = scaling.deviations.map((deviation) => strength / deviation ** 2);
  const precondition = logisticPreconditioner(x, penalties, outputs);
  const search = minimise(objective, new Float64Array(outputs * (x.columns + 1)), { iterations, tolerance: 1e-7, precondition });
  let step = search.next();
  while (!step.done) {
    yield { done: step.value.iteration, total: iterations, loss: step.value.value };
    step = search.next();
  }
  return stateOf(step.value.point, outputs, scaling, step.value);
}

/** Mean loss plus strength/2·||w||²; parameters are the coefficients and then the intercept. */
function binaryObjective(x: StandardRows, y: Float64Array, strength: number): Objective {
  const sumLosses = x.binaryLoss(y);
  return (point, gradient) => {
    const loss = sumLosses(point, gradient);
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= x.rows;
    return loss / x.rows + penalise(point, gradient, 1, x.scaling, strength);
  };
}

function softmaxObjective(x: StandardRows, y: Float64Array, classes: number, strength: number): Objective {
  const d = x.columns;
  const z = new Float64Array(classes);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let r = 0, at = 0; r < x.rows; r++, at += d) {
      for (let k = 0, base = 0; k < classes; k++, base += d + 1) {
        let sum = point[base + d]!;
        for (let j = 0; j < d; j++) sum += point[base + j]! * x.data[at + j]!;
        z[k] = sum;
      }
      const own = z[y[r]!]!;
      loss += softmaxInPlace(z, 0, classes) - own;
      for (let k = 0, base = 0; k < classes; k++, base += d + 1) {
        const error = z[k]! - (y[r] === k ? 1 : 0);
        for (let j = 0; j < d; j++) gradient[base + j]! += error * x.data[at + j]!;
        gradient[base + d]! += error;
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= x.rows;
    return loss / x.rows + penalise(point, gradient, classes, x.scaling, strength);
  };
}

function penalise(point: Float64Array, gradient: Float64Array, outputs: number, { deviations }: ColumnScaling, strength: number): number {
  let sum = 0;
  for (let k = 0, at = 0; k < outputs; k++, at++) {
    for (let j = 0; j < deviations.length; j++, at++) {
      const slope = point[at]! / deviations[j]! ** 2;
      sum += point[at]! * slope;
      gradient[at]! += strength * slope;
    }
  }
  return 0.5 * strength * sum;
}

function stateOf(point: Float64Array, outputs: number, { means, deviations }: ColumnScaling, end: { iterations: number; converged: boolean }): LogisticState {
  const d = means.length;
  const coefficients: number[][] = [];
  const intercepts: number[] = [];
  for (let k = 0; k < outputs; k++) {
    const row = Array.from({ length: d }, (_, j) => point[k * (d + 1) + j]! / deviations[j]!);
    coefficients.push(row);
    intercepts.push(row.reduce((sum, w, j) => sum - w * means[j]!, point[k * (d + 1) + d]!));
  }
  return { coefficients, intercepts, iterations: end.iterations, converged: end.converged };
}

function predictLogistic(state: LogisticState, x: Matrix): Float64Array {
  const outputs = state.intercepts.length;
  const weights = Float64Array.from(state.coefficients.flat());
  const out = new Float64Array(x.rows * outputs);
  for (let r = 0; r < x.rows; r++) {
    for (let k = 0; k < outputs; k++) {
      let sum = state.intercepts[k]!;
      for (let j = 0; j < x.columns; j++) sum += x.data[r * x.columns + j]! * weights[k * x.columns + j]!;
      out[r * outputs + k] = outputs === 1 ? sigmoid(sum) : sum;
    }
    if (outputs > 1) softmaxInPlace(out, r * outputs, outputs);
  }
  return out;
}
