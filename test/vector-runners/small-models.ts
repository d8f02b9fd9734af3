import { applyIsotonic, fitIsotonic } from '../../src/core/evaluate/isotonic.js';
import { kMeans } from '../../src/core/prepare/k-means.js';
import { principalComponents } from '../../src/core/prepare/principal-components.js';
import { fitModel, predict, settingsOf } from '../../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../../src/core/train/model.js';
import type { LinearState } from '../../src/core/train/models/linear.js';
import { findNeighbours, type NearestState } from '../../src/core/train/models/k-nearest.js';
import type { LogisticState } from '../../src/core/train/models/logistic.js';
import type { NaiveBayesState } from '../../src/core/train/models/naive-bayes.js';
import type { TreeState } from '../../src/core/train/trees/tree-state.js';
import type { Matrix } from '../../src/core/table/table.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const smallModels: VectorRunner = {
  file: 'small_models',
  run: (vector) => {
    if (/^ols(_|$)/.test(vector.name)) return linearFigures(vector, 'linear', { l2: 0 });
    const [, kind, strength] = /^(ridge_|logistic_l2_C|softmax_l2_C)([\d.]+)/.exec(vector.name) ?? [];
    if (kind === 'ridge_') return linearFigures(vector, 'linear', { l2: Number(strength) });
    if (kind) return logisticFigures(vector, Number(strength));
    if (vector.name.startsWith('lasso_')) return linearFigures(vector, 'lasso', { l1: vector.input['alpha'] as number });
    if (vector.name === 'gaussian_nb') return gaussianFigures(vector);
    if (vector.name === 'multinomial_nb_text') return multinomialFigures(vector);
    if (vector.name.startsWith('knn_')) return nearestFigures(vector);
    if (vector.name.startsWith('stump_')) return stumpFigures(vector);
    if (vector.name === 'kmeans_given_init') return clusterFigures(vector);
    if (vector.name === 'pca_2') return componentFigures(vector);
    if (vector.name === 'isotonic_calibration') return isotonicFigures(vector);
    return undefined;
  },
};

function linearFigures(vector: VectorCase, kind: string, overrides: Record<string, number>): Record<string, unknown> {
  const model = fit(vector, kind, 'regression', overrides);
  const { coefficients, intercept } = model.state as LinearState;
  return { coef: coefficients, intercept, pred: predict(model, matrixOf(vector.input['X_test'])) };
}

function logisticFigures(vector: VectorCase, c: number): Record<string, unknown> {
  const many = 'proba' in vector.expected;
  const model = fit(vector, 'logistic', many ? 'multiclass' : 'binary', { c });
  const { coefficients, intercepts } = model.state as LogisticState;
  const probabilities = predict(model, matrixOf(vector.input['X_test']));
  if (!many) return { coef: coefficients[0], intercept: intercepts[0], proba1: probabilities };
  const classes = intercepts.length;
  const rows = Array.from({ length: probabilities.length / classes }, (_, i) => probabilities.slice(i * classes, (i + 1) * classes));
  return { coef: coefficients, intercept: intercepts, proba: rows };
}

function gaussianFigures(vector: VectorCase): Record<string, unknown> {
  const model = fit(vector, 'naive-bayes', 'multiclass', {});
  const { priors, means, variances } = model.state as NaiveBayesState & { distribution: 'gaussian' };
  return { class_prior: priors, theta: means, var: variances, proba: pairsOf(predict(model, matrixOf(vector.input['X_test']))) };
}

