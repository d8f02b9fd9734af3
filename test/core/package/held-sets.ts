import { readFileSync } from 'node:fs';
import { applyRecipe, labelledRows, targetValues } from '../../../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import type { PrepareChoices, Recipe } from '../../../src/core/prepare/recipe.js';
import { splitRows } from '../../../src/core/prepare/split.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import type { DatasetFacts } from '../../../src/core/table/dataset-facts.js';
import type { Table } from '../../../src/core/table/table.js';
import { fitModel, settingsOf } from '../../../src/core/train/fit.js';
import type { FittedModel, HyperparameterValues, TrainingData } from '../../../src/core/train/model.js';
import { columnTypes } from '../../../src/lab/project/column-types.js';

const FOLDER = new URL('../../../public/data/', import.meta.url);
const { datasets } = JSON.parse(readFileSync(new URL('datasets.json', FOLDER), 'utf8')) as { datasets: DatasetFacts[] };

/** A shipped set, prepared as the lab prepares it: rows to learn from and rows held back. */
export interface HeldSet {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly data: TrainingData;
  readonly held: Int32Array;
}

/** Prepares a shipped set; at most `rows` rows train. */
export function heldSet(id: string, choices: Partial<PrepareChoices> & { target: string }, rows = 3000): HeldSet {
  const facts = datasets.find((set) => set.id === id)!;
  const { table } = parseCsv(new Uint8Array(readFileSync(new URL(facts.file, FOLDER))), { types: columnTypes(facts) });
  const all: PrepareChoices = { drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'random', testShare: 0.25, seed: 5 }, ...choices };
  const { train, test } = splitRows(table, all.split, all.target, all.time);
  const own = train.slice(0, rows);
  const { recipe } = fitRecipe(table, own, all);
  const known = labelledRows(table, recipe.target, own);
  const categorical = recipe.steps.every(({ kind }) => kind !== 'one-hot') ? recipe.steps.flatMap(({ kind }, at) => (kind === 'ordinal' ? [at] : [])) : [];
  const data: TrainingData = { x: applyRecipe(recipe, table, known), y: targetValues(recipe, table, known), task: recipe.task, classes: recipe.classes?.length ?? 0, features: recipe.outputs, categorical };
  return { table, recipe, data, held: test };
}

/** Fits a kind to the end. */
export function fitted(kind: string, data: TrainingData, settings: HyperparameterValues = {}): FittedModel {
  const fitting = fitModel(kind, data, { ...settingsOf(kind, {}), ...settings }, 3);
  for (;;) {
    const step = fitting.next();
    if (step.done) return step.value;
  }
}

/** The table with holes, and with words and numbers that no training row had, in every third column and row. */
export function hurt(table: Table, recipe: Recipe): Table {
  const inputs = new Set(recipe.steps.map(({ name }) => name));
  const columns = table.columns.map((column, at) => {
    if (!inputs.has(column.name)) return column;
    const turn = (row: number): number => (row + at) % 7;
    if (column.type !== 'text') return { ...column, values: column.values.map((value, row) => (turn(row) === 0 ? NaN : turn(row) === 1 && column.type !== 'boolean' ? value + 1000 : value)) };
    return { ...column, levels: [...column.levels, 'never seen before'], codes: column.codes.map((code, row) => (turn(row) === 0 ? -1 : turn(row) === 1 ? column.levels.length : code)) };
  });
  return { ...table, columns };
}
