import { cleanColumn } from '../clean/clean-column.js';
import { applyRecipe } from '../prepare/apply-recipe.js';
import { numbersOf } from '../prepare/fill-step.js';
import type { Recipe } from '../prepare/recipe.js';
import { isLevelStep } from '../prepare/step-outputs.js';
import { readValue } from '../table/retype.js';
import { columnOf, selectRows, valueText, withColumn, type Rows } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { numericPoints } from './partial-dependence.js';
import type { Output } from './model-output.js';

/** How a prediction follows one column, whose cells are set before the recipe is applied; points are values as text. */
export interface CellDependence {
  readonly numeric: boolean;
  readonly points: readonly string[];
  readonly mean: readonly number[];
  readonly curves: readonly (readonly number[])[];
}

/** Partial dependence of a column that becomes several inputs, or is mixed with others; undefined for a text, which has no points. */
export function cellDependence(recipe: Recipe, table: Table, rows: Rows, name: string, output: Output): CellDependence | undefined {
  const step = recipe.steps.find((own) => own.name === name);
  if (!step || step.kind === 'text') return undefined;
  const part = selectRows(table, rows);
  const clean: Table = { rows: part.rows, columns: part.columns.map((column) => cleanColumn(column, recipe.clean ?? [])) };
  const { clean: _done, ...plain } = recipe;
  const column = columnOf(clean, name);
  const points = isLevelStep(step) ? step.levels : pointsOf(column, clean.rows);
  const byPoint = points.map((point) => output(applyRecipe(plain, withColumn(clean, filled(column, point, clean.rows)))));
  return {
    numeric: !isLevelStep(step) && step.kind !== 'dates',
    points: isLevelStep(step) || step.kind === 'dates' ? points : points.map((point) => String(Number(Number(point).toPrecision(6)))),
    mean: byPoint.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    curves: Array.from({ length: clean.rows }, (_, row) => byPoint.map((values) => values[row]!)),
  };
}

function pointsOf(column: Column, rows: number): string[] {
  const data = numbersOf(column, undefined, rows);
  return numericPoints({ rows, columns: 1, data }, 0).map(([value]) => valueText(column.type === 'text' ? 'number' : column.type === 'integer' ? 'number' : column.type, value!));
}

function filled(column: Column, point: string, rows: number): Column {
  if (column.type === 'text') return { ...column, levels: [point], codes: new Int32Array(rows) };
  return { ...column, values: new Float64Array(rows).fill(readValue(point, column.type === 'integer' ? 'number' : column.type)) };
}
