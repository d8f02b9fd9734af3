import type { Matrix } from '../../table/table.js';
import { exp, log } from '../exact-math.js';

/** Rows that are taken together: their inputs stay in the cache, and as many factors of at most 2 have a product that is finite. */
const BATCH = 512;

/**
 * The sum over rows of the log loss of a linear score (coefficients, then the intercept) for labels 0 and 1; writes its gradient.
 *
 * Small loops without branches, called batch by batch, rather than one large one: an engine soon has each of them compiled, and right
 * the first time.
 */
export function binaryRows({ rows, columns: d, data }: Matrix, y: Float64Array): (point: Float64Array, gradient: Float64Array) => number {
  const scores = new Float64Array(BATCH);
  const sums = new Float64Array(2);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let from = 0; from < rows; from += BATCH) {
      const count = Math.min(BATCH, rows - from);
      score(scores, data, from * d, count, d, point);
      turnIntoErrors(scores, y, from, count, sums);
      // The logarithm of a product costs one logarithm.
      loss += sums[0]! + log(sums[1]!);
      addErrors(gradient, data, from * d, count, d, scores);
    }
    return loss;
  };
}

function score(scores: Float64Array, data: Float64Array, start: number, count: number, d: number, point: Float64Array): void {
  for (let r = 0, at = start; r < count; r++) {
    let z = point[d]!;
    for (let j = 0; j < d; j++, at++) z += point[j]! * data[at]!;
    scores[r] = z;
  }
}

/** Turns scores into probability minus label; the losses are sums[0] plus the logarithm of sums[1]. */
function turnIntoErrors(scores: Float64Array, y: Float64Array, from: number, count: number, sums: Float64Array): void {
  sums[0] = 0;
  sums[1] = 1;
  for (let r = 0; r < count; r++) {
    const z = scores[r]!;
    const label = y[from + r]!;
    const e = exp(-Math.abs(z));
    sums[0]! += Math.max(z, 0) - z * label;
    sums[1]! *= 1 + e;
    scores[r] = (z > 0 ? 1 : e) / (1 + e) - label;
  }
}

function addErrors(gradient: Float64Array, data: Float64Array, start: number, count: number, d: number, errors: Float64Array): void {
  for (let r = 0, at = start; r < count; r++) {
    const error = errors[r]!;
    gradient[d]! += error;
    for (let j = 0; j < d; j++, at++) gradient[j]! += error * data[at]!;
  }
}
