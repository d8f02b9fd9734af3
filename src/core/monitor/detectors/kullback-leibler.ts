import type { ShareDetector } from '../detector.js';

/** Kullback-Leibler divergence of the current from the reference shares, in nats. */
export const kullbackLeibler: ShareDetector = {
  name: 'kullback-leibler',
  compares: 'shares',
  threshold: 0.1,
  measure: (reference, current) => ({ statistic: divergence(current, reference), pValue: null }),
};

/** Σ p·ln(p / q) on shares of at least 1e-4, made to sum to 1. */
export function divergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const a = floored(p);
  const b = floored(q);
  return a.reduce((sum, share, i) => sum + share * Math.log(share / b[i]!), 0);
}

function floored(shares: ArrayLike<number>): Float64Array {
  const raised = Float64Array.from(shares, (share) => Math.max(share, 1e-4));
  const total = raised.reduce((sum, share) => sum + share, 0);
  return raised.map((share) => share / total);
}
