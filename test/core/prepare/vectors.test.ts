import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRecipe } from '../../../src/core/prepare/apply-recipe.js';
import { countLevels } from '../../../src/core/prepare/encoders.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import { type Fold, groupFolds, kFolds, stratifiedFolds, timeSeriesFolds } from '../../../src/core/prepare/folds.js';
import { meanOf, medianOf, mostFrequentOf } from '../../../src/core/prepare/imputers.js';
import type { PrepareChoices } from '../../../src/core/prepare/recipe.js';
import { type Scaling, fitMinMax, fitRobust, fitStandard } from '../../../src/core/prepare/scalers.js';
import { quantileOfSorted } from '../../../src/core/table/quantile.js';
import type { Column, Table } from '../../../src/core/table/table.js';
import { read } from '../table/csv-texts.js';

interface VectorCase {
  readonly name: string;
  readonly kind?: string;
  readonly input: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
}

const casesOf = (file: string): VectorCase[] =>
  (JSON.parse(readFileSync(new URL(`../../vectors/${file}`, import.meta.url), 'utf8')) as { cases: VectorCase[] }).cases;

const preprocessing = new Map(casesOf('preprocessing.json').map((vector) => [vector.name, vector]));
const caseOf = (name: string): VectorCase => preprocessing.get(name) as VectorCase;
const columnsOf = (rows: (number | null)[][]): Float64Array[] =>
  (rows[0] as number[]).map((_, c) => Float64Array.from(rows, (row) => row[c] ?? NaN));
const scale = (x: number, { offset, divisor }: Scaling): number => (x - offset) / divisor;

/** Equal to 1e-9 of the larger of 1 and the expected value. */
function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - (expected[i] as number)) / Math.max(1, Math.abs(expected[i] as number))).toBeLessThan(1e-9));
}

describe('scikit-learn scalers', () => {
  test.each([['StandardScaler', fitStandard], ['MinMaxScaler', fitMinMax], ['RobustScaler', fitRobust]] as const)('%s', (name, fit) => {
    const { input, expected } = caseOf(name);
    const scalings = columnsOf(input['train'] as number[][]).map(fit);
    for (const part of ['train', 'test']) {
      const out = (input[part] as number[][]).flatMap((row) => row.map((x, c) => scale(x, scalings[c] as Scaling)));
      expectNear(out, (expected[`${part}_out`] as number[][]).flat());
    }
    expect(scalings.map(({ constant }) => constant)).toEqual([false, false, true, false]);
  });

  test('what is learned from training rows, not from all', () => {
    const { input, expected } = caseOf('standard_scaler_leakage_demo');
    const [train, rest] = ['train', 'test'].map((part) => columnsOf(input[part] as number[][])[0] as Float64Array) as [Float64Array, Float64Array];
    const flat = (key: string): number[] => (expected[key] as number[][]).flat();
    expectNear([...rest].map((x) => scale(x, fitStandard(train))), flat('correct'));
    expectNear([...rest].map((x) => scale(x, fitStandard(Float64Array.of(...train, ...rest)))), flat('leaky'));
  });

  test('a large constant column is constant in spite of rounding', () => {
    expect(fitStandard(new Float64Array(1000).fill(1e9 + 0.1)).divisor).toBe(1);
  });
});

test.each([['mean', meanOf], ['median', medianOf], ['most_frequent', mostFrequentOf]] as const)('scikit-learn SimpleImputer %s', (kind, fit) => {
  const { input, expected } = caseOf(`SimpleImputer_${kind}`);
  expectNear(columnsOf(input['train'] as number[][]).map(fit), expected['fitted'] as number[]);
});

test('numpy quantiles of type 7', () => {
  const { input, expected } = caseOf('outliers_and_quantiles');
  const sorted = Float64Array.from(input['x'] as number[]).sort();
  const quantiles = Object.entries(expected['quantiles_linear_type7'] as Record<string, number>);
  expectNear(quantiles.map(([share]) => quantileOfSorted(sorted, Number(share))), quantiles.map(([, value]) => value));
});

