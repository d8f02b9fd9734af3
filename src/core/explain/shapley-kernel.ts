import { LabError } from '../lab-error.js';
import { createRandom, permutation, type Random } from '../random.js';
import type { Matrix } from '../table/table.js';
import { solveCholesky } from '../train/solve/cholesky.js';
import { coalitionValues } from './coalition-values.js';
import type { FeatureGroup } from './feature-groups.js';
import type { Output } from './model-output.js';
import type { ShapleyValues } from './shapley-exact.js';

interface Weighted {
  readonly coalition: Uint8Array;
  readonly weight: number;
}

/**
 * Kernel SHAP (Lundberg and Lee 2017): least squares over coalitions, weighted by (d − 1)/(C(d, s)·s·(d − s)), held to base + Σφ = prediction.
 * All coalitions are used when `samples` allows, which is exact; else they are drawn by their weight, each with its complement.
 * Throws `no-rows`, `too-few-samples` {samples, features}.
 */
export function kernelShapley(output: Output, background: Matrix, row: ArrayLike<number>, groups: readonly FeatureGroup[], options: { readonly seed: number; readonly samples?: number }): ShapleyValues {
  const d = groups.length;
  const { seed, samples = 2048 + 2 * d } = options;
  const [base, prediction] = coalitionValues(output, background, row, groups, [new Uint8Array(d), new Uint8Array(d).fill(1)]) as unknown as [number, number];
  if (d <= 1) return { base, contributions: new Float64Array(d).fill(prediction - base), prediction };
  const drawn = d < 31 && 2 ** d - 2 <= samples ? everyCoalition(d) : drawCoalitions(d, samples, createRandom(seed));
  const values = coalitionValues(output, background, row, groups, drawn.map(({ coalition }) => coalition));
  const contributions = solveConstrained(drawn, values, base, prediction, d);
  if (!contributions) throw new LabError('too-few-samples', { samples, features: d });
  return { base, contributions, prediction };
}

function everyCoalition(d: number): Weighted[] {
  const choose = Float64Array.from({ length: d + 1 }, () => 1);
  for (let s = 1; s <= d; s++) choose[s] = (choose[s - 1]! * (d - s + 1)) / s;
  return Array.from({ length: 2 ** d - 2 }, (_, at) => {
    const coalition = Uint8Array.from({ length: d }, (__, j) => ((at + 1) >> j) & 1);
    const size = coalition.reduce((sum, flag) => sum + flag, 0);
    return { coalition, weight: (d - 1) / (choose[size]! * size * (d - size)) };
  });
}

function drawCoalitions(d: number, samples: number, random: Random): Weighted[] {
  const sizes = Float64Array.from({ length: d - 1 }, (_, i) => 1 / ((i + 1) * (d - i - 1)));
  const total = sizes.reduce((sum, weight) => sum + weight, 0);
  const drawn = new Map<string, { coalition: Uint8Array; weight: number }>();
  for (let i = 0; i + 1 < samples; i += 2) {
    const coalition = drawCoalition(d, sizes, total, random);
    for (const own of [coalition, coalition.map((flag) => 1 - flag)]) {
      const known = drawn.get(own.join(''));
      if (known) known.weight += 1;
      else drawn.set(own.join(''), { coalition: own, weight: 1 });
    }
  }
  return [...drawn.values()];
}

function drawCoalition(d: number, sizes: Float64Array, total: number, random: Random): Uint8Array {
  let rest = random() * total;
  let size = 1;
  while (size < d - 1 && rest >= sizes[size - 1]!) {
    rest -= sizes[size - 1]!;
    size += 1;
  }
  const coalition = new Uint8Array(d);
  for (const j of permutation(d, random).subarray(0, size)) coalition[j] = 1;
  return coalition;
}

/** Weighted least squares with the last contribution expressed by the others. */
function solveConstrained(drawn: readonly Weighted[], values: Float64Array, base: number, prediction: number, d: number): Float64Array | undefined {
  const n = d - 1;
  const gram = new Float64Array(n * n);
  const moment = new Float64Array(n);
  const whole = prediction - base;
  drawn.forEach(({ coalition, weight }, at) => {
    const last = coalition[n]!;
    const rest = values[at]! - base - last * whole;
    for (let i = 0; i < n; i++) {
      const zi = coalition[i]! - last;
      if (zi === 0) continue;
      moment[i]! += weight * zi * rest;
      for (let j = 0; j <= i; j++) gram[i * n + j]! += weight * zi * (coalition[j]! - last);
    }
  });
  const solved = solveCholesky(gram, moment);
  if (!solved) return undefined;
  const sum = solved.reduce((total, value) => total + value, 0);
  return Float64Array.from([...solved, whole - sum]);
}
