/** A power of two that brings the largest of the values to about 1 when their squares could overflow; else 1. */
export function safeScale(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) > most) most = Math.abs(values[i]!);
  if (!(most > 1e100)) return 1;
  let scale = 1;
  while (most * scale > 1) scale /= 2;
  return scale;
}

/** Mean and standard deviation without overflow; a deviation of 0 is given as 1. */
export function centreOf(y: Float64Array): { offset: number; divisor: number } {
  const scale = safeScale(y);
  let mean = 0;
  for (let i = 0; i < y.length; i++) mean += (y[i]! * scale) / y.length;
  let squares = 0;
  for (let i = 0; i < y.length; i++) squares += (y[i]! * scale - mean) ** 2;
  return { offset: mean / scale, divisor: Math.sqrt(squares / y.length) / scale || 1 };
}
