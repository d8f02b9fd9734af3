import type { Gradual } from '../gradual.js';
import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import { createRandom } from '../random.js';
import { quantileOfSorted } from '../table/quantile.js';
import type { Interval } from './intervals.js';
import { metricsOf } from './metric-names.js';

/** How predictions are judged and resampled. `classes` is a count; `predicted` has a value for each row, or one for each class of it. */
export interface ResampledRows {
  readonly task: Task;
  readonly classes: number;
  readonly y: Float64Array;
  readonly predicted: Float64Array;
  readonly threshold: number;
}

/** Which resamples to draw; the same seed draws the same. */
export interface ResampleOptions {
  readonly seed: number;
  /** As many as suit the number of rows when left out. */
  readonly samples?: number;
  readonly level?: number;
}

/** Values that are judged in all resamples together, so that many rows, whose intervals are narrow anyway, cost no more than few. */
const MOST_VALUES = 4e6;
const MOST_SAMPLES = 400;
const LEAST_SAMPLES = 100;

/**
 * Percentile intervals (95 %) of all metrics of a task by resampling rows (Efron and Tibshirani 1993, chapter 13), each resample judged once
 * for all; `rows` is left out, and a metric that was not defined in half of them has none. Throws `no-rows`.
 */
export function* bootstrapMetrics({ task, classes, y, predicted, threshold }: ResampledRows, { seed, samples, level = 0.95 }: ResampleOptions): Gradual<Readonly<Record<string, Interval>>> {
  const rows = y.length;
  if (rows === 0) throw new LabError('no-rows');
  const total = samples ?? Math.max(LEAST_SAMPLES, Math.min(MOST_SAMPLES, Math.floor(MOST_VALUES / rows)));
  const width = predicted.length / rows;
  const random = createRandom(seed);
  const [drawnY, drawn] = [new Float64Array(rows), new Float64Array(predicted.length)];
  const found = new Map<string, number[]>();
  for (let done = 0; done < total; done++) {
    for (let i = 0; i < rows; i++) {
      const row = Math.floor(random() * rows);
      drawnY[i] = y[row]!;
      for (let k = 0; k < width; k++) drawn[i * width + k] = predicted[row * width + k]!;
    }
    for (const [name, value] of Object.entries(metricsOf(task, classes, drawnY, drawn, threshold))) {
      if (name === 'rows' || !Number.isFinite(value)) continue;
      const known = found.get(name);
      if (known) known.push(value);
      else found.set(name, [value]);
    }
    yield (done + 1) / total;
  }
  return Object.fromEntries([...found].flatMap(([name, values]) => (values.length < total / 2 ? [] : [[name, intervalOf(values, level)]])));
}

function intervalOf(values: readonly number[], level: number): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) };
}
