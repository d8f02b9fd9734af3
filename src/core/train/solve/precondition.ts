import type { StandardRows } from '../kernels/standard-rows.js';
import { factorise, solveFactorised } from './cholesky.js';

/** More rows would sharpen the estimate no further, and more columns cost more than they save. */
const MOST_ROWS = 1024;
const MOST_COLUMNS = 200;

/**
 * Divides a gradient of `outputs` blocks (a coefficient for each column, then an intercept) by what the curvature of a logistic loss at 0
 * is about: XᵀX/4 over some of the standardised rows, plus `penalties`. Undefined for matrices that gain nothing by it.
 */
export function logisticPreconditioner(x: StandardRows, penalties: Float64Array, outputs: number): ((gradient: Float64Array) => void) | undefined {
  const d = x.columns;
  if (d === 0 || d > MOST_COLUMNS || x.rows < 2 * d) return undefined;
  const factor = curvatureOf(x);
  // A little more than the penalty, so that columns which only seem to depend on one another do no harm.
  for (let j = 0; j < d; j++) factor[j * d + j]! += penalties[j]! + 1e-4;
  if (!factorise(factor, d)) return undefined;
  return (gradient) => {
    for (let k = 0; k < outputs; k++) {
      const base = k * (d + 1);
      solveFactorised(factor, gradient.subarray(base, base + d));
      gradient[base + d]! *= 4;
    }
  };
}

/** The lower half of XᵀX/4 over evenly spread rows, divided by their number. */
function curvatureOf(x: StandardRows): Float64Array {
  const step = Math.ceil(x.rows / MOST_ROWS);
  return x.outer(step, 0.25 / Math.ceil(x.rows / step));
}
