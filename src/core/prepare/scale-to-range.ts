import { LabError } from '../lab-error.js';
import { fitMinMax } from './scalers.js';

/** A fitted scaling to a range: out = x · scale + shift, cut to the range when `clip`. */
export interface RangeScaling {
  readonly scale: number;
  readonly shift: number;
  readonly low: number;
  readonly high: number;
  readonly clip: boolean;
}

/** Smallest and greatest value go to `low` and `high`, as `MinMaxScaler(feature_range, clip)`; NaN is left out. Throws `bad-range` unless low < high. */
export function fitRange(values: Float64Array, low: number, high: number, clip = false): RangeScaling {
  if (!(low < high)) throw new LabError('bad-range', { column: `${low} … ${high}` });
  const { offset, divisor } = fitMinMax(values);
  const scale = (high - low) / divisor;
  return { scale, shift: low - offset * scale, low, high, clip };
}

/** Applies it to one value. */
export function toRange({ scale, shift, low, high, clip }: RangeScaling, value: number): number {
  const scaled = value * scale + shift;
  return clip ? Math.min(high, Math.max(low, scaled)) : scaled;
}
