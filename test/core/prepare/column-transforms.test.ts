import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRecipe } from '../../../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import { imputeFromNeighbours } from '../../../src/core/prepare/knn-imputer.js';
import type { PrepareChoices, Recipe } from '../../../src/core/prepare/recipe.js';
import { fitStandard } from '../../../src/core/prepare/scalers.js';
import { codedOutputs } from '../../../src/core/prepare/step-outputs.js';
import { trainingInputs } from '../../../src/core/prepare/training-inputs.js';
import { readTransform, readTransforms, transformPairs } from '../../../src/core/prepare/transform-spec.js';
import { unseenValues } from '../../../src/core/prepare/unseen-values.js';
import { createRandom } from '../../../src/core/random.js';
import { columnOf } from '../../../src/core/table/select.js';
import type { Column, Matrix, Table } from '../../../src/core/table/table.js';
import { failureOf, read } from '../table/csv-texts.js';

const plain: PrepareChoices = { target: 'y', drop: [], categorical: [], impute: 'none', encode: 'one-hot', scale: 'none', split: { kind: 'none' } };
const rowsOf = (table: Table): Int32Array => Int32Array.from({ length: table.rows }, (_, row) => row);
const fit = (table: Table, transforms: Record<string, string>, more: Partial<PrepareChoices> = {}, rows = rowsOf(table)) => fitRecipe(table, rows, { ...plain, transforms, ...more });
const linesOf = (m: Matrix): number[][] => Array.from({ length: m.rows }, (_, r) => [...m.data.subarray(r * m.columns, (r + 1) * m.columns)]);

interface Vector {
  readonly name: string;
  readonly input: { readonly train: never; readonly test: never };
  readonly expected: { readonly train_out: number[][]; readonly test_out: number[][]; readonly vocabulary?: string[] };
}
const vectors = (JSON.parse(readFileSync(new URL('../../vectors/preprocessing.json', import.meta.url), 'utf8')) as { cases: Vector[] }).cases;
const vectorOf = (name: string): Vector => vectors.find((one) => one.name === name)!;

function tableOf(rows: readonly (readonly (number | null)[])[]): Table {
  const columns: Column[] = rows[0]!.map((_, c) => ({ name: `c${c}`, type: 'number', values: Float64Array.from(rows, (row) => row[c] ?? NaN) }));
  return { rows: rows.length, columns: [...columns, { name: 'y', type: 'number', values: Float64Array.from(rows, (_, i) => i + 0.5) }] };
}

function expectNear(actual: Matrix, expected: readonly (readonly number[])[]): void {
  expect([actual.rows, actual.columns]).toEqual([expected.length, expected[0]!.length]);
  expected.flat().forEach((value, i) => expect(Math.abs(actual.data[i]! - value) / Math.max(1, Math.abs(value)), String(i)).toBeLessThan(1e-7));
}

