import { cleanColumn } from '../clean/clean-column.js';
import { featureTable } from '../features/recipe-features.js';
import { type Rows, columnOf } from '../table/select.js';
import { readValue } from '../table/retype.js';
import type { Column, Matrix, Table } from '../table/table.js';
import { levelCodes } from './encoders.js';
import type { CategoricalStep, NumericStep, Recipe } from './recipe.js';

export { labelledRows, targetValues } from './target.js';

/**
 * Model inputs of the rows (all when left out), in their order; columns as `recipe.outputs`. A missing number that the recipe has no
 * fill for is NaN. Features that the table lacks are made of its row. Throws `unknown-column` when the table lacks an input, and
 * `feature-needs-history` when it lacks a feature that looks back.
 */
export function applyRecipe(recipe: Recipe, table: Table, rows?: Rows): Matrix {
  const count = rows?.length ?? table.rows;
  const columns = recipe.outputs.length;
  const data = new Float64Array(count * columns);
  const ready = featureTable(recipe, table);
  let at = 0;
  for (const step of recipe.steps) {
    const column = cleanColumn(columnOf(ready, step.name), recipe.clean ?? []);
    if (step.kind === 'numeric') fillNumbers(data, columns, at, step, numbersOf(column), rows, count);
    else fillLevels(data, columns, at, step, levelCodes(column, step.type, step.levels, step.fill, rows));
    at += step.kind === 'one-hot' ? step.levels.length : 1;
  }
  return { rows: count, columns, data };
}

/** Rows that come in through an endpoint may hold numbers as words. */
function numbersOf(column: Column): Float64Array {
  if (column.type !== 'text') return column.values;
  const read = column.levels.map((level) => readValue(level, 'number'));
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (read[code] as number)));
}

function fillNumbers(data: Float64Array, stride: number, at: number, step: NumericStep, values: Float64Array, rows: Rows | undefined, count: number): void {
  const { offset, divisor } = step;
  const fill = step.fill ?? NaN;
  for (let i = 0, j = at; i < count; i++, j += stride) {
    const value = values[rows ? (rows[i] as number) : i] as number;
    data[j] = ((value === value ? value : fill) - offset) / divisor;
  }
}

function fillLevels(data: Float64Array, stride: number, at: number, step: CategoricalStep, codes: Int32Array): void {
  if (step.kind === 'ordinal') {
    for (let i = 0, j = at; i < codes.length; i++, j += stride) data[j] = codes[i] as number;
    return;
  }
  for (let i = 0, j = at; i < codes.length; i++, j += stride) if ((codes[i] as number) >= 0) data[j + (codes[i] as number)] = 1;
}
