import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { predict } from '../../../src/core/train/fit.js';
import type { FittedModel } from '../../../src/core/train/model.js';
import { models } from '../../../src/core/train/models/index.js';
import type { LinearState } from '../../../src/core/train/models/linear.js';
import type { LogisticState } from '../../../src/core/train/models/logistic.js';
import { dataOf, fitToEnd } from './fit-to-end.js';

const random = createRandom(11);
const noise = (): number => random() + random() + random() - 1.5;
const rowsOf = (n: number, d: number): number[][] => Array.from({ length: n }, () => Array.from({ length: d }, noise));
const coefficients = (model: FittedModel): readonly number[] => (model.state as LinearState).coefficients;

describe('the register of models', () => {
  it('holds one model for each file of the folder', () => {
    const files = readdirSync('src/core/train/models').filter((name) => name !== 'index.ts');
    expect(models.map(({ kind }) => `${kind}.ts`).sort()).toEqual(files.sort());
  });

  it.each(models.map((model) => [model.kind, model] as const))('%s has a trainer and defaults within its ranges', (_, model) => {
    expect(model.trainer === 'core').toBe(model.fit !== undefined);
    for (const { default: value, min = -Infinity, max = Infinity } of model.hyperparameters) {
      for (const number of [value].flat()) if (typeof number === 'number') expect(number >= min && number <= max).toBe(true);
    }
  });
});

describe('dummy', () => {
  it('gives the mean', () => {
    const data = dataOf('regression', [[0], [0], [0]], [1, 2, 6]);
    expect([...predict(fitToEnd('dummy', data).model, data.x)]).toEqual([3, 3, 3]);
  });
  it('gives the share of class 1, and of each class', () => {
    const binary = dataOf('binary', [[0], [0], [0], [0]], [1, 0, 0, 0]);
    expect([...predict(fitToEnd('dummy', binary).model, binary.x)]).toEqual([0.25, 0.25, 0.25, 0.25]);
    const three = dataOf('multiclass', [[0], [0]], [2, 0], 3);
    expect([...predict(fitToEnd('dummy', three).model, three.x)]).toEqual([0.5, 0, 0.5, 0.5, 0, 0.5]);
  });
  it('learns from a single class', () => {
    const data = dataOf('binary', [[0], [1]], [1, 1]);
    expect([...predict(fitToEnd('dummy', data).model, data.x)]).toEqual([1, 1]);
  });
});

describe('linear', () => {
  const rows = rowsOf(60, 3);
  const exact = dataOf('regression', rows, rows.map(([a, b, c]) => 4 + 2 * a! - 3 * b! + 0.5 * c!));

  it('finds an exact line without penalty', () => {
    const { model } = fitToEnd('linear', exact, { l2: 0 });
    [2, -3, 0.5].forEach((w, j) => expect(coefficients(model)[j]).toBeCloseTo(w, 12));
    expect((model.state as LinearState).intercept).toBeCloseTo(4, 12);
  });

  it('shares a weight among equal columns and takes the shortest answer', () => {
    const doubled = dataOf('regression', rows.map(([a, b]) => [a!, a!, b!, 7]), rows.map(([a, b]) => 6 * a! + b!));
    const { model } = fitToEnd('linear', doubled, { l2: 0 });
    [3, 3, 1, 0].forEach((w, j) => expect(coefficients(model)[j]).toBeCloseTo(w, 10));
  });

  it('takes the shortest answer when there are more columns than rows', () => {
    const wide = dataOf('regression', rowsOf(5, 9), [1, 2, 3, 4, 5]);
    const { model } = fitToEnd('linear', wide, { l2: 0 });
    predict(model, wide.x).forEach((value, i) => expect(value).toBeCloseTo(i + 1, 10));
    const almost = fitToEnd('linear', wide, { l2: 1e-9 });
    coefficients(model).forEach((w, j) => expect(coefficients(almost.model)[j]).toBeCloseTo(w, 6));
  });

  it('is ridge by its own normal equations, wide or tall', () => {
    for (const [n, d] of [[40, 4], [4, 40]] as const) {
      const data = dataOf('regression', rowsOf(n, d), Array.from({ length: n }, noise));
      const { model } = fitToEnd('linear', data, { l2: 2 });
      const residual = predict(model, data.x).map((value, i) => data.y[i]! - value);
      // At the optimum Xᵀ·residual = l2·w and the residuals sum to 0.
      for (let j = 0; j < d; j++) expect(residual.reduce((sum, r, i) => sum + r * data.x.data[i * d + j]!, 0)).toBeCloseTo(2 * coefficients(model)[j]!, 9);
      expect(residual.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 9);
    }
  });

  it('gives a constant column no weight', () => {
    const flat = dataOf('regression', rows.map(([a]) => [a!, 5]), rows.map(([a]) => a!));
    expect(coefficients(fitToEnd('linear', flat).model)[1]).toBe(0);
  });

  it('says the error of training and of the rows held back', () => {
    const data = { ...exact, validation: { x: exact.x, y: exact.y } };
    const { steps } = fitToEnd('linear', data);
    expect(steps).toHaveLength(1);
    expect(steps[0]!.validationLoss).toBe(steps[0]!.loss);
  });
});