describe('scikit-learn, by way of a recipe', () => {
  test.each([
    ['MinMaxScaler_minus1_1', 'range:-1:1'],
    ['MinMaxScaler_clip', 'range:0:1:clip'],
    ['MaxAbsScaler', 'max-abs'],
    ['StandardScaler', 'standard'],
    ['RobustScaler', 'robust'],
    ['PowerTransformer_yeo_johnson', 'power'],
    ['KBinsDiscretizer_quantile4_ordinal', 'bins:4:quantile:codes'],
    ['KBinsDiscretizer_uniform4_ordinal', 'bins:4:uniform:codes'],
    ['SimpleImputer_median', 'median'],
    ['SimpleImputer_most_frequent', 'most-frequent'],
  ])('%s is %s', (name, spec) => {
    const { input, expected } = vectorOf(name);
    const train = tableOf(input.train);
    const columns = train.columns.slice(0, -1).map((column) => column.name);
    const { recipe } = fit(train, Object.fromEntries(columns.map((column) => [column, spec])));
    expectNear(applyRecipe(recipe, train), expected.train_out);
    expectNear(applyRecipe(recipe, tableOf(input.test)), expected.test_out);
  });

  test('PolynomialFeatures_2, without its constant and in the order of columns, then products', () => {
    const { input, expected } = vectorOf('PolynomialFeatures_2');
    const train = tableOf(input.train);
    const names = train.columns.slice(0, -1).map(({ name }) => name);
    const { recipe } = fit(train, Object.fromEntries(names.map((name) => [name, 'poly'])));
    expectNear(applyRecipe(recipe, train), expected.train_out.map((row) => row.slice(1)));
    expectNear(applyRecipe(recipe, tableOf(input.test)), expected.test_out.map((row) => row.slice(1)));
    expect(recipe.outputs.slice(names.length, names.length + 2)).toEqual(['c0^2', 'c0 × c1']);
  });

  test('SimpleImputer_median_indicator, with a flag beside each column that is asked for', () => {
    const { input, expected } = vectorOf('SimpleImputer_median_indicator');
    const train = tableOf(input.train);
    const { recipe } = fit(train, Object.fromEntries(['c0', 'c1', 'c2', 'c3'].map((name) => [name, 'median+flag'])));
    const values = linesOf(applyRecipe(recipe, train)).map((row) => row.filter((_, i) => i % 2 === 0));
    const flags = linesOf(applyRecipe(recipe, train)).map((row) => row.filter((_, i) => i % 2 === 1));
    expect(values).toEqual(expected.train_out.map((row) => row.slice(0, 4)));
    const asked = expected.train_out[0]!.length - 4;
    const some = [0, 1, 2, 3].filter((column) => flags.some((row) => row[column] === 1));
    expect(some).toHaveLength(asked);
    expect(flags.map((row) => some.map((column) => row[column]!))).toEqual(expected.train_out.map((row) => row.slice(4)));
  });

  test.each([['TfidfVectorizer_default', 'tfidf:500'], ['CountVectorizer_default', 'count:500'], ['TfidfVectorizer_arabic', 'tfidf:500']])('%s', (name, spec) => {
    const { input, expected } = vectorOf(name);
    const textsOf = (texts: readonly string[]): Table => ({ rows: texts.length, columns: [{ name: 't', type: 'text', levels: texts, codes: Int32Array.from(texts.keys()) }, { name: 'y', type: 'number', values: Float64Array.from(texts, (_, i) => i + 0.5) }] });
    const { recipe } = fit(textsOf(input.train), { t: spec });
    expect(recipe.outputs).toEqual(expected.vocabulary!.map((term) => `t:${term}`));
    expectNear(applyRecipe(recipe, textsOf(input.train)), expected.train_out);
    expectNear(applyRecipe(recipe, textsOf(input.test)), expected.test_out);
  });

  test('target_encoding_m_estimate_10, and out of fold for the rows that a model learns from', () => {
    const { input, expected } = vectors.find(({ name }) => name === 'target_encoding_m_estimate_10') as unknown as { input: { category: string[]; y: number[] }; expected: { encoding: Record<string, number>; unknown: number } };
    const table = read(`c,y\n${input.category.map((c, i) => `${c},${input.y[i] === 1 ? 'yes' : 'no'}`).join('\n')}\n`).table;
    const { recipe } = fit(table, { c: 'target:10' });
    expectNear(applyRecipe(recipe, table), input.category.map((c) => [expected.encoding[c]!]));
    expectNear(applyRecipe(recipe, read('c\nnever\nNA\n').table), [[expected.unknown], [expected.unknown]]);
    const learned = trainingInputs(recipe, table, rowsOf(table));
    const meanWithout = (row: number): number => {
      const others = input.category.map((c, i) => ({ c, y: input.y[i]!, i })).filter(({ i }) => i % 5 !== row % 5);
      const mean = others.reduce((sum, { y }) => sum + y, 0) / others.length;
      const own = others.filter(({ c }) => c === input.category[row]);
      return own.length === 0 ? mean : (own.reduce((sum, { y }) => sum + y, 0) + 10 * mean) / (own.length + 10);
    };
    expectNear(learned, input.category.map((_, row) => [meanWithout(row)]));
  });
});

