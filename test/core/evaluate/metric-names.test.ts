import { describe, expect, it } from 'vitest';
import { binaryMetrics } from '../../../src/core/evaluate/binary-metrics.js';
import { evaluateModel, isBetter, mainMetric, metricsOf, metricsOfTask } from '../../../src/core/evaluate/metric-names.js';
import { multiclassMetrics } from '../../../src/core/evaluate/multiclass-metrics.js';
import type { Task } from '../../../src/core/prepare/recipe.js';
import { dataOf, fitToEnd } from '../train/fit-to-end.js';

const flat = (...values: number[]): Float64Array => Float64Array.from(values);

describe('the metrics of a task', () => {
  it.each([
    ['regression', flat(1, 2, 4), flat(1, 2, 3), 2],
    ['binary', flat(0, 1, 1), flat(0.2, 0.9, 0.4), 2],
    ['multiclass', flat(0, 1, 2), flat(0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.3, 0.4), 3],
  ] as const)('of %s are all there by name', (task, y, predicted, classes) => {
    const metrics = metricsOf(task, classes, y, predicted);
    expect(metrics['rows']).toBe(3);
    for (const { name } of metricsOfTask[task]) expect(metrics[name], name).toBeTypeOf('number');
  });

  it('leaves out what is not defined instead of giving NaN', () => {
    const oneClass = metricsOf('binary', 2, flat(1, 1), flat(0.9, 0.8));
    expect(oneClass).not.toHaveProperty('auc');
    expect(oneClass['logLoss']).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12);
    expect(metricsOf('regression', 0, flat(), flat())).toEqual({ rows: 0 });
  });

  it.each([
    ['regression', 1, 2],
    ['binary', 0.3, 0.4],
    ['multiclass', 0.3, 0.4],
  ] as [Task, number, number][])('compares %s by a loss: less is better', (task, low, high) => {
    expect(mainMetric(task).greaterIsBetter).toBe(false);
    expect([isBetter(task, low, high), isBetter(task, high, low), isBetter(task, low, low)]).toEqual([true, false, false]);
  });

  it('judges a fitted model by its own predictions, and labels at the threshold given', () => {
    const data = dataOf('binary', [[0], [0], [0], [0]], [1, 0, 0, 0]);
    const { model } = fitToEnd('dummy', data);
    expect(evaluateModel(model, data.x, data.y)).toMatchObject({ recall: 0, accuracy: 0.75, auc: 0.5 });
    expect(evaluateModel(model, data.x, data.y, 0.25)).toMatchObject({ recall: 1, accuracy: 0.25 });
  });
});

describe('bad input to metrics', () => {
  it.each([
    ['probabilities of another length', () => multiclassMetrics(flat(0, 1), flat(1, 0, 0), 2), 'length-mismatch'],
    ['a class beyond the last', () => multiclassMetrics(flat(0, 2), flat(1, 0, 0, 1), 2), 'bad-class'],
    ['a label that is neither 0 nor 1', () => binaryMetrics(flat(0, 2), flat(0.1, 0.2)), 'bad-class'],
    ['a score that is NaN', () => binaryMetrics(flat(0, 1), flat(0.1, NaN)), 'not-finite'],
    ['a score for a row that is not there', () => binaryMetrics(flat(0), flat(0.1, 0.2)), 'length-mismatch'],
  ])('%s', (_, compute, code) => expect(compute).toThrow(expect.objectContaining({ code }) as Error));
});
