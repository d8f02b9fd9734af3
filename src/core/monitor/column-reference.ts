import { countBins, quantileEdges, sharesOf, sortedPresent } from './binner.js';
import { asymptoticKsPValue } from './detectors/ks.js';
import { stabilityIndex } from './detectors/psi.js';

/**
 * What is kept of a reference column so that any number of later rows can be compared with it in one pass. `breaks` are its
 * distinct values and the inner edges of its deciles: counts between and at them give KS and PSI exactly, not by approximation.
 */
export interface ColumnReference {
  readonly rows: number;
  readonly missing: number;
  readonly breaks: Float64Array;
  /** Reference rows at most as large as each break, and strictly below it. */
  readonly upTo: Float64Array;
  readonly below: Float64Array;
  /** The bins of PSI; fewer than three edges leave PSI undefined. */
  readonly edges: Float64Array;
  readonly binning: 'deciles' | 'values' | 'none';
  readonly shares: Float64Array;
  /** Position in `breaks` where the search for a value starts, by equally wide bucket. */
  readonly lookup: Int32Array;
}

/**
 * Counts of later rows by cell of a reference: cell 2i lies just below break i, cell 2i + 1 is break i itself; the last one counts
 * missing values. Two such counts of one reference may be added.
 */
export type CellCounts = Float64Array;

/** Drift of a column since its reference; null where not defined (no rows, a constant reference). */
export interface ColumnDrift {
  readonly ks: number | null;
  /** Asymptotic, as scipy's `method='asymp'`. */
  readonly ksPValue: number | null;
  readonly psi: number | null;
}

/** Prepares a reference column; a column whose deciles coincide (0/1, a few levels) gets one bin for each distinct value instead. */
export function describeColumn(values: Float64Array): ColumnReference {
  const sorted = sortedPresent(values);
  const { edges, binning } = chooseEdges(sorted);
  const breaks = distinct(Float64Array.from([...sorted, ...edges.subarray(1, -1)]).sort());
  return {
    rows: sorted.length,
    missing: values.length - sorted.length,
    breaks,
    ...cumulate(sorted, breaks),
    edges,
    binning,
    shares: sharesOf(countBins(sorted, edges)),
    lookup: makeLookup(breaks),
  };
}

/** Empty counts for a reference. */
export const emptyCounts = (reference: ColumnReference): CellCounts => new Float64Array(2 * reference.breaks.length + 2);

/** Adds rows `from` … `to`-1 of a column to the counts, in place. */
export function addToCounts(
  reference: ColumnReference,
  counts: CellCounts,
  values: ArrayLike<number>,
  from = 0,
  to = values.length,
): void {
  const { breaks, lookup } = reference;
  const bucketOf = bucketsOf(breaks, lookup.length - 1);
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (value !== value) {
      counts[counts.length - 1]! += 1;
      continue;
    }
    const bucket = bucketOf(value);
    const at = firstAbove(breaks, value, lookup[bucket]!, lookup[bucket + 1]!);
    counts[at > 0 && breaks[at - 1] === value ? 2 * at - 1 : 2 * at]! += 1;
  }
}

/** KS and PSI of the counted rows against their reference. */
export function driftOfCounts(reference: ColumnReference, counts: CellCounts): ColumnDrift {
  const rows = presentRows(counts);
  if (rows === 0 || reference.rows === 0) return { ks: null, ksPValue: null, psi: null };
  const ks = gapOfCounts(reference, counts, rows);
  const psi = reference.edges.length < 3 ? null : stabilityIndex(reference.shares, binnedShares(reference, counts));
  return { ks, ksPValue: asymptoticKsPValue(reference.rows, rows, ks), psi };
}

/** Counted rows that are not missing. */
export function presentRows(counts: CellCounts): number {
  let rows = 0;
  for (let i = 0; i < counts.length - 1; i++) rows += counts[i]!;
  return rows;
}

/** Missing values counted. */
export const missingRows = (counts: CellCounts): number => counts.at(-1) ?? 0;

function chooseEdges(sorted: Float64Array): Pick<ColumnReference, 'edges' | 'binning'> {
  const deciles = quantileEdges(sorted);
  if (deciles.length >= 3) return { edges: deciles, binning: 'deciles' };
  const values = distinct(sorted);
  if (values.length < 2 || values.length > 20) return { edges: deciles, binning: 'none' };
  return { edges: Float64Array.from([values[0]!, ...values.subarray(1), Infinity]), binning: 'values' };
}

function distinct(ascending: Float64Array): Float64Array {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
}

function cumulate(sorted: Float64Array, breaks: Float64Array): Pick<ColumnReference, 'upTo' | 'below'> {
  const upTo = new Float64Array(breaks.length);
  const below = new Float64Array(breaks.length);
  let at = 0;
  breaks.forEach((value, i) => {
    while (at < sorted.length && sorted[at]! < value) at += 1;
    below[i] = at;
    while (at < sorted.length && sorted[at] === value) at += 1;
    upTo[i] = at;
  });
  return { upTo, below };
}

function makeLookup(breaks: Float64Array): Int32Array {
  const buckets = Math.max(1, Math.min(65536, 4 * breaks.length));
  const lookup = new Int32Array(buckets + 1);
  const bucketOf = bucketsOf(breaks, buckets);
  breaks.forEach((value) => (lookup[bucketOf(value) + 1]! += 1));
  for (let b = 1; b <= buckets; b++) lookup[b]! += lookup[b - 1]!;
  return lookup;
}

// Monotone in the value, so breaks of earlier buckets are smaller and breaks of later ones larger, however it rounds.
function bucketsOf(breaks: Float64Array, buckets: number): (value: number) => number {
  const low = breaks[0] ?? 0;
  const width = (breaks.at(-1) ?? 0) - low;
  const scale = width > 0 && Number.isFinite(buckets / width) ? buckets / width : 0;
  const last = buckets - 1;
  return (value) => {
    const bucket = (value - low) * scale;
    return bucket >= last ? last : bucket > 0 ? Math.floor(bucket) : 0;
  };
}

/** How many breaks are at most `value`, known to lie between `low` and `high`. */
function firstAbove(breaks: Float64Array, value: number, low: number, high: number): number {
  while (high - low > 8) {
    const middle = (low + high) >> 1;
    if (breaks[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  while (low < high && breaks[low]! <= value) low += 1;
  return low;
}

// The reference's distribution function is flat between breaks, so the largest gap lies at a break or just below one.
function gapOfCounts({ breaks, upTo, below, rows: referenceRows }: ColumnReference, counts: CellCounts, rows: number): number {
  let most = 0;
  let current = 0;
  for (let i = 0; i < breaks.length; i++) {
    current += counts[2 * i]!;
    most = Math.max(most, Math.abs(current / rows - below[i]! / referenceRows));
    current += counts[2 * i + 1]!;
    most = Math.max(most, Math.abs(current / rows - upTo[i]! / referenceRows));
  }
  return most;
}

function binnedShares({ breaks, edges }: ColumnReference, counts: CellCounts): Float64Array {
  const bins = new Float64Array(edges.length - 1);
  let bin = 0;
  for (let i = 0; i < breaks.length; i++) {
    bins[bin]! += counts[2 * i]!;
    while (bin < bins.length - 1 && breaks[i]! >= edges[bin + 1]!) bin += 1;
    bins[bin]! += counts[2 * i + 1]!;
  }
  bins[bin]! += counts[2 * breaks.length]!;
  return sharesOf(bins);
}
