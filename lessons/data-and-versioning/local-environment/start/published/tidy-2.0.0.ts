/** tidy 2.0.0: `mean` is now called `average`, as announced in 1.2.0. */
export function average(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
