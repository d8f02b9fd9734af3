import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { createRandom } from '../../../src/core/random.js';
import { predict } from '../../../src/core/train/fit.js';
import { models } from '../../../src/core/train/models/index.js';
import { findNeighbours, type NearestState } from '../../../src/core/train/models/k-nearest.js';
import type { LinearState } from '../../../src/core/train/models/linear.js';
import { dataOf, fitToEnd } from './fit-to-end.js';

const random = createRandom(5);
const rowsOf = (n: number, d: number): number[][] => Array.from({ length: n }, () => Array.from({ length: d }, () => random() * 2 - 1));

describe('lasso', () => {
  const rows = rowsOf(80, 6);
  const data = dataOf('regression', rows, rows.map(([a, b]) => 3 * a! - 2 * b! + 0.1 * (random() - 0.5)));
  const coefficients = (l1: number): readonly number[] => (fitToEnd('lasso', data, { l1 }).model.state as LinearState).coefficients;

  it('sets weights of needless inputs to exactly 0, and all when the price is high', () => {
    expect(coefficients(0.1).map((w) => w !== 0)).toEqual([true, true, false, false, false, false]);
    expect(coefficients(100).every((w) => w === 0)).toBe(true);
  });

  // Karush, Kuhn and Tucker: xⱼᵀ·residual/n is l1·sign(w) where w is not 0, and within ±l1 where it is.
  it.each([[80, 6], [20, 60]])('is at the optimum of its objective with %d rows and %d columns', (n, d) => {
    const x = rowsOf(n, d);
    const data = dataOf('regression', x, x.map((row) => row[0]! + row[1]! + random()));
    const { model } = fitToEnd('lasso', data, { l1: 0.05, iterations: 100000 });
    const residual = predict(model, data.x).map((value, i) => data.y[i]! - value);
    (model.state as LinearState).coefficients.forEach((w, j) => {
      const slope = x.reduce((sum, row, i) => sum + row[j]! * residual[i]!, 0) / n;
      if (w === 0) expect(Math.abs(slope)).toBeLessThan(0.05 + 1e-5);
      else expect(slope).toBeCloseTo(0.05 * Math.sign(w), 4);
    });
    expect(residual.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 8);
  });
});

describe('k nearest', () => {
  it.each([1, 2, 5, 12])('finds what a search of all rows finds, in %d dimensions', (d) => {
    // Whole numbers make many ties, of which the earlier row must win.
    const rows = rowsOf(300, d).map((row) => row.map((value) => Math.round(value * 4)));
    const queries = rowsOf(50, d);
    const { model } = fitToEnd('k-nearest', dataOf('regression', rows, rows.map(() => 0)), { neighbours: 7 });
    const found = findNeighbours(model.state as NearestState, dataOf('regression', queries, []).x);
    queries.forEach((query, q) => {
      const squares = rows.map((row) => row.reduce((sum, value, j) => sum + (value - query[j]!) ** 2, 0));
      const expected = [...squares.keys()].sort((a, b) => squares[a]! - squares[b]! || a - b).slice(0, 7);
      expect([...found.rows[q]!]).toEqual(expected);
      expected.forEach((row, i) => expect(found.distances[q]![i]).toBeCloseTo(Math.sqrt(squares[row]!), 12));
    });
  });

  const line = dataOf('regression', [[0], [1], [3]], [0, 10, 40]);
  it('answers with the mean, or nearer rows counting more', () => {
    const at = dataOf('regression', [[0.5], [1]], []).x;
    expect([...predict(fitToEnd('k-nearest', line, { neighbours: 2 }).model, at)]).toEqual([5, 5]);
    expect([...predict(fitToEnd('k-nearest', line, { neighbours: 2, weights: 'distance' }).model, dataOf('regression', [[0.25], [1]], []).x)]).toEqual([2.5, 10]);
  });
  it('asks all rows when there are fewer than it should ask', () => {
    expect(predict(fitToEnd('k-nearest', line, { neighbours: 50 }).model, line.x)[0]).toBeCloseTo(50 / 3, 12);
  });
  it('says the error of rows answered by the others', () => {
    expect(fitToEnd('k-nearest', line, { neighbours: 1 }).steps.at(-1)!.loss).toBeCloseTo((100 + 100 + 900) / 3, 10);
  });
  it('gives each class its share', () => {
    const data = dataOf('multiclass', [[0], [1], [2], [9]], [0, 2, 2, 1], 3);
    expect([...predict(fitToEnd('k-nearest', data, { neighbours: 3 }).model, dataOf('multiclass', [[0]], []).x)]).toEqual([1 / 3, 0, 2 / 3]);
  });
});

describe('naive Bayes', () => {
  it('weighs each class by its share and its bell', () => {
    const data = dataOf('binary', [[-1], [1], [4], [6], [5], [5]], [0, 0, 1, 1, 1, 1]);
    const density = (x: number, mean: number, variance: number): number => Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    const at = 2;
    const [zero, one] = [(2 / 6) * density(at, 0, 1), (4 / 6) * density(at, 5, 0.5)];
    expect(predict(fitToEnd('naive-bayes', data).model, dataOf('binary', [[at]], []).x)[0]).toBeCloseTo(one / (zero + one), 7);
  });
  it('never answers with a class that had no row', () => {
    const data = dataOf('multiclass', [[0], [1], [5]], [0, 0, 2], 3);
    for (const distribution of ['gaussian', 'multinomial']) {
      const answers = predict(fitToEnd('naive-bayes', data, { distribution }).model, data.x);
      expect([answers[1], answers[4], answers[7]]).toEqual([0, 0, 0]);
      expect(answers.every(Number.isFinite)).toBe(true);
    }
  });
  it('refuses counts below 0', () => {
    const data = dataOf('binary', [[1, 2], [0, -3]], [0, 1]);
    expect(() => fitToEnd('naive-bayes', data, { distribution: 'multinomial' })).toThrow(expect.objectContaining({ code: 'negative-input', data: { column: 'x1', row: 1 } }));
  });
});

