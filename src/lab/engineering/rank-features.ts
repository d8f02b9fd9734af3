import { mutualInformation, type Variable } from '../../core/features/mutual-information.js';
import { featureGroups } from '../../core/explain/feature-groups.js';
import { permutationImportance } from '../../core/explain/permutation-importance.js';
import { trainingData } from '../../core/evaluate/cross-validate.js';
import { mainMetric, metricsOf } from '../../core/evaluate/metric-names.js';
import { applyRecipe, labelledRows, targetValues } from '../../core/prepare/apply-recipe.js';
import { fitRecipe } from '../../core/prepare/fit-recipe.js';
import { correlationOf } from '../../core/prepare/leak.js';
import type { PrepareChoices, Recipe } from '../../core/prepare/recipe.js';
import { createRandom, permutation } from '../../core/random.js';
import { columnOf, isMissingCell } from '../../core/table/select.js';
import type { Column, Table } from '../../core/table/table.js';
import { predict } from '../../core/train/fit.js';
import { settingsOf } from '../../core/train/settings.js';
import { fitAnywhere } from '../train.js';
import type { VerbContext } from '../verb.js';

/** A feature with the figures by which it is ranked; null where a figure is not defined for it. */
export interface RankedFeature {
  readonly name: string;
  readonly missing: number;
  /** Variance with denominator n; of numbers alone. */
  readonly variance: number | null;
  /** Pearson's correlation with the target, of numbers with a quantity or with two classes. */
  readonly correlation: number | null;
  /** The other feature that it is most like, by the correlation of the two. */
  readonly twin?: { readonly name: string; readonly correlation: number };
  /** In nats, on at most 5,000 rows. */
  readonly mutualInformation: number;
  /** How much the score falls when it is shuffled in the validation rows. */
  readonly permutation?: { readonly mean: number; readonly deviation: number };
}

/** Rows that teach and rows that judge; both are training rows of the project. */
export interface RankingParts {
  readonly fit: Int32Array;
  readonly validation: Int32Array;
}

const MOST_ROWS = 5000;

/** The last fifth of the rows in time, or a fifth at random. */
export function divideForRanking(train: Int32Array, byTime: boolean, seed: number): RankingParts {
  const order = byTime ? train : permutation(train.length, createRandom(seed)).map((at) => train[at]!);
  const cut = Math.ceil(train.length * 0.8);
  return { fit: order.slice(0, cut), validation: order.slice(cut) };
}

/** Figures of each input of the recipe on the training rows. */
export function rankColumns(table: Table, train: Int32Array, recipe: Recipe, seed: number): Omit<RankedFeature, 'permutation'>[] {
  const few = train.length <= MOST_ROWS ? train : permutation(train.length, createRandom(seed)).slice(0, MOST_ROWS).map((at) => train[at]!);
  const y = targetValues(recipe, table, train);
  const yFew = targetValues(recipe, table, few);
  const inputs = recipe.steps.map(({ name, kind }) => ({ column: columnOf(table, name), words: kind !== 'numeric' }));
  const numbers = inputs.map(({ column, words }) => (words || column.type === 'text' ? undefined : Float64Array.from(train, (row) => column.values[row]!)));
  return inputs.map(({ column, words }, i) => {
    const own = numbers[i];
    const twin = own && twinOf(own, numbers, i);
    return {
      name: column.name,
      missing: train.reduce((count, row) => count + Number(isMissingCell(column, row)), 0),
      variance: own ? varianceOf(own) : null,
      correlation: own && recipe.task !== 'multiclass' ? correlationOf(own, y) : null,
      ...(twin ? { twin: { name: inputs[twin.at]!.column.name, correlation: twin.correlation } } : {}),
      mutualInformation: informationOf(column, words, few, yFew, recipe.task !== 'regression', seed),
    };
  });
}

function varianceOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
}

function twinOf(own: Float64Array, all: readonly (Float64Array | undefined)[], at: number): { at: number; correlation: number } | undefined {
  let best: { at: number; correlation: number } | undefined;
  all.forEach((other, j) => {
    if (j === at || !other) return;
    const correlation = correlationOf(own, other);
    if (Math.abs(correlation) > Math.abs(best?.correlation ?? 0)) best = { at: j, correlation };
  });
  return best;
}

/** Missing numbers are left out; a missing word is a level of its own. */
function informationOf(column: Column, words: boolean, rows: Int32Array, y: Float64Array, classes: boolean, seed: number): number {
  const x = Float64Array.from(rows, (row) => (column.type === 'text' ? column.codes[row]! : column.values[row]!));
  const known = Array.from(rows.keys()).filter((i) => Number.isFinite(y[i]!) && (words || Number.isFinite(x[i]!)));
  const feature: Variable = { discrete: words || column.type === 'boolean', values: known.map((i) => (Number.isNaN(x[i]!) ? -1 : x[i]!)) };
  return known.length < 5 ? 0 : mutualInformation(feature, { discrete: classes, values: known.map((i) => y[i]!) }, seed);
}

/** How much the score of a quick model falls on the validation rows when an input is shuffled, by name. */
export async function permuteColumns(context: VerbContext, table: Table, parts: RankingParts, choices: PrepareChoices, model: string, seed: number): Promise<ReadonlyMap<string, { mean: number; deviation: number }>> {
  const { recipe } = fitRecipe(table, parts.fit, choices);
  const rows = labelledRows(table, choices.target, parts.validation, recipe);
  const { fitted } = await fitAnywhere(context, trainingData(recipe, table, labelledRows(table, choices.target, parts.fit, recipe)), { kind: model, settings: settingsOf(model, {}), seed });
  const { name, greaterIsBetter } = mainMetric(recipe.task);
  const y = targetValues(recipe, table, rows);
  await context.breathe();
  const { features } = permutationImportance(applyRecipe(recipe, table, rows), featureGroups(recipe), (x) => (greaterIsBetter ? 1 : -1) * (metricsOf(recipe.task, recipe.classes?.length ?? 0, y, predict(fitted, x))[name] ?? NaN), { seed });
  return new Map(features.map(({ name: feature, mean, deviation }) => [feature, { mean, deviation }]));
}
