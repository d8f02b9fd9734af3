import { finish, type Gradual } from '../gradual.js';
import { LabError } from '../lab-error.js';
import { columnOf } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { applySteps } from './apply-recipe.js';
import { isCategorical, planColumn, type FitContext, type PlannedColumn } from './column-fit.js';
import { numbersOf } from './fill-step.js';
import { fitDates, fitLevels, fitText } from './fit-levels.js';
import { fitNumbers } from './fit-numbers.js';
import { findLeak, sampleRows } from './leak.js';
import { fitMix, planMixes } from './mixes.js';
import { fillFromNeighbours, fitNeighbours } from './neighbours.js';
import type { PrepareNote } from './prepare-notes.js';
import type { Mix, NeighbourRows, PrepareChoices, Recipe, RecipeStep } from './recipe.js';
import { recipeOutputs, stepOutputs } from './step-outputs.js';
import { inferTarget, labelledRows, targetColumn, targetValues } from './target.js';

/** A recipe with what was met on the way. */
export interface FittedRecipe {
  readonly recipe: Recipe;
  readonly notes: readonly PrepareNote[];
}

/**
 * Learns a recipe from those of the training rows whose target is known. Throws `target-missing`, `target-is-date`, `unknown-column`,
 * `no-rows`, `no-features`, `one-class`, `too-many-classes`, `transform-unused` {column} for a transform of a column that is no input, and
 * what the transforms throw.
 */
export const fitRecipe = (table: Table, trainRows: Int32Array, choices: PrepareChoices): FittedRecipe => finish(fitGradually(table, trainRows, choices));

/** As `fitRecipe`, with a pause before each column. */
export function* fitGradually(table: Table, trainRows: Int32Array, choices: PrepareChoices): Gradual<FittedRecipe> {
  const target = targetColumn(table, choices.target);
  for (const name of [...choices.drop, ...choices.categorical, ...(choices.time === undefined ? [] : [choices.time])]) columnOf(table, name);
  checkTransforms(table, choices);
  const rows = labelledRows(table, choices.target, trainRows);
  if (rows.length === 0) throw new LabError('no-rows', { column: choices.target });
  const notes: PrepareNote[] = [];
  if (rows.length < trainRows.length) notes.push({ code: 'unlabelled-rows', column: choices.target, count: trainRows.length - rows.length });
  const facts = inferTarget(target, rows);
  const features = findFeatures(table, choices, notes);
  const planned = features.map((column) => planColumn(column, choices));
  const bare: Recipe = { version: 1, ...facts, target: choices.target, steps: [], outputs: [], fittedOn: rows.length };
  const neighbours = learnNeighbours(planned, rows);
  const valuesOf = (name: string): Float64Array => numbersOf(columnOf(table, name), rows, rows.length);
  const context: FitContext = {
    rows, choices, notes, y: targetValues(bare, table, rows), ...(facts.classes ? { classes: facts.classes } : {}),
    neighbours: (name, k) => fillFromNeighbours(neighbours!, name, k, valuesOf),
  };
  const steps: RecipeStep[] = [];
  for (const [i, column] of planned.entries()) {
    yield i / planned.length;
    const step = fitStep(column, context);
    if (step) steps.push(step);
  }
  if (steps.length === 0) throw new LabError('no-features', { target: choices.target });
  const parts = { steps, ...(neighbours ? { neighbours } : {}) };
  const mixes = learnMixes(planned, parts, table, rows);
  const recipe: Recipe = { ...bare, ...parts, ...(mixes.length > 0 ? { mixes } : {}), outputs: recipeOutputs(steps, mixes) };
  noteLeaks(features, table, rows, recipe, choices, notes);
  return { recipe, notes };
}

function checkTransforms(table: Table, { transforms = {}, target, drop }: PrepareChoices): void {
  for (const name of Object.keys(transforms)) {
    columnOf(table, name);
    if (name === target || drop.includes(name)) throw new LabError('transform-unused', { column: name });
  }
}

function findFeatures(table: Table, { target, time, drop, transforms = {} }: PrepareChoices, notes: PrepareNote[]): Column[] {
  const own = (column: Column): boolean => Object.hasOwn(transforms, column.name);
  const left = new Set([target, ...drop]);
  const features = table.columns.filter((column) => !left.has(column.name) && (column.name !== time || own(column)));
  for (const column of features) if (column.type === 'date' && !own(column)) notes.push({ code: 'date-left-out', column: column.name });
  return features.filter((column) => column.type !== 'date' || own(column));
}

function fitStep(planned: PlannedColumn, context: FitContext): RecipeStep | undefined {
  const { change } = planned;
  switch (change.kind) {
    case 'one-hot':
    case 'ordinal':
    case 'target':
      return fitLevels(planned, change, context);
    case 'dates':
      return fitDates(planned, change, context);
    case 'text':
      return fitText(planned, change, context);
    default:
      return fitNumbers(planned, context);
  }
}

/** Neighbours are looked for over all inputs that are numbers; undefined when no column asks for them. */
function learnNeighbours(planned: readonly PlannedColumn[], rows: Int32Array): NeighbourRows | undefined {
  if (!planned.some(({ impute }) => typeof impute === 'object')) return undefined;
  const numbers = planned.filter(({ column, change }) => column.type !== 'text' && column.type !== 'date' && change.kind !== 'one-hot' && change.kind !== 'ordinal' && change.kind !== 'target');
  const values = new Map(numbers.map(({ column }) => [column.name, numbersOf(column, rows, rows.length)]));
  return fitNeighbours([...values.keys()].filter((name) => values.get(name)!.some((value) => !Number.isNaN(value))), (name) => values.get(name)!);
}

function learnMixes(planned: readonly PlannedColumn[], parts: Pick<Recipe, 'steps' | 'neighbours'>, table: Table, rows: Int32Array): Mix[] {
  const known = new Set(parts.steps.map(({ name }) => name));
  const plans = planMixes(planned.filter(({ column }) => known.has(column.name)).map(({ column, change }) => [column.name, change]));
  if (plans.length === 0) return [];
  const x = applySteps(parts, table, rows);
  const names = parts.steps.flatMap(stepOutputs);
  return plans.map((plan) => fitMix(plan, names, x));
}

function noteLeaks(features: readonly Column[], table: Table, rows: Int32Array, recipe: Recipe, choices: PrepareChoices, notes: PrepareNote[]): void {
  const sample = sampleRows(rows);
  const y = targetValues(recipe, table, sample);
  for (const column of features) {
    const leak = findLeak(column, sample, y, recipe.task, recipe.classes?.length ?? 0, isCategorical(column, choices));
    if (leak) notes.push(leak);
  }
}
