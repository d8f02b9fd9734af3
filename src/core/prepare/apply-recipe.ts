import { cleanColumn } from '../clean/clean-column.js';
import { featureTable } from '../features/recipe-features.js';
import { type Rows, columnOf } from '../table/select.js';
import type { Column, Matrix, Table } from '../table/table.js';
import { fillStep, numbersOf } from './fill-step.js';
import { applyMixes } from './mixes.js';
import { fillFromNeighbours } from './neighbours.js';
import type { Recipe, RecipeStep } from './recipe.js';
import { stepOutputs } from './step-outputs.js';

export { labelledRows, targetValues } from './target.js';

/**
 * Model inputs of the rows (all when left out), in their order; columns as `recipe.outputs`. A missing number that the recipe has no
 * fill for is NaN. Features that the table lacks are made of its row. Throws `unknown-column` when the table lacks an input, and
 * `feature-needs-history` when it lacks a feature that looks back.
 */
export function applyRecipe(recipe: Recipe, table: Table, rows?: Rows): Matrix {
  const names = recipe.steps.flatMap(stepOutputs);
  return applyMixes(recipe.mixes ?? [], names, applySteps(recipe, table, rows));
}

/** Outputs of the steps alone, before they are mixed. */
export function applySteps(recipe: Pick<Recipe, 'steps' | 'clean' | 'neighbours' | 'features'>, table: Table, rows?: Rows): Matrix {
  const count = rows?.length ?? table.rows;
  const widths = recipe.steps.map((step) => stepOutputs(step).length);
  const stride = widths.reduce((sum, width) => sum + width, 0);
  const data = new Float64Array(count * stride);
  const ready = featureTable(recipe, table);
  const cleaned = new Map<string, Column>();
  const columnNamed = (name: string): Column => {
    const column = cleaned.get(name) ?? cleanColumn(columnOf(ready, name), recipe.clean ?? []);
    cleaned.set(name, column);
    return column;
  };
  const filledNumbers = (step: RecipeStep): Float64Array | undefined =>
    recipe.neighbours && 'neighbours' in step && step.neighbours !== undefined
      ? fillFromNeighbours(recipe.neighbours, step.name, step.neighbours, (name) => numbersOf(columnNamed(name), rows, count))
      : undefined;
  let at = 0;
  recipe.steps.forEach((step, i) => {
    const numbers = filledNumbers(step);
    fillStep(step, { column: columnNamed(step.name), rows, count, ...(numbers ? { numbers } : {}) }, { data, stride, at }, widths[i]!);
    at += widths[i]!;
  });
  return { rows: count, columns: stride, data };
}
