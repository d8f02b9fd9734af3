import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/core/evaluate/bootstrap.js';
import { bootstrapMetrics } from '../../../src/core/evaluate/bootstrap-metrics.js';
import { metricsOf } from '../../../src/core/evaluate/metric-names.js';
import { finish } from '../../../src/core/gradual.js';
import { LabError } from '../../../src/core/lab-error.js';
import { createRandom } from '../../../src/core/random.js';

const random = createRandom(4);
const many = (rows: number, make: () => number): Float64Array => Float64Array.from({ length: rows }, make);

describe('intervals of all figures at once', () => {
  // `bootstrapInterval` is held to ground truth by the vectors.
  it.each(['regression', 'binary'] as const)('are those of each figure alone: %s', (task) => {
    const y = many(80, () => (task === 'binary' ? Math.floor(2 * random()) : random()));
    const predicted = y.map((value) => 0.6 * value + 0.4 * random());
    const all = finish(bootstrapMetrics({ task, classes: 2, y, predicted, threshold: 0.5 }, { seed: 3 }));
    const pick = (values: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
    for (const name of task === 'regression' ? ['rmse', 'mae', 'r2', 'bias'] : ['logLoss', 'auc', 'f1', 'brier']) {
      const one = bootstrapInterval(80, (rows) => metricsOf(task, 2, pick(y, rows), pick(predicted, rows))[name] ?? null, { seed: 3, samples: 400, method: 'percentile' });
      expect(all[name]!.low, name).toBeCloseTo(one.low!, 12);
      expect(all[name]!.high, name).toBeCloseTo(one.high!, 12);
    }
    expect(all).not.toHaveProperty('rows');
  });

  it('take rows of several probabilities together, and are as narrow as many rows allow', () => {
    const make = (rows: number) => {
      const y = many(rows, () => Math.floor(3 * random()));
      const predicted = new Float64Array(3 * rows).fill(0.2);
      y.forEach((code, row) => (predicted[3 * row + (random() < 0.8 ? code : (code + 1) % 3)] = 0.6));
      return finish(bootstrapMetrics({ task: 'multiclass', classes: 3, y, predicted, threshold: 0.5 }, { seed: 3 }))['accuracy']!;
    };
    const [few, more] = [make(50), make(5000)];
    expect(few.high - few.low).toBeGreaterThan(5 * (more.high - more.low));
    expect(more.low).toBeLessThan(0.8);
    expect(more.high).toBeGreaterThan(0.8);
  });

  it('leave out what the rows cannot say, and refuse no rows', () => {
    const one = finish(bootstrapMetrics({ task: 'binary', classes: 2, y: Float64Array.of(1), predicted: Float64Array.of(0.7), threshold: 0.5 }, { seed: 1 }));
    expect(one).not.toHaveProperty('auc');
    expect(one['logLoss']!.low).toBe(one['logLoss']!.high);
    expect(() => finish(bootstrapMetrics({ task: 'binary', classes: 2, y: new Float64Array(0), predicted: new Float64Array(0), threshold: 0.5 }, { seed: 1 }))).toThrow(LabError);
  });
});
