import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { coalitionValues } from './coalition-values.js';
import type { FeatureGroup } from './feature-groups.js';
import type { Output } from './model-output.js';

/** Contributions of the features to one prediction: base + Σ contributions = prediction. */
export interface ShapleyValues {
  /** The mean output over the background. */
  readonly base: number;
  readonly contributions: Float64Array;
  readonly prediction: number;
}

/** With more features than this, there are too many coalitions to visit. */
export const MOST_EXACT_FEATURES = 16;

/** Worth of all 2^d coalitions; feature j is in coalition m when bit j of m is set. Throws `too-many-features` {features, limit}, `no-rows`. */
export function allCoalitionValues(output: Output, background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[]): Float64Array {
  const d = groups.length;
  if (d > MOST_EXACT_FEATURES) throw new LabError('too-many-features', { features: d, limit: MOST_EXACT_FEATURES });
  const coalitions = Array.from({ length: 2 ** d }, (_, mask) => Uint8Array.from({ length: d }, (__, j) => (mask >> j) & 1));
  return coalitionValues(output, background, row, groups, coalitions);
}

/** Shapley values by their definition (Shapley 1953): φⱼ = Σ |S|!(d − |S| − 1)!/d! · (v(S ∪ j) − v(S)). Throws as `allCoalitionValues`. */
export function exactShapley(output: Output, background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[]): ShapleyValues {
  return shapleyOfValues(allCoalitionValues(output, background, row, groups), groups.length);
}

/** The same from the worth of all coalitions. */
export function shapleyOfValues(values: Float64Array, d: number): ShapleyValues {
  const weights = sizeWeights(d);
  const contributions = new Float64Array(d);
  for (let mask = 0; mask < values.length; mask++) {
    const weight = weights[bitsOf(mask)]!;
    for (let j = 0; j < d; j++) if (!((mask >> j) & 1)) contributions[j]! += weight * (values[mask | (1 << j)]! - values[mask]!);
  }
  return { base: values[0]!, contributions, prediction: values[values.length - 1]! };
}

/** s!(d − s − 1)!/d! for s = 0 … d − 1. */
function sizeWeights(d: number): Float64Array {
  const weights = new Float64Array(d + 1);
  let choose = 1;
  for (let s = 0; s < d; s++) {
    weights[s] = 1 / (d * choose);
    choose = (choose * (d - 1 - s)) / (s + 1);
  }
  return weights;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest; rest &= rest - 1) bits += 1;
  return bits;
}
