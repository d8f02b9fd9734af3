import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { checkFitting, fittedModel } from '../../../src/core/train/fit.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import { findConcerns } from '../../../src/core/train/training-data.js';
import { dataOf, fitToEnd } from './fit-to-end.js';

const failure = (act: () => unknown): { code: string; data: unknown } => {
  try {
    act();
  } catch (cause) {
    return LabError.from(cause);
  }
  throw new Error('it did not fail');
};

describe('data that nothing can be learned from', () => {
  it.each([
    ['no rows', 'linear', dataOf('regression', [], []), 'no-rows', {}],
    ['a missing value', 'linear', dataOf('regression', [[1, 2], [3, NaN]], [1, 2]), 'not-finite', { column: 'x1', row: 1 }],
    ['an infinite value', 'logistic', dataOf('binary', [[1], [-Infinity]], [0, 1]), 'not-finite', { column: 'x0', row: 1 }],
    ['a missing target', 'linear', dataOf('regression', [[1], [2]], [1, NaN]), 'not-finite', { column: 'target', row: 1 }],
    ['one class', 'logistic', dataOf('binary', [[1], [2]], [1, 1]), 'one-class', { rows: 2 }],
    ['a class beyond the last', 'logistic', dataOf('multiclass', [[1], [2]], [0, 3], 3), 'bad-class', { value: 3, classes: 3 }],
    ['half a class', 'dummy', dataOf('binary', [[1], [2]], [0, 0.5]), 'bad-class', { value: 0.5, classes: 2 }],
    ['a target too short', 'linear', dataOf('regression', [[1], [2]], [1]), 'length-mismatch', { first: 2, second: 1 }],
    ['a task that it cannot do', 'linear', dataOf('binary', [[1], [2]], [0, 1]), 'wrong-task', { model: 'linear', task: 'binary' }],
  ])('%s is refused', (_, kind, data, code, details) => {
    expect(failure(() => fitToEnd(kind, data))).toMatchObject({ code, data: details });
  });

  it('is refused before a net is trained too', () => {
    expect(failure(() => checkFitting('dense-net', dataOf('binary', [[1], [2]], [0, 0])))).toMatchObject({ code: 'one-class' });
    expect(failure(() => fitToEnd('dense-net', dataOf('binary', [[1], [2]], [0, 1])))).toMatchObject({ code: 'needs-net-trainer' });
  });

  it('does not become a model: weights that are not finite', () => {
    const data = dataOf('regression', [[1]], [1]);
    expect(failure(() => fittedModel('linear', data, settingsOf('linear'), 0, { coefficients: [NaN], intercept: 0 }))).toMatchObject({ code: 'diverged' });
  });
});

describe('concerns that do not stop training', () => {
  it('name constant columns, rare classes and too few rows', () => {
    const data = dataOf('binary', [[1, 5, 0], [2, 5, 0]], [0, 1]);
    expect(findConcerns(data)).toEqual([
      { code: 'constant-column', name: 'x1' },
      { code: 'constant-column', name: 'x2' },
      { code: 'more-columns-than-rows', name: '' },
      { code: 'rare-class', name: '0' },
      { code: 'rare-class', name: '1' },
    ]);
  });
});

describe('hyperparameters', () => {
  it('have defaults, and are read from words', () => {
    expect(settingsOf('linear')).toEqual({ l2: 1 });
    expect(settingsOf('dense-net', { layers: '8,4', epochs: '5', learningRate: 0.1 })).toMatchObject({ layers: [8, 4], epochs: 5, learningRate: 0.1, batch: 64 });
    expect(settingsOf('dense-net', { layers: 12 })['layers']).toEqual([12]);
  });

  it.each([
    ['linear', { alpha: 1 }, 'unknown-hyperparameter'],
    ['linear', { l2: -1 }, 'hyperparameter-range'],
    ['linear', { l2: 'much' }, 'hyperparameter-type'],
    ['linear', { l2: '' }, 'hyperparameter-type'],
    ['linear', { l2: Infinity }, 'hyperparameter-type'],
    ['logistic', { c: 0 }, 'hyperparameter-range'],
    ['logistic', { iterations: 1.5 }, 'hyperparameter-type'],
    ['dense-net', { layers: [16, 0] }, 'hyperparameter-range'],
    ['dense-net', { layers: '16,many' }, 'hyperparameter-type'],
    ['oracle', {}, 'unknown-model'],
  ])('%s with %j is refused as %s', (kind, overrides, code) => {
    expect(failure(() => settingsOf(kind, overrides))).toMatchObject({ code });
  });
});
