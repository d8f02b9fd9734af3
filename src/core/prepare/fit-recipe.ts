import { LabError } from '../lab-error.js';
import { columnOf, valueText } from '../table/select.js';
import type { Column, NumericColumn, Table } from '../table/table.js';
import { countLevels, keepFrequent, mostFrequentLevel } from './encoders.js';
import { meanOf, medianOf, mostFrequentOf } from './imputers.js';
import { findLeak, sampleRows } from './leak.js';
import type { PrepareNote } from './prepare-notes.js';
import type { CategoricalStep, NumericStep, PrepareChoices, Recipe } from './recipe.js';
import { fitMinMax, fitNone, fitRobust, fitStandard } from './scalers.js';
import { inferTarget, labelledRows, targetColumn, targetValues } from './target.js';

/** One-hot columns of more levels keep the most frequent. */
export const MOST_LEVELS = 50;

const SCALERS = { standard: fitStandard, 'min-max': fitMinMax, robust: fitRobust, none: fitNone } as const;
const IMPUTERS = { mean: meanOf, median: medianOf, 'most-frequent': mostFrequentOf } as const;

/** A recipe with what was met on the way. */
export interface FittedRecipe {
  readonly recipe: Recipe;
  readonly notes: readonly PrepareNote[];
}

/**
 * Learns a recipe from those of the training rows whose target is known. Throws `target-missing`, `target-is-date`, `unknown-column`,
 * `no-rows`, `no-features`, `one-class`, `too-many-classes`.
 */
export function fitRecipe(table: Table, trainRows: Int32Array, choices: PrepareChoices): FittedRecipe {
  const target = targetColumn(table, choices.target);
  for (const name of [...choices.drop, ...choices.categorical, ...(choices.time === undefined ? [] : [choices.time])]) columnOf(table, name);
  const rows = labelledRows(table, choices.target, trainRows);
  if (rows.length === 0) throw new LabError('no-rows', { column: choices.target });
  const notes: PrepareNote[] = [];
  if (rows.length < trainRows.length) notes.push({ code: 'unlabelled-rows', column: choices.target, count: trainRows.length - rows.length });
  const facts = inferTarget(target, rows);
  const features = findFeatures(table, choices, notes);
  const steps = features.flatMap((column) => fitStep(column, rows, choices, notes) ?? []);
  if (steps.length === 0) throw new LabError('no-features', { target: choices.target });
  const recipe: Recipe = { version: 1, ...facts, target: choices.target, steps, outputs: steps.flatMap(outputsOf), fittedOn: rows.length };
  noteLeaks(features, table, rows, recipe, choices, notes);
  return { recipe, notes };
}

function findFeatures(table: Table, choices: PrepareChoices, notes: PrepareNote[]): Column[] {
  const left = new Set([choices.target, choices.time, ...choices.drop]);
  const features = table.columns.filter((column) => !left.has(column.name));
  for (const column of features) if (column.type === 'date') notes.push({ code: 'date-left-out', column: column.name });
  return features.filter((column) => column.type !== 'date');
}

const isCategorical = (column: Column, choices: PrepareChoices): boolean =>
  column.type === 'text' || column.type === 'boolean' || choices.categorical.includes(column.name);

function fitStep(column: Column, rows: Int32Array, choices: PrepareChoices, notes: PrepareNote[]): NumericStep | CategoricalStep | undefined {
  if (column.type === 'text' || isCategorical(column, choices)) return fitCategorical(column, rows, choices, notes);
  return fitNumeric(column, rows, choices, notes);
}

function noteMissing(column: string, count: number, value: string | null, notes: PrepareNote[]): void {
  if (count === 0) return;
  notes.push(value === null ? { code: 'missing-kept', column, count } : { code: 'imputed', column, count, value });
}

function fitNumeric(column: NumericColumn, rows: Int32Array, choices: PrepareChoices, notes: PrepareNote[]): NumericStep | undefined {
  const { name, type } = column;
  const values = new Float64Array(rows.length);
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = column.values[rows[i] as number] as number;
    values[i] = value;
    if (Number.isNaN(value)) missing++;
  }
  if (missing === rows.length) {
    notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  const fill = choices.impute === 'none' ? null : IMPUTERS[choices.impute](values);
  noteMissing(name, missing, fill === null ? null : valueText('number', fill), notes);
  if (fill !== null && missing > 0) for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = fill;
  const { offset, divisor, constant } = SCALERS[choices.scale](values);
  if (constant) notes.push({ code: 'constant-column', column: name, value: valueText('number', offsetOf(values)) });
  return { kind: 'numeric', name, type, fill, offset, divisor };
}

const offsetOf = (values: Float64Array): number => values.find((value) => !Number.isNaN(value)) ?? NaN;

function fitCategorical(column: Column, rows: Int32Array, choices: PrepareChoices, notes: PrepareNote[]): CategoricalStep | undefined {
  const { name, type } = column;
  const seen = countLevels(column, rows);
  if (seen.length === 0) {
    notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  const kept = choices.encode === 'one-hot' ? keepFrequent(seen, MOST_LEVELS) : seen;
  if (kept.length < seen.length) notes.push({ code: 'high-cardinality', column: name, levels: seen.length, kept: kept.length });
  const fill = choices.impute === 'none' ? null : (mostFrequentLevel(seen) ?? null);
  const present = seen.reduce((sum, { count }) => sum + count, 0);
  noteMissing(name, rows.length - present, fill, notes);
  if (seen.length === 1) notes.push({ code: 'constant-column', column: name, value: seen[0]?.level ?? '' });
  return { kind: choices.encode, name, type, levels: kept.map(({ level }) => level), fill };
}

function outputsOf(step: NumericStep | CategoricalStep): string[] {
  return step.kind === 'one-hot' ? step.levels.map((level) => `${step.name}=${level}`) : [step.name];
}

function noteLeaks(features: readonly Column[], table: Table, rows: Int32Array, recipe: Recipe, choices: PrepareChoices, notes: PrepareNote[]): void {
  const sample = sampleRows(rows);
  const y = targetValues(recipe, table, sample);
  for (const column of features) {
    const leak = findLeak(column, sample, y, recipe.task, recipe.classes?.length ?? 0, isCategorical(column, choices));
    if (leak) notes.push(leak);
  }
}
