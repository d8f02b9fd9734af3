import type { Recipe } from '../prepare/recipe.js';

/** A feature as people know it and the columns of the model's input that it fills, several for a one-hot category. */
export interface FeatureGroup {
  readonly name: string;
  readonly columns: readonly number[];
}

/** The recipe's inputs with their columns, in order. */
export function featureGroups(recipe: Recipe): FeatureGroup[] {
  let at = 0;
  return recipe.steps.map((step) => {
    const width = step.kind === 'one-hot' ? step.levels.length : 1;
    at += width;
    return { name: step.name, columns: Array.from({ length: width }, (_, i) => at - width + i) };
  });
}

/** Each column as a feature of its own. */
export const singleColumns = (names: readonly string[]): FeatureGroup[] => names.map((name, column) => ({ name, columns: [column] }));

/** Which feature each of `columns` columns belongs to; -1 for none. */
export function featureOfColumn(groups: readonly FeatureGroup[], columns: number): Int32Array {
  const feature = new Int32Array(columns).fill(-1);
  groups.forEach((group, at) => group.columns.forEach((column) => (feature[column] = at)));
  return feature;
}
