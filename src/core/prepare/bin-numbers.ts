import { LabError } from '../lab-error.js';
import { knownValues, quantileOfSorted } from '../table/quantile.js';
import { kMeans } from './k-means.js';

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

const MOST_VALUES = 50_000;

/**
 * Edges half-way between the centres of one-dimensional k-means, as `KBinsDiscretizer(strategy='kmeans')`: it starts from the middles of equal
 * bins. Of more than 50,000 values evenly chosen ones are looked at. Throws as `fitBins`.
 */
export function fitKMeansBins(values: Float64Array, bins: number): BinEdges {
  const start = fitBins(values, bins, 'uniform');
  const sorted = knownValues(values).sort();
  const distinct = new Set(sorted).size;
  if (distinct < 2) return start;
  const step = Math.max(1, Math.ceil(sorted.length / MOST_VALUES));
  const data = sorted.filter((_, i) => i % step === 0);
  const middles = Array.from(start.slice(1), (edge, i) => [(edge + start[i]!) / 2]).slice(0, Math.min(bins, data.length));
  const { centres } = kMeans({ rows: data.length, columns: 1, data }, middles);
  const at = centres.map(([centre]) => centre!).sort((a, b) => a - b);
  return Float64Array.from(new Set([sorted[0]!, ...at.slice(1).map((centre, i) => (centre + at[i]!) / 2), sorted[sorted.length - 1]!]));
}
