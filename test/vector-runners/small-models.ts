import { fitModel, predict, settingsOf } from '../../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../../src/core/train/model.js';
import type { LinearState } from '../../src/core/train/models/linear.js';
import type { LogisticState } from '../../src/core/train/models/logistic.js';
import type { Matrix } from '../../src/core/table/table.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const smallModels: VectorRunner = {
  file: 'small_models',
  run: (vector) => {
    if (/^ols(_|$)/.test(vector.name)) return linearFigures(vector, 0);
    const [, kind, strength] = /^(ridge_|logistic_l2_C|softmax_l2_C)([\d.]+)/.exec(vector.name) ?? [];
    if (kind === 'ridge_') return linearFigures(vector, Number(strength));
    if (kind) return logisticFigures(vector, Number(strength));
    return undefined;
  },
};

function linearFigures(vector: VectorCase, l2: number): Record<string, unknown> {
  const model = fit(vector, 'linear', 'regression', { l2 });
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

function fit(vector: VectorCase, kind: string, task: TrainingData['task'], overrides: Record<string, number>): FittedModel {
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
