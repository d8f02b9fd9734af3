import type { Scaling } from './scalers.js';

/** Division by the greatest absolute value, so that zeros stay zeros, as `MaxAbsScaler`; NaN is left out. */
export function fitMaxAbs(values: Float64Array): Scaling {
  let greatest = 0;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    greatest = Math.max(greatest, Math.abs(value));
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { offset: 0, divisor: greatest > 0 ? greatest : 1, constant: least === most };
}
