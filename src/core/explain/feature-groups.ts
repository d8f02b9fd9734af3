import type { Recipe } from '../prepare/recipe.js';
import { mixOutputs, recipeOutputs, stepOutputs } from '../prepare/step-outputs.js';

/** A feature as people know it and the columns of the model's input that it fills, several for a one-hot category. */
export interface FeatureGroup {
  readonly name: string;
  readonly columns: readonly number[];
}

/** The recipe's inputs with their columns, in order; inputs that products or components mix are one feature, such as `age & income`. */
export function featureGroups(recipe: Pick<Recipe, 'steps' | 'mixes'>): FeatureGroup[] {
  const { steps, mixes = [] } = recipe;
  const outputs = recipeOutputs(steps, mixes);
  const own = new Map(steps.map((step) => [step.name, stepOutputs(step).flatMap((name) => placeOf(outputs, name))]));
  return mixedFeatures(recipe).map((members) => {
    const mixed = mixes.filter(({ inputs }) => inputs.some((name) => members.includes(name))).flatMap(mixOutputs);
    return { name: members.join(' & '), columns: [...members.flatMap((name) => own.get(name)!), ...mixed.flatMap((name) => placeOf(outputs, name))] };
  });
}

const placeOf = (outputs: readonly string[], name: string): number[] => (outputs.includes(name) ? [outputs.indexOf(name)] : []);

/** Names of the raw columns, those together that a mix takes together. */
export function mixedFeatures({ steps, mixes = [] }: Pick<Recipe, 'steps' | 'mixes'>): string[][] {
  const groups: string[][] = [];
  for (const { name } of steps) {
    const inputs = new Set(mixes.filter((mix) => mix.inputs.includes(name)).flatMap((mix) => mix.inputs));
    const known = groups.find((group) => group.some((member) => inputs.has(member)));
    if (known) known.push(name);
    else groups.push([name]);
  }
  return groups;
}

/** Each column as a feature of its own. */
export const singleColumns = (names: readonly string[]): FeatureGroup[] => names.map((name, column) => ({ name, columns: [column] }));

/** Which feature each of `columns` columns belongs to; -1 for none. */
export function featureOfColumn(groups: readonly FeatureGroup[], columns: number): Int32Array {
  const feature = new Int32Array(columns).fill(-1);
  groups.forEach((group, at) => group.columns.forEach((column) => (feature[column] = at)));
  return feature;
}
