import type { Task } from '../../prepare/recipe.js';
import type { Matrix } from '../../table/table.js';
import { sigmoid } from '../exact-math.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { softmaxInPlace } from '../solve/softmax.js';
import { centreOf } from '../solve/scale.js';
import { boost, type BoostingRules, type HeldRows } from '../trees/boost.js';
import { binaryLoss, softmaxLoss, squaredLoss, type BoostingLoss } from '../trees/boosting-loss.js';
import { sumTrees, type BoostedState } from '../trees/boosted-state.js';
import { holdBack } from '../trees/hold-back.js';

/**
 * Gradient boosting over histograms with the method and the defaults of scikit-learn's `HistGradientBoosting*`: squared error,
 * log loss, or softmax. Missing values and categories are used as they are. `maxDepth` 0 is without limit.
 */
export const gradientBoosting: ModelDefinition<BoostedState> = {
  kind: 'gradient-boosting',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'iterations', type: 'integer', default: 100, min: 1, max: 10000 },
    { name: 'learningRate', type: 'number', default: 0.1, min: 1e-7, max: 1e6 },
    { name: 'maxLeaves', type: 'integer', default: 31, min: 2, max: 4096 },
    { name: 'maxDepth', type: 'integer', default: 0, min: 0, max: 1000 },
    { name: 'minRowsLeaf', type: 'integer', default: 20, min: 1, max: 1e6 },
    { name: 'l2', type: 'number', default: 0, min: 0, max: 1e9 },
    { name: 'bins', type: 'integer', default: 255, min: 2, max: 255 },
    { name: 'earlyStopping', type: 'choice', default: 'auto', choices: ['auto', 'on', 'off'] },
    { name: 'validationShare', type: 'number', default: 0.1, min: 0.01, max: 0.9 },
    { name: 'patience', type: 'integer', default: 10, min: 1, max: 10000 },
  ],
  trainer: 'core',
  missingAllowed: true,
  fit: fitBoosting,
  predict: predictBoosting,
};

/** Above as many rows `auto` stops early, as scikit-learn does. */
const AUTO_ROWS = 10_000;

function* fitBoosting(data: TrainingData, settings: HyperparameterValues, seed: number): Generator<TrainingProgress, BoostedState> {
  const target = data.task === 'regression' ? centreOf(data.y) : { offset: 0, divisor: 1 };
  const number = (name: string): number => settings[name] as number;
  const rules: BoostingRules = {
    iterations: number('iterations'),
    bins: number('bins'),
    maxLeaves: number('maxLeaves'),
    maxDepth: number('maxDepth'),
    minRows: number('minRowsLeaf'),
    l2: number('l2'),
    learningRate: number('learningRate'),
  };
  const stops = settings['earlyStopping'] === 'on' || (settings['earlyStopping'] === 'auto' && data.x.rows > AUTO_ROWS);
  const parts = data.validation ? { kept: data, held: data.validation } : stops ? holdBack(data, number('validationShare'), seed) : undefined;
  const { x, y } = parts?.kept ?? data;
  const held: HeldRows | undefined = parts && { x: parts.held.x, loss: lossOf(data, parts.held.y, target), patience: stops ? number('patience') : 0 };
  const boosting = boost(x, data.categorical ?? [], lossOf(data, y, target), held, rules, target);
  for (;;) {
    const step = boosting.next();
    if (step.done) return step.value;
    yield inTargetUnits(step.value, target.divisor);
  }
}

function lossOf({ task, classes }: TrainingData, y: Float64Array, { offset, divisor }: BoostedState['target']): BoostingLoss {
  if (task === 'regression') return squaredLoss(y.map((value) => (value / 4 - offset / 4) / (divisor / 4)));
  return task === 'binary' ? binaryLoss(y) : softmaxLoss(y, classes);
}

/** Squared errors of a scaled target, as those of the target. */
function inTargetUnits(progress: TrainingProgress, divisor: number): TrainingProgress {
  if (divisor === 1) return progress;
  const scaled = (loss: number): number => Math.min(loss * divisor * divisor, Number.MAX_VALUE);
  const { validationLoss } = progress;
  return { ...progress, loss: scaled(progress.loss), ...(validationLoss === undefined ? {} : { validationLoss: scaled(validationLoss) }) };
}

function predictBoosting(state: BoostedState, x: Matrix, task: Task): Float64Array {
  const out = sumTrees(state, x);
  const { offset, divisor } = state.target;
  if (task === 'regression') for (let i = 0; i < out.length; i++) out[i] = offset + divisor * out[i]!;
  else if (task === 'binary') for (let i = 0; i < out.length; i++) out[i] = sigmoid(out[i]!);
  else for (let at = 0; at < out.length; at += state.baseline.length) softmaxInPlace(out, at, state.baseline.length);
  return out;
}
