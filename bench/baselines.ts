import { readFileSync } from 'node:fs';
import { evaluateModel } from '../src/core/evaluate/metric-names.js';
import { applyRecipe, targetValues } from '../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../src/core/prepare/fit-recipe.js';
import type { PrepareChoices } from '../src/core/prepare/recipe.js';
import { parseCsv } from '../src/core/table/csv-parser.js';
import { columnOf } from '../src/core/table/select.js';
import type { Column, NumericColumn, Table } from '../src/core/table/table.js';
import { fitModel, settingsOf } from '../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../src/core/train/model.js';
import type { Bench, Figure } from './figure.js';

interface ReferenceSet {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly metric: 'accuracy' | 'roc_auc' | 'rmse';
  readonly numeric: readonly string[];
  readonly categorical: readonly string[];
  readonly split: { readonly test?: readonly number[]; readonly testFrom?: string };
  readonly scores: Readonly<Record<string, number>>;
}

/** Names of the metrics in the lab. */
const METRICS = { accuracy: 'accuracy', roc_auc: 'auc', rmse: 'rmse' } as const;
const SETTINGS: Readonly<Record<string, Record<string, number>>> = { linear: { l2: 0 }, 'decision-tree': { maxDepth: 5 } };
const SCALED = new Set(['linear', 'logistic', 'k-nearest', 'naive-bayes']);

/** How far a score may lie behind the reference and still be noise: of few test rows three points, of many half of that; 6 % of an RMSE. */
const noiseOf = ({ metric, scores }: ReferenceSet, model: string, rows: number): number => (metric === 'rmse' ? 0.06 * scores[model]! : rows < 1000 ? 0.03 : 0.015);

function readTable({ file }: ReferenceSet): Table {
  const { table } = parseCsv(readFileSync(`public/data/${file}`));
  const month = table.columns.some(({ name }) => name === 'month') ? [] : table.columns.filter(({ name }) => name === 'date').map(monthOf);
  return { ...table, columns: [...table.columns, ...month] };
}

const monthOf = (date: Column): Column => ({ name: 'month', type: 'integer', values: (date as NumericColumn).values.map((time) => new Date(time).getUTCMonth() + 1) });

/** Words that are missing as a level of their own. */
function withMissingLevel(table: Table): Table {
  const columns = table.columns.map((column): Column => {
    if (column.type !== 'text' || !column.codes.includes(-1)) return column;
    return { ...column, levels: [...column.levels, 'missing'], codes: column.codes.map((code) => (code < 0 ? column.levels.length : code)) };
  });
  return { ...table, columns };
}

function divide(table: Table, { split }: ReferenceSet): { train: Int32Array; test: Int32Array } {
  const rows = [...Array(table.rows).keys()];
  const chosen = new Set(split.test ?? []);
  const dates = split.testFrom === undefined ? undefined : (columnOf(table, 'date') as NumericColumn).values;
  const isTest = (row: number): boolean => (dates ? dates[row]! >= Date.parse(split.testFrom!) : chosen.has(row));
  return { train: Int32Array.from(rows.filter((row) => !isTest(row))), test: Int32Array.from(rows.filter(isTest)) };
}

function prepare(table: Table, set: ReferenceSet, kind: string): { train: TrainingData; test: Pick<TrainingData, 'x' | 'y'> } {
  const kept = new Set([...set.numeric, ...set.categorical, set.target]);
  const native = kind === 'gradient-boosting';
  const source = native ? table : withMissingLevel(table);
  const rows = divide(source, set);
  const choices: PrepareChoices = {
    target: set.target,
    drop: source.columns.map(({ name }) => name).filter((name) => !kept.has(name)),
    categorical: set.categorical,
    impute: native ? 'none' : 'median',
    encode: native ? 'ordinal' : 'one-hot',
    scale: SCALED.has(kind) ? 'standard' : 'none',
    split: { kind: 'none' },
  };
  const { recipe } = fitRecipe(source, rows.train, choices);
  const part = (chosen: Int32Array): Pick<TrainingData, 'x' | 'y'> => ({ x: applyRecipe(recipe, source, chosen), y: targetValues(recipe, source, chosen) });
  const categorical = native ? recipe.steps.flatMap((step, at) => (step.kind === 'ordinal' ? [at] : [])) : [];
  return { train: { ...part(rows.train), task: recipe.task, classes: recipe.classes?.length ?? 0, features: recipe.outputs, categorical }, test: part(rows.test) };
}

function fit(kind: string, data: TrainingData): FittedModel {
  const steps = fitModel(kind, data, settingsOf(kind, SETTINGS[kind] ?? {}), 7);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* measureSet(set: ReferenceSet): Generator<Figure, number> {
  const table = readTable(set);
  let behind = 0;
  for (const [kind, reference] of Object.entries(set.scores)) {
    const { train, test } = prepare(table, set, kind);
    const value = evaluateModel(fit(kind, train), test.x, test.y)[METRICS[set.metric]] ?? Number.NaN;
    const short = set.metric === 'rmse' ? value - reference : reference - value;
    const isBehind = !(short <= noiseOf(set, kind, test.y.length));
    if (isBehind) behind++;
    yield { figure: `baselines ${set.name} ${kind}`, value, unit: METRICS[set.metric], reference, note: isBehind ? 'behind' : '' };
  }
  return behind;
}

/** Ours beside scikit-learn's baselines on each shipped set, and how many lie behind by more than noise. */
export const baselines: Bench = {
  name: 'baselines',
  *measure() {
    const { sets } = JSON.parse(readFileSync('bench/reference/baselines.json', 'utf8')) as { sets: readonly ReferenceSet[] };
    let behind = 0;
    for (const set of sets) behind += yield* measureSet(set);
    yield { figure: 'baselines behind the reference by more than noise', value: behind, unit: 'of all', bound: 0 };
  },
};
