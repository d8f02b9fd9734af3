import { rawInputs } from '../features/recipe-features.js';
import { applyRecipe } from '../prepare/apply-recipe.js';
import type { Recipe } from '../prepare/recipe.js';
import { cellText, columnOf, isMissingCell, selectRows } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { predict } from '../train/fit.js';
import type { FittedModel } from '../train/model.js';

/** Raw rows to try an export on. */
export interface ExampleRows {
  readonly table: Table;
  readonly rows: Int32Array;
}

/** A raw value as an export takes it; a date is an ISO text. */
export type RawValue = number | string | null;

interface Asked {
  readonly recipe: Recipe;
  readonly model: FittedModel;
  readonly threshold: number;
  readonly example: ExampleRows;
}

/** Columns that a recipe reads and how they come. */
export function rawColumns(recipe: Recipe): { name: string; kind: 'number' | 'word' | 'date' }[] {
  return rawInputs(recipe).map(({ name, type }) => ({ name, kind: type === 'text' ? 'word' : type === 'date' ? type : 'number' }));
}

/** The raw rows by column, and what the lab says of them. */
export function exampleOf({ recipe, model, threshold, example }: Asked) {
  const chosen = selectRows(example.table, example.rows);
  const columns = rawColumns(recipe).map(({ name }) => columnOf(chosen, name));
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
  if (isMissingCell(column, row)) return null;
  return column.type === 'text' || column.type === 'date' ? cellText(column, row) : column.values[row]!;
}
