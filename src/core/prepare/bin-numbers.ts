import { LabError } from '../lab-error.js';
import { knownValues, quantileOfSorted } from '../table/quantile.js';

/** Ascending edges of bins, first and last included. */
export type BinEdges = Float64Array;

/**
 * Edges of bins of equal width or of equally many rows, as `KBinsDiscretizer`; edges that coincide are kept once. Throws `bad-bins` {bins}
 * for fewer than two, `no-rows` without a known value.
 */
export function fitBins(values: Float64Array, bins: number, strategy: 'uniform' | 'quantile'): BinEdges {
  if (!Number.isInteger(bins) || bins < 2) throw new LabError('bad-bins', { bins });
  const sorted = knownValues(values).sort();
  if (sorted.length === 0) throw new LabError('no-rows');
  const [low, high] = [sorted[0]!, sorted[sorted.length - 1]!];
  const edges = Array.from({ length: bins + 1 }, (_, i) => (strategy === 'quantile' ? quantileOfSorted(sorted, i / bins) : i === bins ? high : low + ((high - low) * i) / bins));
  return Float64Array.from(new Set(edges));
}

/** Number of the value's bin, from 0; values outside go to the first or last bin, NaN stays. */
export function binOf(edges: BinEdges, value: number): number {
  if (Number.isNaN(value)) return NaN;
  let bin = 0;
  while (bin + 2 < edges.length && value >= edges[bin + 1]!) bin += 1;
  return bin;
}
