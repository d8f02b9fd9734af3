import type { Recipe } from '../../core/prepare/recipe.js';
import { findImageColumns } from '../../core/table/image-columns.js';

/** Pixels along a side when a recipe's inputs are the pixels of square pictures and nothing else; undefined otherwise. */
export function imageSide({ outputs }: Pick<Recipe, 'outputs'>): number | undefined {
  const found = findImageColumns(outputs);
  return found && found.places.length === outputs.length ? found.side : undefined;
}