describe('by hand', () => {
  test('a date in parts, cyclic ones as a point on a circle', () => {
    const table = read('d,y\n2024-02-29,1.5\n2023-12-31,2\n2023-03-01,4\n').table;
    const { recipe, notes } = fit(table, { d: 'dates:year:month:weekday:day-of-year:cyclic-weekday' });
    expect(notes.map(({ code }) => code)).not.toContain('date-left-out');
    expect(recipe.outputs).toEqual(['d.year', 'd.month', 'd.weekday', 'd.day-of-year', 'd.weekday.sin', 'd.weekday.cos']);
    const circle = (turn: number): number[] => [Math.sin(2 * Math.PI * turn), Math.cos(2 * Math.PI * turn)];
    expect(linesOf(applyRecipe(recipe, table))).toEqual([[2024, 2, 4, 60, ...circle(3 / 7)], [2023, 12, 7, 365, ...circle(6 / 7)], [2023, 3, 3, 60, ...circle(2 / 7)]]);
    expect(linesOf(applyRecipe(recipe, read('d\nNA\n').table))[0]!.every(Number.isNaN)).toBe(true);
  });

  test('the time column becomes an input when it has parts, and else is none', () => {
    const table = read('t,x,y\n2001-01-01,1,1.5\n2001-02-02,5,2.5\n').table;
    expect(fit(table, { t: 'dates:month' }, { time: 't' }).recipe.outputs).toEqual(['t.month', 'x']);
    expect(fit(table, {}, { time: 't' }).recipe.outputs).toEqual(['x']);
  });

  test('bins as flags, named by their intervals; missing is in none', () => {
    const table = read('a,y\n0,1.5\n10,2\n20,4\n30,1\nNA,2\n').table;
    const { recipe } = fit(table, { a: 'bins:3:uniform' });
    expect(recipe.outputs).toEqual(['a=[0, 10)', 'a=[10, 20)', 'a=[20, 30]']);
    expect(linesOf(applyRecipe(recipe, read('a\n-5\n10\n99\nNA\n').table))).toEqual([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]);
  });

  test('k-means bins lie half-way between the groups', () => {
    const table = read(`a,y\n${[1, 1.2, 0.8, 5, 5.1, 4.9, 11, 10.9, 11.1].map((a, i) => `${a},${i + 0.5}`).join('\n')}\n`).table;
    const step = fit(table, { a: 'bins:3:kmeans' }).recipe.steps[0]!;
    expect(step.kind === 'bins' && step.edges.map((edge) => Number(edge.toFixed(6)))).toEqual([0.8, 3, 8, 11.1]);
  });

  test('interactions leave squares out, and components stand for their inputs', () => {
    const table = read('a,b,c,y\n1,2,3,1.5\n2,1,5,2.5\n4,0,1,3\n3,5,2,7\n').table;
    expect(fit(table, { a: 'interact', b: 'interact' }).recipe.outputs).toEqual(['a', 'b', 'c', 'a × b']);
    const { recipe } = fit(table, { a: 'pca:1', b: 'pca:1' }, { scale: 'standard' });
    expect(recipe.outputs).toEqual(['c', 'component 1 (a, b)']);
    const mix = recipe.mixes![0]!;
    // Two standardised columns have components along their diagonals.
    expect(mix.kind === 'components' && mix.components[0]!.map((weight) => Number(Math.abs(weight).toFixed(9)))).toEqual([0.707106781, 0.707106781]);
  });

  test('neighbours are found over all numbers, each in its own unit', () => {
    const table = read('a,b,c,y\n1,1000,1,1.5\n2,2000,NA,2\n100,1010,5,3\n101,2020,7,9\n').table;
    const { recipe, notes } = fit(table, { c: 'knn:1+flag' });
    expect(notes).toContainEqual({ code: 'filled-by-neighbours', column: 'c', count: 1, neighbours: 1 });
    expect(linesOf(applyRecipe(recipe, table)).map((row) => row.slice(2))).toEqual([[1, 0], [1, 1], [5, 0], [7, 0]]);
    expect(linesOf(applyRecipe(recipe, read('a,b,c\n99,2000,NA\n').table))[0]!.slice(2)).toEqual([7, 1]);
  });

  test('neighbours are those of KNNImputer on standardised columns', () => {
    const { input } = vectorOf('KNNImputer_3');
    const [train, later] = [tableOf(input.train), tableOf(input.test)];
    const names = train.columns.slice(0, -1).map(({ name }) => name);
    const { recipe } = fit(train, Object.fromEntries(names.map((name) => [name, 'knn:3'])));
    const valuesOf = (table: Table): Float64Array[] => names.map((name) => (columnOf(table, name) as { values: Float64Array }).values);
    const scalings = valuesOf(train).map(fitStandard);
    const scaled = (table: Table): Matrix => ({ rows: table.rows, columns: names.length, data: Float64Array.from({ length: table.rows * names.length }, (_, at) => (valuesOf(table)[at % names.length]![Math.floor(at / names.length)]! - scalings[at % names.length]!.offset) / scalings[at % names.length]!.divisor) });
    for (const table of [train, later]) {
      const expected = imputeFromNeighbours(scaled(train), scaled(table), 3);
      expectNear(applyRecipe(recipe, table), linesOf(expected).map((row) => row.map((value, c) => value * scalings[c]!.divisor + scalings[c]!.offset)));
    }
  });

  test('several classes give a target mean for each', () => {
    const table = read(`c,y\n${'u,A\nu,A\nu,B\nv,C\nv,C\nv,B'}\n`).table;
    const { recipe } = fit(table, { c: 'target:0' });
    expect(recipe.outputs).toEqual(['c→A', 'c→B', 'c→C']);
    expectNear(applyRecipe(recipe, read('c\nu\nv\n').table), [[2 / 3, 1 / 3, 0], [0, 1 / 3, 2 / 3]]);
  });

  test('codes of categories keep their place beside wider steps', () => {
    const table = read('w,a,v,y\nx,1,p,1.5\nz,2,q,2\nx,4,p,4\n').table;
    expect(codedOutputs(fit(table, { w: 'ordinal+flag', a: 'bins:2' }, { encode: 'ordinal' }).recipe)).toEqual([0, 4]);
  });
});

