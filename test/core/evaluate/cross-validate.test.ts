import { describe, expect, it } from 'vitest';
import { crossValidate } from '../../../src/core/evaluate/cross-validate.js';
import { chooseFolds, type FoldChoice } from '../../../src/core/evaluate/fold-choice.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import type { PrepareChoices } from '../../../src/core/prepare/recipe.js';
import { createRandom } from '../../../src/core/random.js';
import type { Table } from '../../../src/core/table/table.js';
import type { TrainingData } from '../../../src/core/train/model.js';
import { fitToEnd } from '../train/fit-to-end.js';

const choices: PrepareChoices = { target: 'y', drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' } };
const all = (n: number): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

function tableOf(n: number, target: (row: number, x: number) => string | number, seed = 1): Table {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: n }, () => random() * 10);
  const y = Array.from({ length: n }, (_, row) => target(row, x[row]!));
  const levels = [...new Set(y.map(String))];
  const column = typeof y[0] === 'number' ? { name: 'y', type: 'number' as const, values: Float64Array.from(y as number[]) } : { name: 'y', type: 'text' as const, levels, codes: Int32Array.from(y, (value) => levels.indexOf(String(value))) };
  return { rows: n, columns: [{ name: 'x', type: 'number', values: x }, { name: 't', type: 'number', values: Float64Array.from({ length: n }, (_, row) => n - row) }, column] };
}

const run = (table: Table, choice: FoldChoice, kind: string, own = choices) => {
  const { recipe } = fitRecipe(table, all(table.rows), own);
  return crossValidate({ table, choices: own, recipe, folds: chooseFolds(table, all(table.rows), choice) }, (data) => fitToEnd(kind, data).model);
};

describe('cross-validation', () => {
  it('judges each row once, with a model that has not seen it', async () => {
    const result = await run(tableOf(60, (_, x) => 2 * x + 1), { kind: 'k-fold', k: 5, seed: 3 }, 'linear');
    expect([...result.rows].sort((a, b) => a - b)).toEqual([...all(60)]);
    expect(result.summary['r2']!.mean).toBeGreaterThan(0.99);
    expect(result.folds.map(({ trainRows, testRows }) => [trainRows, testRows])).toEqual(Array(5).fill([48, 12]));
  });

  it('scales by the training rows of each fold alone', async () => {
    const table = tableOf(30, (row) => row + 0.5);
    const seen: TrainingData[] = [];
    const { recipe } = fitRecipe(table, all(30), choices);
    const folds = chooseFolds(table, all(30), { kind: 'k-fold', k: 3 });
    await crossValidate({ table, choices, recipe, folds }, (data) => {
      seen.push(data);
      return fitToEnd('linear', data).model;
    });
    for (const { x } of seen) {
      // A mean of exactly 0 over the fold's own training rows: nothing of the test rows is in it.
      for (let column = 0; column < x.columns; column++) {
        let sum = 0;
        for (let at = column; at < x.data.length; at += x.columns) sum += x.data[at]!;
        expect(sum / x.rows).toBeCloseTo(0, 12);
      }
    }
  });

  it('does not find a signal in noise by way of rare levels', async () => {
    const result = await run(tableOf(200, (row) => (createRandom(row + 9)() < 0.5 ? 'no' : 'yes')), { kind: 'stratified', k: 5, column: 'y', seed: 1 }, 'logistic');
    expect(result.summary['auc']!.mean).toBeLessThan(0.65);
  });

  it('aligns classes that a fold did not show', async () => {
    const table = tableOf(60, (row) => (row < 20 ? 'a' : row < 40 ? 'b' : 'c'));
    const result = await run(table, { kind: 'k-fold', k: 3 }, 'logistic');
    expect(result.predicted).toHaveLength(180);
    // The first fold's model never saw class a.
    expect([...result.predicted.subarray(0, 60).filter((_, at) => at % 3 === 0)]).toEqual(Array(20).fill(0));
    result.rows.forEach((_, at) => expect(result.predicted.subarray(at * 3, at * 3 + 3).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9));
  });

  it('refuses a fold that shows one class', async () => {
    const table = tableOf(20, (row) => (row < 10 ? 'a' : 'b'));
    await expect(run(table, { kind: 'k-fold', k: 2 }, 'logistic')).rejects.toThrow('fold-too-small');
  });
});

describe('folds', () => {
  const table = tableOf(20, (row) => row);

  it('of time train on the past of the time column', () => {
    const folds = chooseFolds(table, all(20), { kind: 'time', k: 3, column: 't', gap: 1 });
    const time = (table.columns[1] as { values: Float64Array }).values;
    for (const { train, test } of folds) expect(Math.max(...train.map((row) => time[row]!))).toBeLessThan(Math.min(...test.map((row) => time[row]!)) - 1);
  });

  it('repeat by their seed', () => {
    const choice = { kind: 'k-fold', k: 4, seed: 6 } as const;
    expect(chooseFolds(table, all(20), choice)).toEqual(chooseFolds(table, all(20), choice));
    expect(chooseFolds(table, all(20), choice)).not.toEqual(chooseFolds(table, all(20), { ...choice, seed: 7 }));
  });

  it.each<[FoldChoice, number, string]>([
    [{ kind: 'k-fold', k: 1 }, 20, 'bad-folds'],
    [{ kind: 'k-fold', k: 5 }, 4, 'bad-folds'],
    [{ kind: 'k-fold', k: 2.5 }, 20, 'bad-folds'],
    [{ kind: 'time', k: 4, column: 't' }, 4, 'bad-folds'],
    [{ kind: 'time', k: 3, column: 't', gap: 9 }, 20, 'bad-folds'],
    [{ kind: 'group', k: 3, column: 'nowhere' }, 20, 'unknown-column'],
  ])('refuse %j of %i rows', (choice, n, code) => expect(() => chooseFolds(table, all(n), choice)).toThrow(code));

  it('refuse fewer groups than folds, and rows without time', () => {
    const flat: Table = { rows: 4, columns: [{ name: 'g', type: 'number', values: Float64Array.of(1, 1, 1, NaN) }] };
    expect(() => chooseFolds(flat, all(4), { kind: 'group', k: 3, column: 'g' })).toThrow('bad-folds');
    expect(() => chooseFolds(flat, all(4), { kind: 'time', k: 2, column: 'g' })).toThrow('missing-time');
  });
});
