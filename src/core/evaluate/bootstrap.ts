import { LabError } from '../lab-error.js';
import { createRandom } from '../random.js';
import { quantileOfSorted } from '../table/quantile.js';
import { normalTail } from './distributions.js';
import { checkLevel } from './intervals.js';
import { normalQuantile } from './quantiles.js';

/** How to resample; the same seed gives the same interval. */
export interface BootstrapOptions {
  readonly seed: number;
  readonly samples?: number;
  readonly level?: number;
  readonly method?: 'percentile' | 'bca';
}

/** A metric with its bootstrap interval; null where the metric is not defined often enough to tell. */
export interface BootstrapInterval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
  /** What was used: BCa falls back to percentiles where its corrections are not defined. */
  readonly method: 'percentile' | 'bca';
  /** Resamples, and how many of them left the metric undefined, such as AUC when only one class was drawn. */
  readonly samples: number;
  readonly undefinedSamples: number;
}

/** At most as many parts are left out in turn, so that the jackknife of many rows stays cheap. */
const MOST_PARTS = 200;

/**
 * Interval of a metric of `rows` rows by resampling them (Efron and Tibshirani 1993, chapters 13 and 14). `metric` gets row numbers with
 * repeats and gives a value, or null where it is not defined. For two models, give the difference of their metrics on the same rows.
 * Throws `no-rows`, `bad-level`.
 */
export function bootstrapInterval(rows: number, metric: (rows: Int32Array) => number | null, options: BootstrapOptions): BootstrapInterval {
  const { seed, samples = 1000, level = 0.95, method = 'bca' } = options;
  if (rows < 1) throw new LabError('no-rows');
  checkLevel(level);
  const estimate = known(metric(Int32Array.from({ length: rows }, (_, row) => row)));
  const values = resample(rows, metric, seed, samples);
  const counts = { samples, undefinedSamples: samples - values.length };
  if (estimate === null || values.length < samples / 2) return { estimate, low: null, high: null, standardError: null, method: 'percentile', ...counts };
  const tails: [number, number] = [(1 - level) / 2, (1 + level) / 2];
  const corrected = method === 'bca' ? correctTails(tails, estimate, values, rows, metric) : undefined;
  const [low, high] = (corrected ?? tails).map((share) => quantileOfSorted(values, share)) as [number, number];
  return { estimate, low, high, standardError: deviationOf(values), method: corrected ? 'bca' : 'percentile', ...counts };
}

const known = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

/** Sorted metrics of the resamples in which the metric is defined. */
function resample(rows: number, metric: (rows: Int32Array) => number | null, seed: number, samples: number): Float64Array {
  const random = createRandom(seed);
  const values: number[] = [];
  const drawn = new Int32Array(rows);
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < rows; i++) drawn[i] = Math.floor(random() * rows);
    const value = known(metric(drawn));
    if (value !== null) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/** Tails moved by the bias z₀ and the acceleration a: Φ(z₀ + (z₀ + z) / (1 − a(z₀ + z))). */
function correctTails(tails: readonly [number, number], estimate: number, values: Float64Array, rows: number, metric: (rows: Int32Array) => number | null): [number, number] | undefined {
  const below = values.reduce((count, value) => count + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0) / values.length;
  const bias = normalQuantile(below);
  const acceleration = accelerationOf(rows, metric);
  if (!Number.isFinite(bias) || acceleration === undefined) return undefined;
  const moved = tails.map((tail) => {
    const z = bias + normalQuantile(tail);
    return 1 - normalTail(bias + z / (1 - acceleration * z));
  }) as [number, number];
  return moved.every(Number.isFinite) ? moved : undefined;
}

/** Σd³ / (6(Σd²)^1.5) of the jackknife's departures; undefined when they vanish or the metric is not defined without some part. */
function accelerationOf(rows: number, metric: (rows: Int32Array) => number | null): number | undefined {
  const parts = Math.min(rows, MOST_PARTS);
  if (parts < 2) return undefined;
  const left: number[] = [];
  for (let part = 0; part < parts; part++) {
    const value = known(metric(Int32Array.from({ length: rows }, (_, row) => row).filter((row) => row % parts !== part)));
    if (value === null) return undefined;
    left.push(value);
  }
  const mean = left.reduce((sum, value) => sum + value, 0) / parts;
  const squares = left.reduce((sum, value) => sum + (mean - value) ** 2, 0);
  return squares > 0 ? left.reduce((sum, value) => sum + (mean - value) ** 3, 0) / (6 * squares ** 1.5) : undefined;
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}
