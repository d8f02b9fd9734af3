import { LabError } from '../lab-error.js';
import { createRandom, permutation } from '../random.js';
import type { Matrix } from '../table/table.js';
import type { FeatureGroup } from './feature-groups.js';
import type { Output } from './model-output.js';

/** How much worse the score gets when a feature's values are shuffled among the rows. */
export interface FeatureImportance {
  readonly name: string;
  /** Baseline score minus the score of each shuffle. */
  readonly drops: readonly number[];
  readonly mean: number;
  /** Deviation with denominator n, as scikit-learn gives it. */
  readonly deviation: number;
}

export interface PermutationImportance {
  readonly baseline: number;
  readonly features: readonly FeatureImportance[];
}

/** Row orders to shuffle by, `repeats` random ones for each feature, or given ones: order r of feature j takes row `orders[j][r][i]` for row i. */
export type Shuffles = { readonly seed: number; readonly repeats?: number } | { readonly orders: readonly (readonly ArrayLike<number>[])[] };

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019). `score` judges the rows of a changed `x`, greater is better.
 * The columns of a group are shuffled together. A feature that others can stand in for seems less important than it is. Throws `no-rows`.
 */
export function permutationImportance(x: Matrix, groups: readonly FeatureGroup[], score: (x: Matrix) => number, shuffles: Shuffles): PermutationImportance {
  if (x.rows === 0) throw new LabError('no-rows');
  const baseline = score(x);
  const orders = ordersOf(shuffles, groups.length, x.rows);
  const features = groups.map(({ name, columns }, j) => {
    const drops = orders[j]!.map((order) => baseline - score(shuffled(x, columns, order)));
    const mean = drops.reduce((sum, drop) => sum + drop, 0) / drops.length;
    return { name, drops, mean, deviation: Math.sqrt(drops.reduce((sum, drop) => sum + (drop - mean) ** 2, 0) / drops.length) };
  });
  return { baseline, features };
}

function ordersOf(shuffles: Shuffles, features: number, rows: number): readonly (readonly ArrayLike<number>[])[] {
  if ('orders' in shuffles) return shuffles.orders;
  const random = createRandom(shuffles.seed);
  return Array.from({ length: features }, () => Array.from({ length: shuffles.repeats ?? 5 }, () => permutation(rows, random)));
}

function shuffled(x: Matrix, columns: readonly number[], order: ArrayLike<number>): Matrix {
  const data = x.data.slice();
  for (const column of columns) {
    for (let row = 0; row < x.rows; row++) data[row * x.columns + column] = x.data[order[row]! * x.columns + column]!;
  }
  return { ...x, data };
}

/** The expected rise of the mean squared error over all n² pairs of a row and a donor of the feature's values, without any chance. */
export function expectedImportance(x: Matrix, y: ArrayLike<number>, groups: readonly FeatureGroup[], output: Output): Float64Array {
  const baseline = squaredError(output(x), y);
  return Float64Array.from(groups, ({ columns }) => {
    let sum = 0;
    for (let shift = 0; shift < x.rows; shift++) {
      const donors = Array.from({ length: x.rows }, (_, row) => (row + shift) % x.rows);
      sum += squaredError(output(shuffled(x, columns, donors)), y);
    }
    return sum / x.rows - baseline;
  });
}

function squaredError(predicted: Float64Array, y: ArrayLike<number>): number {
  return predicted.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / predicted.length;
}
