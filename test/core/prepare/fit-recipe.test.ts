import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRecipe, labelledRows, targetValues } from '../../../src/core/prepare/apply-recipe.js';
import { type FittedRecipe, fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import { correlationOf } from '../../../src/core/prepare/leak.js';
import type { PrepareChoices } from '../../../src/core/prepare/recipe.js';
import { splitRows } from '../../../src/core/prepare/split.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import { selectRows } from '../../../src/core/table/select.js';
import type { Matrix, Table } from '../../../src/core/table/table.js';
import { failureOf, read } from '../table/csv-texts.js';

const plain: PrepareChoices = { target: 'y', drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' } };
const rowsOf = (table: Table): Int32Array => Int32Array.from({ length: table.rows }, (_, i) => i);
const fit = (table: Table, choices: Partial<PrepareChoices> = {}, rows = rowsOf(table)): FittedRecipe => fitRecipe(table, rows, { ...plain, ...choices });
const linesOf = (m: Matrix): number[][] => Array.from({ length: m.rows }, (_, r) => [...m.data.subarray(r * m.columns, (r + 1) * m.columns)]);

const small = read('n,w,b,y\n1,x,true,1.5\n3,z,false,2.5\nNA,x,true,3.25\n5,NA,NA,4\n').table;

describe('a small recipe, by hand', () => {
  test('impute the median, then scale; categories in order; missing ones take the most frequent', () => {
    const { recipe, notes } = fit(small);
    expect(recipe.outputs).toEqual(['n', 'w=x', 'w=z', 'b=false', 'b=true']);
    expect([recipe.version, recipe.task, recipe.fittedOn, recipe.classes]).toEqual([1, 'regression', 4, undefined]);
    // 1 3 3 5: mean 3, population standard deviation sqrt(2)
    const s = Math.SQRT2;
    expect(linesOf(applyRecipe(recipe, small))).toEqual([[-2 / s, 1, 0, 0, 1], [0, 0, 1, 1, 0], [0, 1, 0, 0, 1], [2 / s, 1, 0, 0, 1]]);
    expect(notes).toEqual([
      { code: 'imputed', column: 'n', count: 1, value: '3' },
      { code: 'imputed', column: 'w', count: 1, value: 'x' },
      { code: 'imputed', column: 'b', count: 1, value: 'true' },
    ]);
  });

  test.each([
    ['min-max', [0, 0.5, 0.5, 1]],
    ['robust', [-2, 0, 0, 2]],
    ['none', [1, 3, 3, 5]],
  ] as const)('scaled %s', (scale, expected) => {
    // Quartiles of 1 3 3 5 are 2.5 and 3.5.
    expect(linesOf(applyRecipe(fit(small, { scale, drop: ['w', 'b'] }).recipe, small)).flat()).toEqual(expected);
  });

  test('without imputing, what is missing stays NaN, or unknown, and is said', () => {
    const { recipe, notes } = fit(small, { impute: 'none', scale: 'none' });
    expect(linesOf(applyRecipe(recipe, small))).toEqual([[1, 1, 0, 0, 1], [3, 0, 1, 1, 0], [NaN, 1, 0, 0, 1], [5, 0, 0, 0, 0]]);
    expect(notes.map((note) => note.code)).toEqual(['missing-kept', 'missing-kept', 'missing-kept']);
  });

  test('unknown levels are all zeros, or -1', () => {
    const later = read('n,w,b\n1,new,true\n').table;
    expect([...applyRecipe(fit(small, { scale: 'none' }).recipe, later).data]).toEqual([1, 0, 0, 0, 1]);
    expect([...applyRecipe(fit(small, { scale: 'none', encode: 'ordinal' }).recipe, later).data]).toEqual([1, -1, 1]);
  });

  test('numeric columns can be categories, sorted as numbers', () => {
    const table = read('m,y\n10,1.5\n9,2\n10,3\n1,4\n').table;
    const { recipe } = fit(table, { categorical: ['m'] });
    expect(recipe.outputs).toEqual(['m=1', 'm=9', 'm=10']);
    expect(linesOf(applyRecipe(recipe, read('m\n9.0\n11\n').table))).toEqual([[0, 1, 0], [0, 0, 0]]);
    expect(linesOf(applyRecipe(recipe, read('m,t\n10,a\nx,b\n9.0,c\n').table))).toEqual([[0, 0, 1], [0, 0, 0], [0, 1, 0]]);
  });

  test('only training rows are learned from', () => {
    const { recipe } = fit(small, {}, Int32Array.of(0, 1));
    expect(recipe.steps[0]).toMatchObject({ fill: 2, offset: 2, divisor: 1 });
    const moved = { ...small, columns: small.columns.map((c) => (c.name === 'n' && c.type !== 'text' ? { ...c, values: Float64Array.of(1, 3, 999, -999) } : c)) };
    expect(fit(moved, {}, Int32Array.of(0, 1)).recipe).toEqual(recipe);
  });

  test('chosen rows come in their order, and equal those of the whole', () => {
    const { recipe } = fit(small);
    const whole = linesOf(applyRecipe(recipe, small));
    expect(linesOf(applyRecipe(recipe, small, [3, 0]))).toEqual([whole[3], whole[0]]);
    expect(applyRecipe(recipe, selectRows(small, [3, 0]))).toEqual(applyRecipe(recipe, small, Int32Array.of(3, 0)));
  });

  test('a recipe survives JSON', () => {
    const { recipe } = fit(small);
    expect(applyRecipe(JSON.parse(JSON.stringify(recipe)) as typeof recipe, small)).toEqual(applyRecipe(recipe, small));
  });

  test('an input that a table lacks is named', () => {
    expect(failureOf(() => applyRecipe(fit(small).recipe, read('n,b\n1,true\n').table))).toMatchObject({ code: 'unknown-column', data: { column: 'w' } });
  });
});

describe('the task', () => {
  test.each([
    ['words', 'no,yes,no,yes,yes', 'binary', ['no', 'yes'], [0, 1, 0, 1, 1]],
    ['three words', 'c,a,b,a,b', 'multiclass', ['a', 'b', 'c'], [2, 0, 1, 0, 1]],
    ['booleans', 'true,false,true,true,false', 'binary', ['false', 'true'], [1, 0, 1, 1, 0]],
    ['two whole numbers', '2,1,2,2,1', 'binary', ['1', '2'], [1, 0, 1, 1, 0]],
    ['three whole numbers', '2,1,3,2,1', 'regression', undefined, [2, 1, 3, 2, 1]],
    ['two fractions', '0.5,1.5,0.5,1.5,1.5', 'regression', undefined, [0.5, 1.5, 0.5, 1.5, 1.5]],
    ['a missing one', 'no,yes,NA,yes,no', 'binary', ['no', 'yes'], [0, 1, NaN, 1, 0]],
  ])('%s', (_, cells, task, classes, values) => {
    const table = read(`x,y\n${cells.split(',').map((y, i) => `${(i * 7) % 5},${y}`).join('\n')}\n`).table;
    const { recipe } = fit(table);
    expect([recipe.task, recipe.classes]).toEqual([task, classes]);
    expect([...targetValues(recipe, table)]).toEqual(values);
    expect([...targetValues(recipe, table, [4, 0])]).toEqual([values[4], values[0]]);
  });

  test('rows without a label are not fitted on, and are said', () => {
    const table = read('x,y\n1,1.5\n100,NA\n3,2.5\n').table;
    const { recipe, notes } = fit(table);
    expect([recipe.fittedOn, recipe.steps[0]]).toMatchObject([2, { offset: 2 }]);
    expect(notes).toContainEqual({ code: 'unlabelled-rows', column: 'y', count: 1 });
    expect([...labelledRows(table, 'y', [2, 1, 0])]).toEqual([2, 0]);
  });

  test('a class that training did not see has no code, and its rows can be left out', () => {
    const table = read('x,y\n1,a\n2,b\n3,c\n').table;
    const { recipe } = fit(table, {}, Int32Array.of(0, 1));
    expect([...targetValues(recipe, table)]).toEqual([0, 1, NaN]);
    expect([...labelledRows(table, 'y', rowsOf(table), recipe)]).toEqual([0, 1]);
  });
});

describe('notes', () => {
  test('constant, wholly missing and date columns', () => {
    const table = read('c,k,m,d,x,y\n7,a,NA,2001-01-01,1,1.5\n7,a,,2001-01-02,2,2.5\n7,a,?,2001-01-03,9,2\n').table;
    const { recipe, notes } = fit(table);
    expect(recipe.outputs).toEqual(['c', 'k=a', 'x']);
    expect(notes).toEqual([
      { code: 'date-left-out', column: 'd' },
      { code: 'constant-column', column: 'c', value: '7' },
      { code: 'constant-column', column: 'k', value: 'a' },
      { code: 'all-missing-column', column: 'm' },
    ]);
    expect(linesOf(applyRecipe(recipe, table)).map(([c]) => c)).toEqual([0, 0, 0]);
  });

  test('the time column is no feature and no note', () => {
    const table = read('t,x,y\n2001-01-01,1,1.5\n2001-01-02,5,2.5\n').table;
    expect(fit(table, { time: 't' })).toMatchObject({ recipe: { outputs: ['x'] }, notes: [] });
  });

  test('of more than 50 levels the most frequent stay', () => {
    const words = Array.from({ length: 60 }, (_, i) => [`w${String(i).padStart(2, '0')}`, i < 55 ? 2 : 1] as const);
    const lines = words.flatMap(([word, count]) => new Array<string>(count).fill(word));
    const table = read(`w,y\n${lines.map((word, i) => `${word},${(i * 31) % 17}`).join('\n')}\n`).table;
    const { recipe, notes } = fit(table);
    expect(recipe.outputs).toEqual(words.slice(0, 50).map(([word]) => `w=${word}`));
    expect(notes).toContainEqual({ code: 'high-cardinality', column: 'w', levels: 60, kept: 50 });
    expect(fit(table, { encode: 'ordinal' }).recipe.steps[0]).toMatchObject({ levels: { length: 60 } });
  });

  const noise = (i: number): number => ((i * 7919) % 101) / 101;
  const hundred = Array.from({ length: 200 }, (_, i) => i);
  test.each([
    ['a copy in other units', 'y,a\n', (i: number) => `${noise(i)},${noise(i) * 1.8 + 32}`, [['a', 'correlation']]],
    ['a threshold of the target', 'y,a\n', (i: number) => `${noise(i) > 0.7 ? 'hi' : 'lo'},${noise(i)}`, [['a', 'auc']]],
    ['its class by another name', 'y,a\n', (i: number) => `${noise(i) > 0.7 ? 'hi' : 'lo'},${noise(i) > 0.7 ? 'B' : 'A'}`, [['a', 'purity']]],
    ['a mere hint', 'y,a\n', (i: number) => `${noise(i)},${noise(i) + noise(i * 13 + 5)}`, []],
    ['a name for each row is pure by chance', 'y,a\n', (i: number) => `${noise(i) > 0.5 ? 'hi' : 'lo'},id${i}`, []],
    ['a class of 99.5 % is no leak', 'y,a\n', (i: number) => `${i === 7 ? 'hi' : 'lo'},${i % 2 ? 'A' : 'B'}`, []],
  ])('suspects %s', (_, header, line, expected) => {
    const { notes } = fit(read(header + hundred.map(line).join('\n')).table);
    const leaks = notes.flatMap((note) => (note.code === 'suspect-leak' ? [[note.column, note.measure]] : []));
    expect(leaks).toEqual(expected);
  });

  test('Pearson as in the vectors', () => {
    const { cases } = JSON.parse(readFileSync(new URL('../../vectors/preprocessing.json', import.meta.url), 'utf8')) as {
      cases: { name: string; input: { X: number[][] }; expected: { pearson: number[][] } }[];
    };
    const { input, expected } = cases.find(({ name }) => name === 'correlations') as (typeof cases)[number];
    const columns = [0, 1, 2].map((c) => Float64Array.from(input.X, (row) => row[c] as number)) as [Float64Array, Float64Array, Float64Array];
    expect(correlationOf(columns[0], columns[1])).toBeCloseTo(expected.pearson[0]?.[1] as number, 12);
    expect(correlationOf(columns[1], columns[2])).toBeCloseTo(expected.pearson[1]?.[2] as number, 12);
  });
});

describe('refusals', () => {
  const table = read('x,t,y,one,none\n1,2001-01-01,a,k,\n2,2001-01-02,b,k,NA\n').table;
  test.each<[string, Partial<PrepareChoices>, Record<string, unknown>]>([
    ['a target that is not there', { target: 'z' }, { code: 'target-missing', data: { column: 'z', known: ['x', 't', 'y', 'one', 'none'] } }],
    ['a date as target', { target: 't' }, { code: 'target-is-date', data: { column: 't' } }],
    ['one class', { target: 'one' }, { code: 'one-class', data: { column: 'one', value: 'k' } }],
    ['a target without labels', { target: 'none' }, { code: 'no-rows', data: { column: 'none' } }],
    ['no features', { drop: ['x', 'one', 'none'], time: 't' }, { code: 'no-features', data: { target: 'y' } }],
  ])('%s', (_, choices, expected) => {
    expect(failureOf(() => fit(table, choices))).toEqual(expected);
  });

  test.each([[{ drop: ['zz'] }], [{ categorical: ['zz'] }], [{ time: 'zz' }]])('an unknown column in %j', (choices) => {
    expect(failureOf(() => fit(table, choices))).toMatchObject({ code: 'unknown-column', data: { column: 'zz' } });
  });

  test('no rows', () => {
    expect(failureOf(() => fit(table, {}, new Int32Array(0))).code).toBe('no-rows');
  });

  test('more than a hundred classes', () => {
    const names = read(`x,y\n${Array.from({ length: 101 }, (_, i) => `${i},n${i}`).join('\n')}\n`).table;
    expect(failureOf(() => fit(names))).toEqual({ code: 'too-many-classes', data: { column: 'y', classes: 101, limit: 100 } });
  });
});

test('Chicago: each numeric input has mean 0 and deviation 1 on the training rows, and the future does not touch it', () => {
  const { table } = parseCsv(readFileSync(new URL('../../../public/data/chicago_ridership.csv', import.meta.url)));
  const choices: PrepareChoices = { ...plain, target: 'ridership', time: 'date', drop: ['busy', 'year'], categorical: ['month', 'weekday'], split: { kind: 'time', testFrom: '2005-01-01' } };
  const { train } = splitRows(table, choices.split, 'ridership', 'date');
  const { recipe, notes } = fitRecipe(table, train, choices);
  expect([train.length, recipe.outputs.length, notes]).toEqual([1440, 34 + 12 + 7, []]);
  const { data, columns } = applyRecipe(recipe, table, train);
  recipe.outputs.forEach((name, c) => {
    const column = Float64Array.from(train, (_, r) => data[r * columns + c] as number);
    const mean = column.reduce((a, b) => a + b) / column.length;
    if (name.includes('=')) return expect(column.every((x) => x === 0 || x === 1)).toBe(true);
    expect(Math.abs(mean), name).toBeLessThan(1e-12);
    return expect(column.reduce((sum, x) => sum + x * x, 0) / column.length, name).toBeCloseTo(1, 10);
  });
  expect(fitRecipe(table, train, { ...choices, target: 'busy', drop: ['year'] }).notes).toEqual([{ code: 'suspect-leak', column: 'ridership', measure: 'auc', score: 1 }]);
});
