import { LabError } from '../../lab-error.js';
import type { ModelDefinition, TrainingData, TrainingProgress } from '../model.js';

/** The mean of the target, or the share of each class. */
export interface DummyState {
  readonly values: readonly number[];
}

/** The baseline that looks at no feature: the mean, or the classes' shares as probabilities. */
export const dummy: ModelDefinition<DummyState> = {
  kind: 'dummy',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [],
  trainer: 'core',
  missingAllowed: true,
  fit: fitDummy,
  predict: (state, x, task) => {
    const row = task === 'binary' ? [state.values[1] ?? 0] : state.values;
    const out = new Float64Array(x.rows * row.length);
    for (let i = 0; i < out.length; i++) out[i] = row[i % row.length]!;
    return out;
  },
};

function* fitDummy(data: TrainingData): Generator<TrainingProgress, DummyState> {
  if (data.y.length === 0) throw new LabError('no-rows');
  const values = data.task === 'regression' ? [mean(data.y)] : shares(data.y, data.classes);
  yield { done: 1, total: 1, loss: dummyLoss(data, values) };
  return { values };
}

function mean(y: Float64Array): number {
  let sum = 0;
  for (const value of y) sum += value;
  return sum / y.length;
}

function shares(y: Float64Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const code of y) counts[code]! += 1;
  return counts.map((count) => count / y.length);
}

/** Mean squared error, or the entropy of the classes. */
function dummyLoss(data: TrainingData, values: readonly number[]): number {
  if (data.task === 'regression') return data.y.reduce((sum, y) => sum + (y - values[0]!) ** 2, 0) / data.y.length;
  return values.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}
