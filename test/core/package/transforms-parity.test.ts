import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CellStep } from '../../../src/core/clean/clean-step.js';
import { applyFeatures } from '../../../src/core/features/apply-features.js';
import type { FeatureStep } from '../../../src/core/features/feature-step.js';
import { keepNeeded } from '../../../src/core/features/recipe-features.js';
import { exampleOf } from '../../../src/core/package/example-rows.js';
import { GraphBuilder } from '../../../src/core/package/onnx/graph-builder.js';
import { onnxFile } from '../../../src/core/package/onnx/model-file.js';
import { recipeNodes } from '../../../src/core/package/onnx/recipe-graph.js';
import { isExact } from '../../../src/core/package/plan/graph-inputs.js';
import { planRecipe } from '../../../src/core/package/plan/recipe-plan.js';
import { prepareScript } from '../../../src/core/package/scripts/prepare-script.js';
import { TERMS_SCRIPT } from '../../../src/core/package/scripts/terms-scripts.js';
import { applyRecipe } from '../../../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import type { PrepareChoices, Recipe } from '../../../src/core/prepare/recipe.js';
import { createRandom } from '../../../src/core/random.js';
import type { Column, Table } from '../../../src/core/table/table.js';
import { applyCleaning } from '../../../src/core/clean/apply-cleaning.js';
import { feedsOf, runOnnx } from './run-onnx.js';

const ROWS = 160;
const DAY = 86_400_000;
const random = createRandom(4);
const numbers = (name: string, of: (row: number) => number, hole = 9): Column => ({ name, type: 'number', values: Float64Array.from({ length: ROWS }, (_, row) => (row % hole === 3 ? NaN : of(row))) });
const words = (name: string, levels: readonly string[], hole = 11): Column => ({ name, type: 'text', levels, codes: Int32Array.from({ length: ROWS }, (_, row) => (row % hole === 5 ? -1 : Math.floor(random() * levels.length))) });
const TEXTS = ['The card was declined, twice!', 'Refund my order; the order is late', 'لا أستطيع الدخول إلى حسابي', 'card card refund', '???', 'ÉTÉ naïve İstanbul 42 a b'];

const table: Table = {
  rows: ROWS,
  columns: [
    numbers('loan', () => Math.round(random() * 5000) / 10),
    numbers('income', (row) => (row % 17 === 0 ? 0 : Math.round(random() * 1000) / 10)),
    numbers('score', () => Math.round((random() - 0.5) * 100) / 10),
    numbers('share', () => random() + 0.01, 200),
    { name: 'flagged', type: 'boolean', values: Float64Array.from({ length: ROWS }, (_, row) => (row % 13 === 1 ? NaN : row % 3 === 0 ? 1 : 0)) },
    { name: 'grade', type: 'integer', values: Float64Array.from({ length: ROWS }, (_, row) => (row % 10 === 7 ? NaN : row % 4)) },
    words('city', ['Jeddah', 'Oslo', 'N/A', 'Lima × Sur', 'x']),
    words('plan', ['basic', 'plus']),
    words('message', TEXTS),
    { name: 'when', type: 'date', values: Float64Array.from({ length: ROWS }, (_, row) => (row % 8 === 2 ? NaN : Date.UTC(1968, 1, 27) + Math.floor(random() * 30_000) * DAY + Math.floor(random() * 1440) * 60_000)) },
    { name: 'y', type: 'number', values: Float64Array.from({ length: ROWS }, () => random() * 10) },
  ],
};
const LEFT = ['loan', 'income', 'score', 'share', 'flagged', 'grade', 'city', 'plan', 'message', 'when'];
const clean: CellStep[] = [
  { do: 'missing', columns: ['city'], values: ['N/A'] },
  { do: 'replace', column: 'city', map: { x: 'Oslo' } },
  { do: 'limit', column: 'loan', high: 480, act: 'clip' },
];