/** Counts of words of two letters and more, as scikit-learn's `CountVectorizer` makes them. */
function multinomialFigures(vector: VectorCase): Record<string, unknown> {
  const words = (text: string): string[] => text.toLowerCase().match(/\w\w+/g) ?? [];
  const docs = vector.input['docs'] as string[];
  const vocabulary = [...new Set(docs.flatMap(words))].sort();
  const count = (text: string): number[] => vocabulary.map((word) => words(text).filter((other) => other === word).length);
  const model = fit({ ...vector, input: { X: docs.map(count), y: vector.input['y'] } }, 'naive-bayes', 'multiclass', { distribution: 'multinomial' });
  const { priors, logShares } = model.state as NaiveBayesState & { distribution: 'multinomial' };
  const probabilities = predict(model, matrixOf((vector.input['test'] as string[]).map(count)));
  return { vocabulary, class_log_prior: priors.map(Math.log), feature_log_prob: logShares, proba: pairsOf(probabilities) };
}

function nearestFigures(vector: VectorCase): Record<string, unknown> {
  const model = fit(vector, 'k-nearest', 'binary', { neighbours: vector.input['k'] as number });
  const queries = matrixOf(vector.input['X_test']);
  const { rows, distances } = findNeighbours(model.state as NearestState, queries);
  const probabilities = predict(model, queries);
  return { pred: probabilities.map((p) => (p > 0.5 ? 1 : 0)), proba1: probabilities, neighbours: rows, distances };
}

function stumpFigures(vector: VectorCase): Record<string, unknown> {
  const criterion = vector.name.slice('stump_'.length);
  const { columns, cuts, values } = fit(vector, 'decision-tree', 'binary', { criterion, maxDepth: 1 }).state as TreeState;
  const x = matrixOf(vector.input['X']);
  const y = numbers(vector.input['y']);
  const isLeft = [...y.keys()].map((row) => x.data[row * x.columns + columns[0]!]! <= cuts[0]!);
  const shares = [y.reduce((sum, label) => sum + label, 0) / y.length, ...values];
  const impurity = (p: number): number => (criterion === 'gini' ? 2 * p * (1 - p) : -[p, 1 - p].reduce((sum, q) => sum + (q > 0 ? q * Math.log2(q) : 0), 0));
  const left = isLeft.filter(Boolean).length;
  return { feature: columns[0], threshold: cuts[0], impurity: shares.map(impurity), n: [y.length, left, y.length - left] };
}

const pairsOf = (probabilities: Float64Array): Float64Array[] => Array.from({ length: probabilities.length / 2 }, (_, i) => probabilities.slice(2 * i, 2 * i + 2));

function fit(vector: VectorCase, kind: string, task: TrainingData['task'], overrides: Record<string, number | string>): FittedModel {
  const x = matrixOf(vector.input['X']);
  const y = numbers(vector.input['y']);
  const features = Array.from({ length: x.columns }, (_, j) => `x${j}`);
  const search = fitModel(kind, { x, y, task, classes: Math.max(...y) + 1, features }, settingsOf(kind, overrides), 0);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}

function matrixOf(rows: unknown): Matrix {
  const list = rows as number[][];
  return { rows: list.length, columns: list[0]!.length, data: numbers(list.flat()) };
}

function clusterFigures({ input }: VectorCase): Record<string, unknown> {
  const { centres, labels, inertia } = kMeans(matrixOf(input['X']), input['init'] as number[][]);
  return { centers: centres, labels, inertia };
}

/** Directions have no sign of their own: ours are turned to the expected side. */
function componentFigures({ input, expected }: VectorCase): Record<string, unknown> {
  const { mean, variance, share, components } = principalComponents(matrixOf(input['X']), 2);
  const turned = components.map((component, i) => {
    const other = (expected['components_up_to_sign'] as number[][])[i]!;
    const side = Math.sign(component.reduce((sum, value, j) => sum + value * other[j]!, 0));
    return component.map((value) => side * value);
  });
  return { mean, explained_variance: variance, explained_variance_ratio: share, components_up_to_sign: turned };
}

function isotonicFigures({ input }: VectorCase): Record<string, unknown> {
  const scores = numbers(input['score']);
  const curve = fitIsotonic(scores, numbers(input['y']));
  return { fitted: scores.map((score) => applyIsotonic(curve, score)), query: numbers(input['query']).map((score) => applyIsotonic(curve, score)) };
}
