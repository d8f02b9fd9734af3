import { tukeyFences } from '../clean/fences.js';
import { medianOf } from './imputers.js';
import { momentsOfColumn } from './moments.js';

/** Rows outside Tukey's fences. */
export function outsideFences(values: Float64Array, reach = 1.5): number[] {
  const { low, high } = tukeyFences(values, reach);
  return rowsWhere(values, (value) => value < low || value > high);
}

/** Rows more than `limit` standard deviations (denominator n) from the mean; outliers themselves widen it. */
export function farFromMean(values: Float64Array, limit = 3): number[] {
  const { mean, populationDeviation } = momentsOfColumn(values);
  return rowsWhere(values, (value) => Math.abs(value - mean) > limit * populationDeviation);
}

/** Median absolute deviation from the median. */
export function medianDeviation(values: Float64Array): number {
  const centre = medianOf(values);
  return medianOf(values.map((value) => Math.abs(value - centre)));
}

/** Rows whose modified z-score 0.6745·|x − median| / MAD is above `limit` (Iglewicz and Hoaglin 1993); none when the MAD is 0. */
export function farFromMedian(values: Float64Array, limit = 3.5): number[] {
  const [centre, spread] = [medianOf(values), medianDeviation(values)];
  return spread > 0 ? rowsWhere(values, (value) => (0.6745 * Math.abs(value - centre)) / spread > limit) : [];
}

function rowsWhere(values: Float64Array, holds: (value: number) => boolean): number[] {
  return Array.from(values.keys()).filter((row) => holds(values[row]!));
}
