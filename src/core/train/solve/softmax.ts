import { exp, log } from '../exact-math.js';

/** Turns `classes` logits from `start` on into probabilities and gives log Σ e^z. */
export function softmaxInPlace(z: Float64Array, start: number, classes: number): number {
  let most = -Infinity;
  for (let k = start; k < start + classes; k++) if (z[k]! > most) most = z[k]!;
  let sum = 0;
  for (let k = start; k < start + classes; k++) sum += z[k] = exp(z[k]! - most);
  for (let k = start; k < start + classes; k++) z[k]! /= sum;
  return most + log(sum);
}
