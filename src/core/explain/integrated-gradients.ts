import { LabError } from '../lab-error.js';

/** Gradient of a model's output at each of n inputs of `size` numbers, one after another. */
export type GradientAt = (inputs: Float32Array, count: number) => Promise<ArrayLike<number>>;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017): (x − x₀) · ∫ ∂f/∂x along the straight line from the baseline x₀ to x, by the midpoint
 * rule in `steps` parts. The sum comes near f(x) − f(x₀). Throws `length-mismatch`, `bad-bins` {bins} for no steps.
 */
export async function integratedGradients(x: ArrayLike<number>, baseline: ArrayLike<number>, gradient: GradientAt, steps = 32, batch = 8): Promise<Float64Array> {
  const size = x.length;
  if (baseline.length !== size) throw new LabError('length-mismatch', { first: size, second: baseline.length });
  if (!(steps >= 1)) throw new LabError('bad-bins', { bins: steps });
  const sums = new Float64Array(size);
  for (let from = 0; from < steps; from += batch) {
    const count = Math.min(batch, steps - from);
    const inputs = new Float32Array(count * size);
    for (let s = 0; s < count; s++) {
      const share = (from + s + 0.5) / steps;
      for (let i = 0; i < size; i++) inputs[s * size + i] = baseline[i]! + share * (x[i]! - baseline[i]!);
    }
    const gradients = await gradient(inputs, count);
    for (let at = 0; at < count * size; at++) sums[at % size]! += gradients[at]!;
  }
  return sums.map((sum, i) => ((x[i]! - baseline[i]!) * sum) / steps);
}