describe('logistic', () => {
  const rows = rowsOf(300, 2);
  const labels = rows.map(([a, b]) => Number(a! - 2 * b! + noise() > 0));
  const state = (model: FittedModel): LogisticState => model.state as LogisticState;

  it('does not depend on the unit of a column when the penalty is weak', () => {
    const metres = fitToEnd('logistic', dataOf('binary', rows, labels), { c: 1e9 }).model;
    const nanometres = fitToEnd('logistic', dataOf('binary', rows.map(([a, b]) => [a! * 1e9, b! + 1e6]), labels), { c: 1e9 }).model;
    expect(state(nanometres).coefficients[0]![0]! * 1e9).toBeCloseTo(state(metres).coefficients[0]![0]!, 4);
    expect(state(nanometres).coefficients[0]![1]!).toBeCloseTo(state(metres).coefficients[0]![1]!, 4);
  });

  it('is at the optimum of its objective', () => {
    const data = dataOf('binary', rows, labels);
    const { model } = fitToEnd('logistic', data, { c: 0.5 });
    const error = predict(model, data.x).map((p, i) => p - data.y[i]!);
    state(model).coefficients[0]!.forEach((w, j) => {
      expect(w + 0.5 * error.reduce((sum, e, i) => sum + e * rows[i]![j]!, 0)).toBeCloseTo(0, 4);
    });
    expect(error.reduce((sum, e) => sum + e, 0)).toBeCloseTo(0, 4);
  });

  it('ends on classes that a line divides', () => {
    const data = dataOf('binary', [[-2], [-1], [1], [2]], [0, 0, 1, 1]);
    const { model } = fitToEnd('logistic', data, { c: 1e6 });
    expect([...predict(model, data.x)].map(Math.round)).toEqual([0, 0, 1, 1]);
    expect(state(model).coefficients.flat().every(Number.isFinite)).toBe(true);
  });

  it('gives probabilities that sum to 1', () => {
    const data = dataOf('multiclass', rows, rows.map(([a, b]) => (a! > 0.3 ? 2 : Number(b! > 0))), 3);
    const probabilities = predict(fitToEnd('logistic', data).model, data.x);
    for (let i = 0; i < probabilities.length; i += 3) expect(probabilities[i]! + probabilities[i + 1]! + probabilities[i + 2]!).toBeCloseTo(1, 12);
  });

  // Two opposite rows of softmax weights have half the squared length of their difference, so half the strength gives the same curve.
  it('agrees for two classes whether by sigmoid or by softmax', () => {
    const data = dataOf('binary', rows, labels);
    const bySigmoid = predict(fitToEnd('logistic', data, { c: 1 }).model, data.x);
    const bySoftmax = predict(fitToEnd('logistic', { ...data, task: 'multiclass' }, { c: 0.5 }).model, data.x);
    bySigmoid.forEach((p, i) => expect(bySoftmax[2 * i + 1]).toBeCloseTo(p, 5));
  });

  it('says its loss as it falls, and when it ran out of iterations', () => {
    const { model, steps } = fitToEnd('logistic', dataOf('binary', rows, labels), { iterations: 3 });
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3]);
    expect(steps[2]!.loss).toBeLessThan(steps[0]!.loss);
    expect(state(model).converged).toBe(false);
    expect(state(fitToEnd('logistic', dataOf('binary', rows, labels)).model).converged).toBe(true);
  });

  it('survives values so large that their exponent overflows', () => {
    const data = dataOf('binary', [[-1e300], [1e300], [3], [-5]], [0, 1, 1, 0]);
    expect(predict(fitToEnd('logistic', data).model, data.x).every(Number.isFinite)).toBe(true);
  });
});

describe('a fitted model', () => {
  it('is plain JSON that answers the same after a round trip', () => {
    const rows = rowsOf(50, 2);
    const data = dataOf('binary', rows, rows.map(([a]) => Number(a! > 0)));
    for (const kind of ['dummy', 'logistic']) {
      const { model } = fitToEnd(kind, data);
      const read = JSON.parse(JSON.stringify(model)) as FittedModel;
      expect(predict(read, data.x)).toEqual(predict(model, data.x));
    }
  });
});
