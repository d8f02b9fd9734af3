import { cleanColumn } from '../clean/clean-column.js';
import { columnOf, type Rows } from '../table/select.js';
import type { Matrix, Table } from '../table/table.js';
import { applyRecipe } from './apply-recipe.js';
import { levelCodes } from './encoders.js';
import { targetOutputs } from './fit-levels.js';
import type { Fold } from './folds.js';
import type { Recipe, TargetStep } from './recipe.js';
import { stepOutputs } from './step-outputs.js';
import { targetValues } from './target.js';
import { encodeOutOfFold } from './target-encoding.js';

const FOLDS = 5;

/**
 * Model inputs of the rows that a model learns from: as `applyRecipe`, but a target encoding gives each row the mean of the other rows' targets
 * (five folds, every fifth row), since a mean that holds a row's own target would give it away. All other rows need `applyRecipe`.
 */
export function trainingInputs(recipe: Recipe, table: Table, rows: Rows): Matrix {
  const x = applyRecipe(recipe, table, rows);
  const encoded = recipe.steps.filter((step) => step.kind === 'target');
  if (encoded.length === 0 || rows.length < 2) return x;
  const y = targetOutputs(targetValues(recipe, table, rows), recipe.classes);
  const folds = interleavedFolds(rows.length, Math.min(FOLDS, rows.length));
  for (const step of encoded) crossFit(step, recipe, table, rows, y, folds, x);
  return x;
}

function crossFit(step: TargetStep, recipe: Recipe, table: Table, rows: Rows, y: readonly Float64Array[], folds: readonly Fold[], x: Matrix): void {
  const codes = levelCodes(cleanColumn(columnOf(table, step.name), recipe.clean ?? []), step.type, step.levels, null, rows);
  const words = Array.from(codes, String);
  const names = stepOutputs(step);
  y.forEach((own, output) => {
    const place = recipe.outputs.indexOf(names[output]!);
    const values = encodeOutOfFold(words, own, folds, step.smoothing);
    // Missing ones are no level of their own: they get the mean of all, as they will in use.
    values.forEach((value, row) => (x.data[row * x.columns + place] = codes[row]! < 0 ? step.unknown[output]! : value));
  });
}

function interleavedFolds(n: number, k: number): Fold[] {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return Array.from({ length: k }, (_, fold) => ({ train: rows.filter((row) => row % k !== fold), test: rows.filter((row) => row % k === fold) }));
}
