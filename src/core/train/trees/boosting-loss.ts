import { exp, log } from '../exact-math.js';

/** A loss over raw scores, one array for each output. Gradients have the digits of a float32, so that their sums are exact and equal splits tie. */
export interface BoostingLoss {
  readonly outputs: number;
  /** The best constant scores. */
  readonly baseline: readonly number[];
  /** Slope and curvature of each row's loss by each output; no hessians means 1 everywhere. */
  readonly gradients: readonly Float64Array[];
  readonly hessians: readonly Float64Array[] | undefined;
  /** Fills them at the given scores and gives the mean loss there. */
  update(raw: readonly Float64Array[]): number;
}

/** Half the squared error. */
export function squaredLoss(y: Float64Array): BoostingLoss {
  const gradients = new Float64Array(y.length);
  return {
    outputs: 1,
    baseline: [y.reduce((sum, value) => sum + value, 0) / y.length],
    gradients: [gradients],
    hessians: undefined,
    update([raw]) {
      let sum = 0;
      for (let i = 0; i < y.length; i++) {
        const error = raw![i]! - y[i]!;
        gradients[i] = Math.fround(error);
        sum += error * error;
      }
      return sum / y.length;
    },
  };
}

/** As many factors of at most 2 have a product that is still finite. */
const FACTORS = 512;

/** Log loss of the sigmoid of the score, for classes 0 and 1. */
export function binaryLoss(y: Float64Array): BoostingLoss {
  const n = y.length;
  const gradients = new Float64Array(n);
  const hessians = new Float64Array(n);
  const share = Math.min(1 - 1e-12, Math.max(1e-12, y.reduce((sum, value) => sum + value, 0) / n));
  return {
    outputs: 1,
    baseline: [log(share / (1 - share))],
    gradients: [gradients],
    hessians: [hessians],
    update([raw]) {
      let sum = 0;
      let product = 1;
      for (let i = 0; i < n; i++) {
        const z = raw![i]!;
        const label = y[i]!;
        const e = exp(-Math.abs(z));
        const q = 1 / (1 + e);
        gradients[i] = Math.fround((z > 0 ? q : e * q) - label);
        hessians[i] = e * q * q;
        sum += Math.max(z, 0) - z * label;
        // The logarithm of a product costs one logarithm.
        product *= 1 + e;
        if (i % FACTORS === 0) {
          sum += log(product);
          product = 1;
        }
      }
      return (sum + log(product)) / n;
    },
  };
}

/** Log loss of the softmax of `classes` scores. */
export function softmaxLoss(y: Float64Array, classes: number): BoostingLoss {
  const n = y.length;
  const columns = (): Float64Array[] => Array.from({ length: classes }, () => new Float64Array(n));
  const gradients = columns();
  const hessians = columns();
  const shares = new Float64Array(classes);
  for (const code of y) shares[code]! += 1 / n;
  const scores = new Float64Array(classes);
  return {
    outputs: classes,
    baseline: [...shares].map((share) => log(Math.max(share, 1e-12))),
    gradients,
    hessians,
    update(raw) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        let most = -Infinity;
        for (let k = 0; k < classes; k++) if ((scores[k] = raw[k]![i]!) > most) most = scores[k]!;
        const own = scores[y[i]!]! - most;
        let total = 0;
        for (let k = 0; k < classes; k++) total += scores[k] = exp(scores[k]! - most);
        sum += log(total) - own;
        for (let k = 0; k < classes; k++) {
          const p = scores[k]! / total;
          gradients[k]![i] = Math.fround(p - (y[i] === k ? 1 : 0));
          hessians[k]![i] = p * (1 - p);
        }
      }
      return sum / n;
    },
  };
}