/** A recipe fitted to the first hundred rows; only the columns of the transforms and features are inputs. */
function recipeOf(transforms: Record<string, string>, features: FeatureStep[] = [], more: Partial<PrepareChoices> = {}): Recipe {
  const train = Int32Array.from({ length: 100 }, (_, row) => row);
  const cleaned = applyCleaning(table, clean).table;
  const featured = applyFeatures(cleaned, features, train, 'y');
  const drop = LEFT.filter((name) => transforms[name] === undefined);
  const choices: PrepareChoices = { target: 'y', drop, categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' }, transforms, ...more };
  const { recipe } = fitRecipe(featured.table, train, choices);
  const kept = keepNeeded(featured.fitted, recipe.steps.map(({ name }) => name), cleaned, clean);
  return { ...recipe, clean, ...(kept ? { features: kept } : {}) };
}

/** All rows, those after the hundredth with numbers and words that no training row had. */
const held: Table = {
  rows: ROWS,
  columns: table.columns.map((column): Column => {
    if (column.type === 'text') return { ...column, levels: [...column.levels, 'never seen'], codes: column.codes.map((code, row) => (row > 130 && row % 3 === 0 ? column.levels.length : code)) };
    return { ...column, values: column.values.map((value, row) => (row > 130 && row % 3 === 0 && column.type !== 'boolean' && column.type !== 'date' ? value * 10 : value)) };
  }),
};

async function inGraph(recipe: Recipe): Promise<ArrayLike<number | string>> {
  const graph = new GraphBuilder();
  const x = graph.output(recipeNodes(graph, planRecipe(recipe), 'table'), 'x');
  const bytes = onnxFile(graph.finish('recipe', [{ name: x, type: 'double', dims: ['N', recipe.outputs.length] }]), '', {});
  const found = await runOnnx(bytes, feedsOf(recipe, held, Int32Array.from({ length: ROWS }, (_, row) => row)));
  return found[x]!.values;
}

const folder = mkdtempSync(join(tmpdir(), 'prepare-'));
writeFileSync(join(folder, 'prepare.mjs'), prepareScript(true));
writeFileSync(join(folder, 'terms.mjs'), TERMS_SCRIPT);

async function inScript(recipe: Recipe): Promise<number[]> {
  const { prepareRows } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'prepare.mjs')).href)) as { prepareRows: (recipe: unknown, rows: unknown) => number[][] };
  const { rows } = exampleOf({ recipe, model: { version: 1, kind: 'dummy', task: 'regression', classes: 0, hyperparameters: {}, seed: 0, state: { values: [1] } }, threshold: 0.5, example: { table: held, rows: Int32Array.from({ length: ROWS }, (_, row) => row) } });
  return prepareRows(JSON.parse(JSON.stringify({ plan: planRecipe(recipe) })), JSON.parse(JSON.stringify(rows))).flat();
}