describe('scikit-learn encoders, by way of a recipe', () => {
  const tableOf = (rows: string[][]): Table => read(`c1,c2,y\n${rows.map((row, i) => `${row.join(',')},${i + 0.5}`).join('\n')}\n`).table;
  const choices: PrepareChoices = { target: 'y', drop: [], categorical: [], impute: 'none', encode: 'one-hot', scale: 'none', split: { kind: 'none' } };

  test.each([['OneHotEncoder_ignore', 'one-hot'], ['OrdinalEncoder_unknown_minus1', 'ordinal']] as const)('%s', (name, encode) => {
    const { input, expected } = caseOf(name);
    const train = tableOf(input['train'] as string[][]);
    const { recipe } = fitRecipe(train, Int32Array.from({ length: train.rows }, (_, i) => i), { ...choices, encode });
    const fitted = expected['fitted'] as { categories_: string[][]; feature_names: string[] };
    expect(recipe.steps.map((step) => ('levels' in step ? step.levels : []))).toEqual(fitted.categories_);
    expect(recipe.outputs.map((output) => output.replace('=', '_'))).toEqual(fitted.feature_names);
    for (const part of ['train', 'test']) {
      expect([...applyRecipe(recipe, tableOf(input[part] as string[][])).data]).toEqual((expected[`${part}_out`] as number[][]).flat());
    }
  });

  test('levels sort as in Python: numbers ascending, words by code point', () => {
    const numbers: Column = { name: 'n', type: 'number', values: Float64Array.of(10, 9, -1, 2.5, -0, 0) };
    expect(countLevels(numbers, [0, 1, 2, 3, 4, 5]).map(({ level }) => level)).toEqual(['-1', '0', '2.5', '9', '10']);
    // sorted(['b', 'Z', 'a', '\uffee', '😀', 'ab', 'é']) in Python
    const levels = ['b', 'Z', 'a', '\uffee', '😀', 'ab', 'é'];
    const words: Column = { name: 'w', type: 'text', levels, codes: Int32Array.from(levels.keys()) };
    expect(countLevels(words, Int32Array.from(levels.keys())).map(({ level }) => level)).toEqual(['Z', 'a', 'ab', 'b', 'é', '\uffee', '😀']);
  });
});

describe('scikit-learn folds', () => {
  interface FoldInput {
    readonly n: number;
    readonly k: number;
    readonly gap: number;
    readonly y: number[];
    readonly groups: number[];
  }
  const known: Record<string, (input: FoldInput) => Fold[]> = {
    'KFold(shuffle=False)': ({ n, k }) => kFolds(n, k),
    'StratifiedKFold(shuffle=False)': ({ y, k }) => stratifiedFolds(y, k),
    TimeSeriesSplit: ({ n, k, gap }) => timeSeriesFolds(n, k, gap),
    GroupKFold: ({ groups, k }) => groupFolds(groups, k),
  };
  const vectors = casesOf('cross_validation.json').filter(({ kind }) => kind !== undefined && kind in known);

  test('there are vectors of each kind', () => {
    expect(new Set(vectors.map(({ kind }) => kind)).size).toBe(4);
    expect(vectors.length).toBeGreaterThanOrEqual(12);
  });

  test.each(vectors)('$name', ({ kind, input, expected }) => {
    const folds = known[kind as string]?.(input as unknown as FoldInput) ?? [];
    const wanted = (expected['folds'] as { train?: number[]; test: number[] }[] | undefined) ?? (expected['test_indices'] as number[][]).map((rows) => ({ test: rows }));
    expect(folds.map((fold) => [...fold.test])).toEqual(wanted.map((fold) => fold.test));
    folds.forEach((fold, i) => {
      const train = wanted[i] && 'train' in wanted[i] ? wanted[i].train : undefined;
      if (train) expect([...fold.train]).toEqual(train);
      expect(fold.train.some((row) => fold.test.includes(row))).toBe(false);
    });
  });
});
