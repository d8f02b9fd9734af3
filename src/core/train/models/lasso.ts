import type { Matrix } from '../../table/table.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { descendByCoordinates } from '../solve/coordinate-descent.js';
import { columnMeans, meanSquaredError, predictLinear } from '../solve/linear-form.js';
import type { LinearState } from './linear.js';

/**
 * Linear regression that sets weights to exactly 0: minimises ||y - Xw - b||²/(2n) + l1·||w||₁ by coordinate descent, as
 * scikit-learn's `Lasso(alpha=l1)`, but until the duality gap is below 1e-10 of ||y||².
 */
export const lasso: ModelDefinition<LinearState> = {
  kind: 'lasso',
  tasks: ['regression'],
  hyperparameters: [
    { name: 'l1', type: 'number', default: 1, min: 1e-9, max: 1e9 },
    { name: 'iterations', type: 'integer', default: 1000, min: 1, max: 100000 },
  ],
  trainer: 'core',
  fit: fitLasso,
  predict: (state, x) => predictLinear(x, Float64Array.from(state.coefficients), state.intercept),
};

function* fitLasso(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, LinearState> {
  const { x, y } = data;
  const total = settings['iterations'] as number;
  const means = columnMeans(x);
  const centre = y.reduce((sum, value) => sum + value / y.length, 0);
  const descent = descendByCoordinates(centredColumns(x, means), y.map((value) => value - centre), x.columns, settings['l1'] as number, total);
  for (;;) {
    const { done, value } = descent.next();
    if (!done) {
      yield { done: value.iteration, total, loss: value.error };
      continue;
    }
    const coefficients = Array.from(value);
    const state = { coefficients, intercept: centre - coefficients.reduce((sum, w, j) => sum + w * means[j]!, 0) };
    yield { done: total, total, loss: meanSquaredError(x, y, state) };
    return state;
  }
}

/** The columns one after another, each with mean 0. */
function centredColumns(x: Matrix, means: Float64Array): Float64Array {
  const out = new Float64Array(x.rows * x.columns);
  for (let r = 0, at = 0; r < x.rows; r++) for (let c = 0; c < x.columns; c++, at++) out[c * x.rows + r] = x.data[at]! - means[c]!;
  return out;
}
