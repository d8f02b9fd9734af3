import { featureOrigins } from '../features/feature-origin.js';
import { rawInputs } from '../features/recipe-features.js';
import type { Recipe } from '../prepare/recipe.js';

/** Columns that can be changed in a row: raw ones, from which those that are made of the row follow, and those that look back as they are. */
export function movableColumns(recipe: Recipe): string[] {
  const history = new Set(featureOrigins(recipe.features?.steps.map(({ step }) => step) ?? []).flatMap(({ name, history: back }) => (back ? [name] : [])));
  return rawInputs(recipe).flatMap(({ name, optional }) => (optional && !history.has(name) ? [] : [name]));
}
