import type { ShareDetector } from '../detector.js';

/** Population stability index of the shares; below 0.1 stable, from 0.2 on a change worth an alert. */
export const psi: ShareDetector = {
  name: 'psi',
  compares: 'shares',
  threshold: 0.2,
  measure: (reference, current) => ({ statistic: stabilityIndex(reference, current), pValue: null }),
};

/** Σ (current − reference)·ln(current / reference), shares of at least 1e-4. */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const r = Math.max(reference[i]!, 1e-4);
    const c = Math.max(current[i]!, 1e-4);
    sum += (c - r) * Math.log(c / r);
  }
  return sum;
}