// a model of texts refuses these inputs; it has tests of its own
describe.each(models.filter(({ kind, fit }) => fit && kind !== 'text-linear').map((model) => [model.kind, model] as const))('%s', (kind, { tasks, missingAllowed }) => {
  const classesOf = (task: string): number => (task === 'regression' ? 0 : task === 'binary' ? 2 : 3);
  const answersOf = (data: ReturnType<typeof dataOf>): Float64Array => predict(fitToEnd(kind, data, kind === 'random-forest' || kind === 'gradient-boosting' ? { [kind === 'random-forest' ? 'trees' : 'iterations']: 10 } : {}).model, data.x);
  const sensible = (answers: Float64Array, task: string): boolean => answers.every((value) => Number.isFinite(value) && (task === 'regression' || (value >= 0 && value <= 1)));
  const cases = tasks.flatMap((task) => {
    const labels = (n: number): number[] => Array.from({ length: n }, (_, i) => (task === 'regression' ? i / 3 : i % classesOf(task)));
    return [
      [task, 'two rows', [[1], [2]], labels(2)],
      [task, 'only constant columns', rowsOf(40, 2).map(() => [5, 0]), labels(40)],
      [task, 'more columns than rows', rowsOf(50, 1000), labels(50)],
      [task, 'huge and tiny values', rowsOf(60, 3).map(([a, b, c]) => [a! * 1e150, b! * 1e-300, c! > 0 ? 1e150 : -1e150]), labels(60)],
      [task, 'the same row many times', rowsOf(100, 2).map(() => [0.1, 0.2]), labels(100)],
    ] as const;
  });

  it.each(cases)('%s: takes %s', (task, _, rows, y) => {
    expect(sensible(answersOf(dataOf(task, rows, y, classesOf(task))), task)).toBe(true);
  });

  if (tasks.includes('regression')) it.each([['the same target', () => 0.1], ['huge targets', (i: number) => (i % 2 === 0 ? 1e160 : -1e160) * (1 + i)]])('takes %s', (name, target) => {
    const rows = rowsOf(60, 2);
    const y = rows.map((_, i) => target(i));
    const answers = answersOf(dataOf('regression', rows, y));
    expect(answers.every(Number.isFinite)).toBe(true);
    if (name === 'the same target') answers.forEach((value) => expect(value).toBeCloseTo(0.1, 12));
  });

  it(missingAllowed ? 'takes missing values, also in a whole column' : 'refuses missing values', () => {
    const task = tasks[0]!;
    const rows = rowsOf(60, 3).map(([a, b], i) => [i % 4 === 0 ? NaN : a!, b!, NaN]);
    const data = dataOf(task, rows, rows.map((_, i) => (task === 'regression' ? i : i % 2)), classesOf(task));
    if (missingAllowed) expect(sensible(answersOf(data), task)).toBe(true);
    else expect(() => answersOf(data)).toThrow(expect.objectContaining({ code: 'not-finite' }));
    const endless = dataOf(task, [[1], [Infinity], [2]], [0, 1, 1], classesOf(task));
    expect(() => answersOf(endless)).toThrow(expect.objectContaining({ code: 'not-finite', data: { column: 'x0', row: 1 } }));
  });

  it('gives no answer rather than a wrong one for a row with a hole', () => {
    const task = tasks[0]!;
    const rows = rowsOf(40, 2);
    const { model } = fitToEnd(kind, dataOf(task, rows, rows.map(([a]) => Number(a! > 0)), classesOf(task)));
    const answers = predict(model, dataOf(task, [[NaN, 1], [0, 1]], []).x);
    expect(Number.isNaN(answers[0])).toBe(!missingAllowed && kind !== 'dummy');
    expect(Number.isFinite(answers.at(-1))).toBe(true);
  });

  if (!tasks.includes('regression')) it('refuses one class', () => {
    const cause = (() => {
      try {
        return answersOf(dataOf('binary', [[1], [2]], [1, 1]));
      } catch (error) {
        return error;
      }
    })();
    expect(cause).toBeInstanceOf(LabError);
    expect(cause).toMatchObject({ code: 'one-class' });
  });

  it('lets its caller in while it works on many rows', () => {
    const task = tasks[0]!;
    const rows = rowsOf(5000, 10);
    const { steps } = fitToEnd(kind, dataOf(task, rows, rows.map(([a]) => Number(a! > 0)), classesOf(task)), kind === 'random-forest' ? { trees: 2 } : kind === 'gradient-boosting' ? { iterations: 2 } : {});
    expect(steps.length).toBeGreaterThan(0);
    for (const { done, total } of steps) expect(done >= 0 && done <= total).toBe(true);
    expect(steps.at(-1)!.loss).toBeGreaterThanOrEqual(0);
  });
});
