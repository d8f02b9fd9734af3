import type { Matrix } from '../../table/table.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { solveCholesky } from '../solve/cholesky.js';
import { columnMeans, meanSquaredError, predictLinear } from '../solve/linear-form.js';
import { solveLeastSquares } from '../solve/least-squares.js';

/** prediction = intercept + coefficients · x. */
export interface LinearState {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/**
 * Ridge regression in closed form: minimises ||y - Xw - b||² + l2·||w||², the intercept b unpenalised, as scikit-learn's
 * `Ridge(alpha=l2)`. With `l2` 0 it is least squares, and of all solutions the shortest, as `LinearRegression`.
 */
export const linear: ModelDefinition<LinearState> = {
  kind: 'linear',
  tasks: ['regression'],
  hyperparameters: [{ name: 'l2', type: 'number', default: 1, min: 0, max: 1e9 }],
  trainer: 'core',
  fit: fitLinear,
  predict: (state, x) => predictLinear(x, Float64Array.from(state.coefficients), state.intercept),
};

function* fitLinear(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, LinearState> {
  const l2 = settings['l2'] as number;
  const means = columnMeans(data.x);
  const centre = data.y.reduce((sum, value) => sum + value, 0) / data.y.length;
  const x = centred(data.x, means);
  const y = data.y.map((value) => value - centre);
  const w = solve(x, y, data.x.rows, data.x.columns, l2);
  const intercept = centre - w.reduce((sum, value, j) => sum + value * means[j]!, 0);
  const state = { coefficients: Array.from(w), intercept };
  yield { done: 1, total: 1, ...losses(data, state) };
  return state;
}

function centred(x: Matrix, means: Float64Array): Float64Array {
  const data = Float64Array.from(x.data);
  for (let i = 0, at = 0; i < x.rows; i++) for (let j = 0; j < x.columns; j++, at++) data[at]! -= means[j]!;
  return data;
}

function solve(x: Float64Array, y: Float64Array, n: number, d: number, l2: number): Float64Array {
  if (d === 0) return new Float64Array(0);
  if (l2 === 0) return solveLeastSquares(x, y, n, d);
  const w = n >= d ? solvePrimal(x, y, n, d, l2) : solveDual(x, y, n, d, l2);
  return w ?? solveAugmented(x, y, n, d, l2);
}

/** (XᵀX + l2·I) w = Xᵀy. */
function solvePrimal(x: Float64Array, y: Float64Array, n: number, d: number, l2: number): Float64Array | undefined {
  const gram = new Float64Array(d * d);
  const moment = new Float64Array(d);
  for (let r = 0, at = 0; r < n; r++, at += d) {
    for (let i = 0; i < d; i++) {
      const value = x[at + i]!;
      if (value === 0) continue;
      moment[i]! += value * y[r]!;
      for (let j = 0; j <= i; j++) gram[i * d + j]! += value * x[at + j]!;
    }
  }
  for (let i = 0; i < d; i++) gram[i * d + i]! += l2;
  return solveCholesky(gram, moment);
}

/** More columns than rows: w = Xᵀ (XXᵀ + l2·I)⁻¹ y. */
function solveDual(x: Float64Array, y: Float64Array, n: number, d: number, l2: number): Float64Array | undefined {
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? l2 : 0;
      for (let c = 0; c < d; c++) sum += x[i * d + c]! * x[j * d + c]!;
      kernel[i * n + j] = sum;
    }
  }
  const alpha = solveCholesky(kernel, y);
  if (!alpha) return undefined;
  const w = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) w[c]! += alpha[i]! * x[i * d + c]!;
  return w;
}

/** For an `l2` too small to keep Cholesky safe: least squares with the rows √l2·I below X. */
function solveAugmented(x: Float64Array, y: Float64Array, n: number, d: number, l2: number): Float64Array {
  const a = new Float64Array((n + d) * d);
  a.set(x);
  for (let j = 0; j < d; j++) a[(n + j) * d + j] = Math.sqrt(l2);
  const b = new Float64Array(n + d);
  b.set(y);
  return solveLeastSquares(a, b, n + d, d);
}

function losses(data: TrainingData, state: LinearState): { loss: number; validationLoss?: number } {
  const loss = meanSquaredError(data.x, data.y, state);
  return data.validation ? { loss, validationLoss: meanSquaredError(data.validation.x, data.validation.y, state) } : { loss };
}
