import { applyCleaning } from '../clean/apply-cleaning.js';
import { cleanColumn } from '../clean/clean-column.js';
import type { CellStep, CleanStep } from '../clean/clean-step.js';
import { columnOf, hasColumn, withColumn } from '../table/select.js';
import type { ColumnType, Table } from '../table/table.js';
import { deriveStep, type FittedFeature } from './derive-step.js';
import { anchorsOf, isHistory, madeBy, readBy } from './feature-step.js';

/** What a model's recipe keeps of the features that it uses. JSON-safe. */
export interface RecipeFeatures {
  readonly steps: readonly FittedFeature[];
  /** The columns of the data that the steps read, with their types after cleaning. */
  readonly sources: readonly { readonly name: string; readonly type: ColumnType }[];
  /** All steps of the cleaning that the rows which are looked back at went through; absent when no step looks back. */
  readonly past?: readonly CleanStep[];
}

/** The part of a recipe that this needs. */
export interface FeaturedRecipe {
  readonly steps: readonly { readonly name: string }[];
  readonly clean?: readonly CellStep[];
  readonly features?: RecipeFeatures;
}

/** What of the fitted steps the columns `used` need, directly or through other steps; undefined when it is nothing. */
export function keepNeeded(fitted: readonly FittedFeature[], used: readonly string[], table: Table, clean: readonly CleanStep[]): RecipeFeatures | undefined {
  const wanted = new Set(used);
  const kept: FittedFeature[] = [];
  for (const own of [...fitted].reverse()) {
    if (!madeBy(own.step).some((name) => wanted.has(name))) continue;
    kept.unshift(own);
    for (const name of readBy(own.step)) wanted.add(name);
  }
  if (kept.length === 0) return undefined;
  const made = new Set(kept.flatMap(({ step }) => madeBy(step)));
  const names = [...new Set(kept.flatMap(({ step }) => readBy(step)))].filter((name) => !made.has(name));
  const past = kept.some(({ step }) => isHistory(step)) ? { past: clean } : {};
  return { steps: kept, sources: names.map((name) => ({ name, type: columnOf(table, name).type })), ...past };
}

/** Names of the columns that the recipe's features make. */
export const madeColumns = ({ features }: FeaturedRecipe): string[] => features?.steps.flatMap(({ step }) => madeBy(step)) ?? [];

/** Rows of the data, cleaned as those that are looked back at were; undefined when the recipe does not look back. */
export const pastOf = ({ features }: FeaturedRecipe, raw: Table): Table | undefined => (features?.past === undefined ? undefined : applyCleaning(raw, features.past).table);

/**
 * The table with the features that the recipe reads; columns that are there already are taken as they are. What looks back looks at
 * `past`, rows cleaned as by `pastOf`. Throws `feature-needs-history` {column, time} without one, and `unknown-column`.
 */
export function featureTable(recipe: FeaturedRecipe, table: Table, past?: Table): Table {
  const { features } = recipe;
  const missing = madeColumns(recipe).filter((name) => !hasColumn(table, name));
  if (!features || !recipe.steps.some(({ name }) => missing.includes(name))) return table;
  let [cells, history, out] = [cleanCells(recipe, table), past, table];
  for (const own of features.steps) {
    const made = madeBy(own.step);
    // What looks back at made columns needs them made for the past, too.
    if (history) history = deriveStep(own, history, history).columns.reduce(withColumn, history);
    if (made.every((name) => hasColumn(table, name))) continue;
    const columns = deriveStep(own, cells, historyFor(own, history, cells)).columns;
    [cells, out] = [columns.reduce(withColumn, cells), columns.reduce(withColumn, out)];
  }
  return out;
}

/** A request without its time cannot be placed in a history. */
function historyFor({ step }: FittedFeature, past: Table | undefined, cells: Table): Table | undefined {
  return past && isHistory(step) && !anchorsOf(step).every((name) => hasColumn(cells, name)) ? undefined : past;
}

/** The columns that the steps read, as cleaning leaves them; a request may lack what only the past must have. */
function cleanCells({ features, clean = [] }: FeaturedRecipe, table: Table): Table {
  const made = new Set(features!.steps.flatMap(({ step }) => madeBy(step)));
  const needed = new Set(features!.steps.flatMap(({ step }) => (isHistory(step) ? [] : readBy(step))));
  const own = features!.sources.filter(({ name }) => needed.has(name) || hasColumn(table, name)).map(({ name }) => cleanColumn(columnOf(table, name), clean));
  return { rows: table.rows, columns: [...own, ...table.columns.filter(({ name }) => made.has(name))] };
}

/** The rows of the data with all features of the recipe, as training sees them. */
export const wholeTable = (recipe: FeaturedRecipe, raw: Table): Table => featureTable(recipe, raw, pastOf(recipe, raw));

/** A raw column that a request gives; `optional` ones only place it in a history, or spare looking back. */
export interface RawInput {
  readonly name: string;
  readonly type: ColumnType;
  readonly optional?: true;
}

/** The columns of a request that the recipe reads. */
export function rawInputs(recipe: FeaturedRecipe & { readonly steps: readonly { readonly name: string; readonly type: ColumnType }[] }): RawInput[] {
  const made = new Set(madeColumns(recipe));
  const inputs = new Map<string, RawInput>();
  for (const { name, type } of recipe.steps) if (!made.has(name)) inputs.set(name, { name, type });
  const steps = recipe.features?.steps.map(({ step }) => step) ?? [];
  const typeOf = new Map(recipe.features?.sources.map(({ name, type }) => [name, type]));
  const add = (name: string, optional: boolean): void => {
    const type = typeOf.get(name);
    if (type !== undefined && (!optional || !inputs.has(name))) inputs.set(name, { name, type, ...(optional ? { optional } : {}) });
  };
  for (const step of steps) if (!isHistory(step)) for (const name of readBy(step)) add(name, false);
  for (const step of steps) {
    if (!isHistory(step)) continue;
    for (const name of anchorsOf(step)) add(name, true);
    inputs.set(step.name, { name: step.name, type: 'number', optional: true });
  }
  return [...inputs.values()];
}
