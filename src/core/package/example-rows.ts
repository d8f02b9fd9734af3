import { applyRecipe } from '../prepare/apply-recipe.js';
import type { Recipe } from '../prepare/recipe.js';
import { columnOf, selectRows } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { predict } from '../train/fit.js';
import type { FittedModel } from '../train/model.js';

/** Raw rows to try an export on. */
export interface ExampleRows {
  readonly table: Table;
  readonly rows: Int32Array;
}

/** A raw value as an export takes it. */
export type RawValue = number | string | null;

interface Asked {
  readonly recipe: Recipe;
  readonly model: FittedModel;
  readonly threshold: number;
  readonly example: ExampleRows;
}

/** Columns that a recipe reads and whether they come as words or as numbers. */
export function rawColumns({ steps }: Recipe): { name: string; words: boolean }[] {
  const found = new Map(steps.map(({ name, type }) => [name, { name, words: type === 'text' || type === 'date' }]));
  return [...found.values()];
}

/** The raw rows by column, and what the lab says of them. */
export function exampleOf({ recipe, model, threshold, example }: Asked) {
  const columns = rawColumns(recipe).map(({ name }) => columnOf(selectRows(example.table, example.rows), name));
  const rows = Array.from(example.rows, (_, row) => Object.fromEntries(columns.map((column) => [column.name, rawValue(column, row)])));
  const scores = predict(model, applyRecipe(recipe, example.table, example.rows));
  const classes = recipe.classes ?? [];
  const expected = rows.map((_, row) => {
    if (model.task === 'regression') return { value: scores[row]! };
    const shares = model.task === 'binary' ? [1 - scores[row]!, scores[row]!] : [...scores.subarray(row * classes.length, (row + 1) * classes.length)];
    const code = model.task === 'binary' ? Number(scores[row]! >= threshold) : shares.indexOf(Math.max(...shares));
    return { label: classes[code]!, probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k]!])) };
  });
  return { rows, expected };
}

function rawValue(column: Column, row: number): RawValue {
  if (column.type === 'text') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}
