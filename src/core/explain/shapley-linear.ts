import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import type { FeatureGroup } from './feature-groups.js';
import type { ShapleyValues } from './shapley-exact.js';

/** Shapley values of intercept + w·x in closed form: φⱼ = wⱼ(xⱼ − mean of the background's xⱼ), summed over a feature's columns. Throws `no-rows`. */
export function linearShapley(weights: ArrayLike<number>, intercept: number, background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[]): ShapleyValues {
  if (background.rows === 0) throw new LabError('no-rows');
  const means = new Float64Array(background.columns);
  background.data.forEach((value, at) => (means[at % background.columns]! += value / background.rows));
  let [base, prediction] = [intercept, intercept];
  for (let j = 0; j < means.length; j++) {
    base += weights[j]! * means[j]!;
    prediction += weights[j]! * row[j]!;
  }
  const contributions = Float64Array.from(groups, ({ columns }) => columns.reduce((sum, j) => sum + weights[j]! * (row[j]! - means[j]!), 0));
  return { base, contributions, prediction };
}
