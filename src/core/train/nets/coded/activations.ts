import { exp, sigmoid } from '../../exact-math.js';
import type { Activation } from './net-plan.js';

/** tanh by way of the logistic function, which gives the same bits everywhere. */
const tanh = (x: number): number => 2 * sigmoid(2 * x) - 1;

const ROOT = Math.sqrt(2 / Math.PI);
const gate = (x: number): number => tanh(ROOT * (x + 0.044715 * x ** 3));

const VALUES: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => (x > 0 ? x : 0),
  tanh,
  sigmoid,
  elu: (x) => (x > 0 ? x : exp(x) - 1),
  gelu: (x) => 0.5 * x * (1 + gate(x)),
};

/** Applies an activation in place; gives the same array. */
export function activate(values: Float64Array, activation: Activation): Float64Array {
  if (activation === 'linear') return values;
  const value = VALUES[activation];
  for (let at = 0; at < values.length; at++) values[at] = value(values[at]!);
  return values;
}