const CITY = ['Cairo', 'Oslo', 'Lima', 'Bern'];
const random = createRandom(11);
const line = (i: number): string => {
  const city = CITY[Math.floor(random() * 4)]!;
  const cell = (text: string): string => (random() < 0.08 ? 'NA' : text);
  return [cell((Math.exp(3 * random())).toFixed(3)), cell((20 + 60 * random()).toFixed(1)), cell(city), `20${10 + (i % 12)}-0${1 + (i % 9)}-1${i % 10}`, cell(`${city} ${random() < 0.5 ? 'good soup' : 'cold bread'} ${i % 7}x`), (random() * 9 - 4).toFixed(2), (random() * 3).toFixed(2), (random() * 3).toFixed(2), (10 * random()).toFixed(3)].join(',');
};
const wide = read(`income,age,city,when,notes,a,b,c,y\n${Array.from({ length: 160 }, (_, i) => line(i)).join('\n')}\n`).table;
const every = { income: 'median+flag+power', age: 'knn:3+bins:4', city: 'target', when: 'dates:year:cyclic', notes: 'tfidf:20', a: 'poly', b: 'poly', c: 'range:-1:1:clip' };

describe('every transform at once', () => {
  const rows = rowsOf(wide).slice(0, 120);
  const { recipe } = fit(wide, every, { scale: 'standard', impute: 'median' }, rows);

  test('what is learned comes from the training rows alone', () => {
    const changed: Table = {
      rows: wide.rows,
      columns: wide.columns.map((column): Column => {
        if (column.type !== 'text') return { ...column, values: column.values.map((value, row) => (row < 120 ? value : column.name === 'when' ? value * 0.7 : -7 * value - 1e6)) };
        return { ...column, levels: [...column.levels, 'Atlantis never seen'], codes: column.codes.map((code, row) => (row < 120 ? code : column.levels.length)) };
      }),
    };
    expect(fit(changed, every, { scale: 'standard', impute: 'median' }, rows).recipe).toEqual(recipe);
    const seen: Table = { rows: wide.rows, columns: wide.columns.map((column) => (column.name === 'income' && column.type !== 'text' ? { ...column, values: column.values.map((value, row) => (row === 5 ? value + 400 : value)) } : column)) };
    expect(fit(seen, every, { scale: 'standard', impute: 'median' }, rows).recipe).not.toEqual(recipe);
  });

  test('it survives JSON, row by row, with finite numbers for every row', () => {
    const read = JSON.parse(JSON.stringify(recipe)) as Recipe;
    const whole = applyRecipe(read, wide);
    expect(whole.columns).toBe(recipe.outputs.length);
    expect(new Set(recipe.outputs).size).toBe(recipe.outputs.length);
    expect(whole.data.every(Number.isFinite)).toBe(true);
    expect(whole).toEqual(applyRecipe(recipe, wide));
    for (const row of [0, 50, 159]) expect([...applyRecipe(read, wide, [row]).data]).toEqual(linesOf(whole)[row]);
  });

  test('an older recipe, without the new fields, is read as it was', () => {
    const old: Recipe = { version: 1, task: 'regression', target: 'y', steps: [{ kind: 'numeric', name: 'a', type: 'number', fill: 1, offset: 1, divisor: 2 }, { kind: 'one-hot', name: 'city', type: 'text', levels: ['Lima', 'Oslo'], fill: null }], outputs: ['a', 'city=Lima', 'city=Oslo'], fittedOn: 3 };
    expect(linesOf(applyRecipe(old, read('a,city\n5,Oslo\nNA,Rome\n').table))).toEqual([[2, 0, 1], [0, 0, 0]]);
  });

  test('what training never saw is counted, and still gets numbers', () => {
    const later = read('income,age,city,when,notes,a,b,c\n5,40,Rome,2012-01-01,zzz qqq,1,1,1\n5,40,Oslo,2012-01-01,good soup,1,1,1\n').table;
    expect(unseenValues(recipe, later)).toEqual({ city: 1, notes: 1 });
    expect(applyRecipe(recipe, later).data.every(Number.isFinite)).toBe(true);
    const boxed = fit(read('a,y\n1,1.5\n2,2\n8,4\n').table, { a: 'median+box-cox' }).recipe;
    const bad = read('a\n-1\n2\n').table;
    expect(unseenValues(boxed, bad)).toEqual({ a: 1 });
    const [unusable, median] = applyRecipe(boxed, bad).data;
    expect(unusable).toBe(median);
  });
});

