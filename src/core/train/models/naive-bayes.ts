import { LabError } from '../../lab-error.js';
import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import { log } from '../exact-math.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { safeScale } from '../solve/scale.js';
import { softmaxInPlace } from '../solve/softmax.js';

/** Shares of the classes, and by class either means and variances of the inputs times `scale`, or logarithms of their shares. */
export type NaiveBayesState =
  | { readonly distribution: 'gaussian'; readonly priors: readonly number[]; readonly means: Rows; readonly variances: Rows; readonly scale: number }
  | { readonly distribution: 'multinomial'; readonly priors: readonly number[]; readonly logShares: Rows };

type Rows = readonly (readonly number[])[];

/**
 * Bayes' rule as if inputs were independent within a class: normal with a variance enlarged by 1e-9 of the largest (scikit-learn's
 * `GaussianNB`), or counts that share a whole, `smoothing` added to each (`MultinomialNB`; throws `negative-input` {column, row}).
 */
export const naiveBayes: ModelDefinition<NaiveBayesState> = {
  kind: 'naive-bayes',
  tasks: ['binary', 'multiclass'],
  hyperparameters: [
    { name: 'distribution', type: 'choice', default: 'gaussian', choices: ['gaussian', 'multinomial'] },
    { name: 'smoothing', type: 'number', default: 1, min: 1e-10, max: 1e6 },
  ],
  trainer: 'core',
  fit: fitNaiveBayes,
  predict: predictNaiveBayes,
};

function* fitNaiveBayes(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, NaiveBayesState> {
  const counts = new Float64Array(data.classes);
  for (const code of data.y) counts[code]! += 1;
  const priors = Array.from(counts, (count) => count / data.y.length);
  const state = settings['distribution'] === 'multinomial' ? fitShares(data, priors, settings['smoothing'] as number) : fitNormals(data, priors, counts);
  yield { done: 1, total: 1, loss: logLoss(state, data) };
  return state;
}

const emptyRows = ({ classes, x }: TrainingData): Float64Array[] => Array.from({ length: classes }, () => new Float64Array(x.columns));

function fitNormals(data: TrainingData, priors: number[], counts: Float64Array): NaiveBayesState {
  const { x, y } = data;
  const scale = safeScale(x.data);
  const means = emptyRows(data);
  const variances = emptyRows(data);
  const add = (into: Float64Array[], part: (value: number, code: number, c: number) => number): void => {
    for (let r = 0, at = 0; r < x.rows; r++) for (let c = 0; c < x.columns; c++, at++) into[y[r]!]![c]! += part(x.data[at]! * scale, y[r]!, c) / counts[y[r]!]!;
  };
  add(means, (value) => value);
  add(variances, (value, code, c) => (value - means[code]![c]!) ** 2);
  // Of columns that are all constant nothing can be said, so any variance will do.
  const least = 1e-9 * largestVariance(x, scale) || 1e-9;
  return { distribution: 'gaussian', priors, means: means.map((row) => [...row]), variances: variances.map((row, k) => Array.from(row, (v) => (counts[k] === 0 ? 1 : v + least))), scale };
}

function largestVariance(x: Matrix, scale: number): number {
  let largest = 0;
  for (let c = 0; c < x.columns; c++) {
    let mean = 0;
    for (let at = c; at < x.data.length; at += x.columns) mean += (x.data[at]! * scale) / x.rows;
    let variance = 0;
    for (let at = c; at < x.data.length; at += x.columns) variance += (x.data[at]! * scale - mean) ** 2 / x.rows;
    largest = Math.max(largest, variance);
  }
  return largest;
}

function fitShares(data: TrainingData, priors: number[], smoothing: number): NaiveBayesState {
  const { x, y, features } = data;
  const scale = safeScale(x.data);
  const sums = emptyRows(data);
  for (let r = 0, at = 0; r < x.rows; r++) {
    for (let c = 0; c < x.columns; c++, at++) {
      if (x.data[at]! < 0) throw new LabError('negative-input', { column: features[c] ?? String(c), row: r });
      sums[y[r]!]![c]! += x.data[at]! * scale;
    }
  }
  const logShares = sums.map((row) => {
    const total = row.reduce((sum, value) => sum + value + smoothing * scale, 0);
    return Array.from(row, (value) => log(value + smoothing * scale) - log(total));
  });
  return { distribution: 'multinomial', priors, logShares };
}

function predictNaiveBayes(state: NaiveBayesState, x: Matrix, task: Task): Float64Array {
  const classes = state.priors.length;
  const scores = state.distribution === 'gaussian' ? normalScores(state, x) : shareScores(state, x);
  for (let at = 0; at < scores.length; at += classes) softmaxInPlace(scores, at, classes);
  return task === 'binary' ? scores.filter((_, i) => i % 2 === 1) : scores;
}

function normalScores({ priors, means, variances, scale }: NaiveBayesState & { distribution: 'gaussian' }, x: Matrix): Float64Array {
  const classes = priors.length;
  const out = new Float64Array(x.rows * classes);
  for (let k = 0; k < classes; k++) {
    const mean = means[k]!;
    const inverse = variances[k]!.map((v) => 1 / v);
    const start = log(priors[k]!) - 0.5 * variances[k]!.reduce((sum, v) => sum + log(2 * Math.PI * v), 0);
    for (let r = 0, at = 0; r < x.rows; r++) {
      let squares = 0;
      for (let c = 0; c < x.columns; c++, at++) squares += (x.data[at]! * scale - mean[c]!) ** 2 * inverse[c]!;
      // Beyond all measure is still a number, or two classes that are both that far could not be compared.
      out[r * classes + k] = start - 0.5 * Math.min(squares, 1e300);
    }
  }
  return out;
}

function shareScores({ priors, logShares }: NaiveBayesState & { distribution: 'multinomial' }, x: Matrix): Float64Array {
  const classes = priors.length;
  const out = new Float64Array(x.rows * classes);
  for (let k = 0; k < classes; k++) {
    const row = logShares[k]!;
    for (let r = 0, at = 0; r < x.rows; r++) {
      let sum = log(priors[k]!);
      for (let c = 0; c < x.columns; c++, at++) sum += x.data[at]! * row[c]!;
      out[r * classes + k] = Math.max(sum, priors[k]! > 0 ? -1e300 : -Infinity);
    }
  }
  return out;
}

function logLoss(state: NaiveBayesState, { x, y, task, classes }: TrainingData): number {
  const probabilities = predictNaiveBayes(state, x, task);
  let sum = 0;
  for (let r = 0; r < y.length; r++) {
    const p = task === 'binary' ? (y[r] === 1 ? probabilities[r]! : 1 - probabilities[r]!) : probabilities[r * classes + y[r]!]!;
    sum -= log(Math.max(p, 1e-15));
  }
  return sum / y.length;
}