async function compare(recipe: Recipe): Promise<void> {
  const ours = applyRecipe(recipe, held);
  // Where nothing is cut or looked up, numbers come in as floats.
  const near = isExact(planRecipe(recipe)) ? 1e-9 : 1e-7;
  for (const [way, theirs] of [['graph', await inGraph(recipe)], ['script', await inScript(recipe)]] as const) {
    expect(theirs).toHaveLength(ours.data.length);
    const wrong = Array.from(ours.data.keys()).flatMap((at) => {
      const [own, other] = [ours.data[at]!, Number(theirs[at])];
      const same = Number.isNaN(own) ? Number.isNaN(other) : Math.abs(own - other) <= near * Math.max(1, Math.abs(own));
      return same ? [] : [{ way, row: Math.floor(at / ours.columns), column: recipe.outputs[at % ours.columns], own, other }];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  }
}

const formula = (name: string, text: string): FeatureStep => ({ do: 'formula', name, formula: text });

describe('what columns become, in ONNX Runtime and in plain JavaScript', () => {
  it.each<[string, Record<string, string>]>([
    ['scaling to a range, cut', { loan: 'range:0:1:clip', score: 'range:-1:2', income: 'max-abs', share: 'robust' }],
    ['powers and flags', { loan: 'median+flag+power', share: 'box-cox', score: 'power+keep', income: 'mean+power' }],
    ['bins', { loan: 'bins:4', income: 'bins:3:uniform', score: 'bins:5:kmeans:codes+keep', share: 'bins:2+flag' }],
    ['neighbours', { loan: 'knn:3+power', income: 'knn:5+flag', score: 'knn:1+bins:3', share: 'plain', grade: 'knn:2' }],
    ['categories', { city: 'one-hot+flag', plan: 'ordinal+keep', grade: 'target:5', flagged: 'one-hot+flag' }],
    ['means of the target', { city: 'target', plan: 'target+flag', flagged: 'target:0' }],
    ['dates', { when: 'dates:year:month:day:weekday:day-of-year:hour:days:cyclic-month:cyclic:cyclic-hour+flag' }],
    ['dates with holes', { when: 'dates+keep', loan: 'plain' }],
    ['words by weight', { message: 'tfidf:30+flag', plan: 'one-hot' }],
    ['words by count', { message: 'count:7', loan: 'standard' }],
    ['products', { loan: 'poly:3', income: 'poly:3', score: 'interact', share: 'interact' }],
    ['components', { loan: 'pca:2', income: 'pca:2', score: 'pca:2', plan: 'one-hot', grade: 'bins:2' }],
  ])('%s', async (_, transforms) => compare(recipeOf(transforms)));

  it('means of several classes', async () => {
    await compare(recipeOf({ plan: 'target', loan: 'standard' }, [], { target: 'city', drop: LEFT.filter((name) => !['city', 'loan', 'plan'].includes(name)).concat('y') }));
  });
});

describe('columns that are made', () => {
  const ALL: FeatureStep[] = [
    formula('ratio', 'loan / income'),
    formula('logic', 'if(loan > 200 and not flagged or income = 0, 1, if(score <= 0 or missing(income), 2, 3))'),
    formula('maths', 'round(log1p(abs(score)) + sqrt(share) ^ 2 - mod(loan, 7), 2) + sign(score) * min(loan, income, 50) + max(score, 0) + sin(loan) + cos(loan) + floor(score) + ceil(score) + log10(share) - exp(-share) + round(score)'),
    formula('open', 'flagged and loan > 100'),
    formula('older', 'when - 10000'),
    formula('home', "if(city = 'Oslo', 1, 0) + number_of"),
    formula('level', "if(loan > 200, 'high', fill(city, 'none'))"),
    formula('other', "city != 'Oslo' and not missing(plan)"),
    formula('always', '2 * 3'),
    { do: 'combine', name: 'gap', of: ['loan', 'income'], how: 'difference' },
    { do: 'combine', name: 'both', of: ['city', 'plan'], how: 'cross' },
    { do: 'combine', name: 'mixed', of: ['flagged', 'grade'], how: 'cross' },
    { do: 'date', column: 'when', parts: ['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour', 'weekend', 'month-sin', 'month-cos', 'weekday-sin', 'weekday-cos', 'day-of-year-sin', 'day-of-year-cos', 'hour-sin', 'hour-cos', 'days-since'], since: '1999-05-05' },
    { do: 'group', name: 'mean of city', column: 'loan', by: 'city', how: 'mean' },
    { do: 'group', name: 'count of grade', column: 'loan', by: 'grade', how: 'count' },
    { do: 'group', name: 'median of pair', column: 'loan', by: 'both', how: 'median' },
  ];
  const steps = ALL.map((step) => (step.do === 'formula' && step.name === 'home' ? formula('home', "if(city = 'Oslo', 1, 0) + grade") : step));

  it('are made of the row as the lab makes them', async () => compare(recipeOf({}, steps)));

  it('go through transforms of their own', async () => {
    await compare(recipeOf({ ratio: 'knn:3+flag', gap: 'power', both: 'target', level: 'ordinal', mixed: 'one-hot+flag', when_month: 'bins:3', maths: 'pca:1', loan: 'pca:1', income: 'plain' }, steps));
  });

  it('that look back stay in the lab, and are named', () => {
    const recipe = recipeOf({ before: 'plain', loan: 'plain' }, [{ do: 'lag', name: 'before', column: 'loan', time: 'when', rows: 1 }]);
    expect(() => planRecipe(recipe)).toThrow(expect.objectContaining({ code: 'export-history', data: { column: 'before', time: 'when' } }));
  });

  it('that read single letters of words leave as JavaScript, and are refused by name for a graph', async () => {
    const recipe = recipeOf({}, [formula('letters', "length(city) + if(contains(lower(city), 'o'), 1, 0) + if(starts(city, 'J'), 1, 0) + fill(number(trim(upper(city))), 7)")]);
    const ours = applyRecipe(recipe, held).data;
    (await inScript(recipe)).forEach((value, at) => expect(value).toBeCloseTo(ours[at]!, 9));
    await expect(inGraph(recipe)).rejects.toMatchObject({ code: 'export-step', data: { step: 'length', column: 'letters' } });
  });
});