describe('refusals', () => {
  const table = read('n,p,w,d,k,e,s,y\n1,-2,x,2001-01-01,7,NA,a 1,1.5\n3,4,z,2001-01-02,7,NA,b 2,2.5\n6,5,x,2001-01-05,7,NA,c 3,4\n').table;
  test.each<[string, Record<string, string>, Partial<PrepareChoices>, string, Record<string, unknown>]>([
    ['a column that is not there', { zz: 'power' }, {}, 'unknown-column', { column: 'zz' }],
    ['a word that is none', { n: 'sqrt' }, {}, 'transform-unknown', { column: 'n', transform: 'sqrt' }],
    ['nothing', { n: '' }, {}, 'transform-unknown', { column: 'n' }],
    ['two changes', { n: 'power+bins:3' }, {}, 'transform-twice', { column: 'n', first: 'power', second: 'bins:3' }],
    ['too few bins', { n: 'bins:1' }, {}, 'transform-option', { transform: 'bins', option: '1' }],
    ['an option that is too many', { n: 'standard:3' }, {}, 'transform-option', { transform: 'standard', option: '3' }],
    ['a method that is none', { n: 'power:log' }, {}, 'transform-option', { option: 'log', expected: 'yeo-johnson | box-cox' }],
    ['a range of nothing', { n: 'range:2:2' }, {}, 'bad-range', { column: 'n' }],
    ['a number of a word', { w: 'power' }, {}, 'transform-type', { column: 'w', transform: 'power', type: 'text' }],
    ['a mean of words', { w: 'mean' }, {}, 'transform-type', { column: 'w' }],
    ['neighbours of words', { w: 'knn' }, {}, 'transform-type', { column: 'w' }],
    ['terms of a number', { n: 'tfidf' }, {}, 'transform-type', { column: 'n' }],
    ['a date of a number', { n: 'dates' }, {}, 'transform-type', { column: 'n' }],
    ['a power of a date', { d: 'power' }, {}, 'transform-type', { column: 'd' }],
    ['a column that is left out', { n: 'power' }, { drop: ['n'] }, 'transform-unused', { column: 'n' }],
    ['the target', { y: 'power' }, {}, 'transform-unused', { column: 'y' }],
    ['Box-Cox of what is not positive', { p: 'box-cox' }, {}, 'not-positive', { column: 'p', value: -2 }],
    ['text without a word', { s: 'tfidf' }, {}, 'empty-vocabulary', { column: 's', texts: 3 }],
    ['interactions with nothing', { n: 'interact' }, {}, 'transform-alone', { column: 'n' }],
    ['more components than columns', { n: 'pca:2' }, {}, 'transform-option', { transform: 'pca', option: '2', expected: '1 … 1' }],
  ])('%s', (_name, transforms, more, code, data) => {
    const failure = failureOf(() => fit(table, transforms, more));
    expect(failure).toMatchObject({ code, data });
  });

  test('components of columns with holes, and too many products', () => {
    const holes = read('a,b,y\n1,2,1.5\nNA,3,2\n4,5,3\n').table;
    expect(failureOf(() => fit(holes, { a: 'keep+pca:1', b: 'pca:1' }))).toMatchObject({ code: 'transform-needs-values', data: { column: 'a' } });
    const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
    const many = read(`${names.join(',')},y\n${[1, 2, 3].map((row) => `${names.map((_, i) => row * i).join(',')},${row + 0.5}`).join('\n')}\n`).table;
    expect(failureOf(() => fit(many, Object.fromEntries(names.map((name) => [name, 'poly:4']))))).toMatchObject({ code: 'too-many-terms' });
  });

  test('a constant and an empty column are said and do no harm', () => {
    const { recipe, notes } = fit(table, { k: 'power', e: 'knn+bins:3', d: 'dates:year' });
    expect(notes.map(({ code, column }) => `${code} ${column}`)).toEqual(expect.arrayContaining(['constant-column k', 'all-missing-column e', 'constant-column d.year']));
    const k = recipe.outputs.indexOf('k');
    for (const row of linesOf(applyRecipe(recipe, table))) expect(row[k]).toBeCloseTo(0, 12);
    expect(recipe.steps.map(({ name }) => name)).not.toContain('e');
    expect(fit(table, { k: 'bins:4' }).recipe.outputs).toContain('k=7');
  });
});

test('pairs are read from the right, since a name may hold =', () => {
  expect(readTransforms(['a=b=power', ' city = target '])).toEqual({ 'a=b': 'power', city: 'target' });
  expect(transformPairs({ a: 'bins:5', b: 'power' })).toEqual(['a=bins:5', 'b=power']);
  for (const pair of ['power', '=power', 'a=']) expect(failureOf(() => readTransforms([pair]))).toMatchObject({ code: 'flag-value' });
  expect(readTransform('a', ' mean + flag+ bins:3:uniform:codes')).toEqual({ impute: 'mean', flag: true, change: { kind: 'bins', bins: 3, strategy: 'uniform', codes: true } });
  expect(columnOf(wide, 'when').type).toBe('date');
});
