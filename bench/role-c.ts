import { readFileSync } from 'node:fs';
import { applyRecipe, targetValues } from '../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../src/core/prepare/fit-recipe.js';
import type { Recipe } from '../src/core/prepare/recipe.js';
import { parseCsv } from '../src/core/table/csv-parser.js';
import { columnOf } from '../src/core/table/select.js';
import type { NumericColumn, Table } from '../src/core/table/table.js';
import { fitModel, predict } from '../src/core/train/fit.js';
import type { FittedModel } from '../src/core/train/model.js';
import { regressionMetrics } from '../src/core/evaluate/regression-metrics.js';
import type { Bench, Figure } from './figure.js';

const DAY = 86_400_000;
const RELEASE = Date.UTC(2005, 0, 1);
const TARGET = 'ridership';

interface Reference {
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly variants: Readonly<
    Record<string, { readonly outOfFold: Model; readonly byYear: Readonly<Record<string, Model>>; readonly policies: Readonly<Record<string, Model>> }>
  >;
}
interface Model {
  readonly ridge: number;
}
interface Ridge {
  readonly recipe: Recipe;
  readonly model: FittedModel;
}

/** Of a quarter that begins at `start`: from which time on to train anew, or not at all; `lastError` is NaN before the first. */
type Policy = (start: number, lastError: number) => number | undefined;

const lastDays = (days: number): Policy => (start) => start - days * DAY;
const isJanuary = (start: number): boolean => new Date(start).getUTCMonth() === 0;

/** Names as in the reference; each with the rows that a retraining takes. */
const policies = (promise: number): Readonly<Record<string, Policy>> => ({
  never: () => undefined,
  quarterly_all_history: () => 0,
  quarterly_last_730_days: lastDays(730),
  quarterly_last_365_days: lastDays(365),
  quarterly_last_182_days: lastDays(182),
  yearly_last_2_years: (start) => (isJanuary(start) ? Date.UTC(new Date(start).getUTCFullYear() - 2, 0, 1) : undefined),
  'triggered_rmse_over_1.3x_oof_last_365_days': (start, lastError) => (lastError > 1.3 * promise ? start - 365 * DAY : undefined),
});

/** The rows of the shipped data set and what is asked of them. */
class Ridership {
  readonly #table: Table;
  readonly days: Float64Array;
  readonly #drop: readonly string[];

  constructor(features: readonly string[]) {
    this.#table = parseCsv(readFileSync('public/data/chicago_ridership.csv')).table;
    this.days = (columnOf(this.#table, 'date') as NumericColumn).values;
    const kept = new Set([...features, TARGET, 'date']);
    this.#drop = this.#table.columns.map((column) => column.name).filter((name) => !kept.has(name));
  }

  rowsBetween(from: number, until: number): Int32Array {
    return Int32Array.from([...this.days.keys()].filter((row) => this.days[row]! >= from && this.days[row]! < until));
  }

  /** Ridge with l2 1 on rows before `until`, prepared as the reference is. */
  fit(rows: Int32Array): Ridge {
    const { recipe } = fitRecipe(this.#table, rows, {
      target: TARGET, time: 'date', drop: this.#drop, categorical: ['month', 'weekday'], impute: 'none', encode: 'one-hot', scale: 'standard', split: { kind: 'none' },
    });
    const x = applyRecipe(recipe, this.#table, rows);
    const training = { x, y: targetValues(recipe, this.#table, rows), task: recipe.task, classes: 0, features: recipe.outputs };
    const steps = fitModel('linear', training, { l2: 1 }, 7);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { recipe, model: value };
    }
  }

  predict({ recipe, model }: Ridge, rows: Int32Array): Float64Array {
    return predict(model, applyRecipe(recipe, this.#table, rows));
  }

  actual({ recipe }: Ridge, rows: Int32Array): Float64Array {
    return targetValues(recipe, this.#table, rows);
  }

  rmse(ridge: Ridge, rows: Int32Array): number {
    return rmse(this.actual(ridge, rows), this.predict(ridge, rows));
  }
}

const rmse = (actual: Float64Array, predicted: Float64Array): number => regressionMetrics(actual, predicted).rmse ?? Number.NaN;
const quarterStart = (index: number): number => Date.UTC(2005, index * 3, 1);

/** Quarterly RMSE from release to the end of the data under a policy. */
function live(data: Ridership, policy: Policy, first: Ridge): number[] {
  let ridge = first;
  const errors: number[] = [];
  for (let quarter = 0; quarterStart(quarter) <= data.days.at(-1)!; quarter++) {
    const start = quarterStart(quarter);
    const from = policy(start, errors.at(-1) ?? Number.NaN);
    if (from !== undefined) ridge = data.fit(data.rowsBetween(from, start));
    errors.push(data.rmse(ridge, data.rowsBetween(start, quarterStart(quarter + 1))));
  }
  return errors;
}

/** No retraining: a quarter's predictions times actual over predicted of the 28 days before it. */
function liveScaled(data: Ridership, ridge: Ridge): number[] {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const errors: number[] = [];
  for (let quarter = 0; quarterStart(quarter) <= data.days.at(-1)!; quarter++) {
    const start = quarterStart(quarter);
    const before = data.rowsBetween(start - 28 * DAY, start);
    const ratio = sum(data.actual(ridge, before)) / sum(data.predict(ridge, before));
    const own = data.rowsBetween(start, quarterStart(quarter + 1));
    errors.push(rmse(data.actual(ridge, own), data.predict(ridge, own).map((value) => value * ratio)));
  }
  return errors;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function* measureVariant(name: string, reference: Reference): Generator<Figure> {
  const { outOfFold, byYear, policies: means } = reference.variants[name]!;
  const data = new Ridership(reference.features[name]!);
  const first = data.fit(data.rowsBetween(0, RELEASE));
  for (const [year, { ridge }] of Object.entries(byYear)) {
    const rows = data.rowsBetween(Date.UTC(Number(year), 0, 1), Date.UTC(Number(year) + 1, 0, 1));
    yield { figure: `role-c ${name} ${year}`, value: data.rmse(first, rows), unit: 'RMSE', reference: ridge };
  }
  for (const [policy, choose] of Object.entries(policies(outOfFold.ridge))) {
    yield { figure: `role-c ${name} ${policy}`, value: mean(live(data, choose, first)), unit: 'mean quarterly RMSE', reference: means[policy]!.ridge };
  }
  const scaled = 'no_retraining_ratio_of_previous_28_days';
  yield { figure: `role-c ${name} ${scaled}`, value: mean(liveScaled(data, first)), unit: 'mean quarterly RMSE', reference: means[scaled]!.ridge };
}

/** Role C of the course: trained on 2001 to 2004, lived through to 2016; RMSE by year and by policy beside scikit-learn's. */
export const roleC: Bench = {
  name: 'role-c',
  *measure() {
    const reference = JSON.parse(readFileSync('bench/reference/role-c.json', 'utf8')) as Reference;
    for (const name of Object.keys(reference.variants)) yield* measureVariant(name, reference);
  },
};
