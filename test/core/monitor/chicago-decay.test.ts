import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/core/calendar.js';
import { binaryMetrics } from '../../../src/core/evaluate/binary-metrics.js';
import { addErrors, emptyErrors, windowErrors } from '../../../src/core/monitor/windows.js';
import type { Matrix } from '../../../src/core/table/table.js';
import { fitModel, predict, settingsOf } from '../../../src/core/train/fit.js';
import type { FittedModel } from '../../../src/core/train/model.js';
import { readChicago } from './chicago.js';

interface Decay {
  readonly ridge_by_quarter: Record<string, { n: number; rmse: number; mae: number; bias_mean_pred_minus_true: number }>;
  readonly logistic_by_year: Record<string, { n: number; f1: number; roc_auc: number; log_loss: number; brier: number }>;
}

const { decay } = JSON.parse(readFileSync('test/core/monitor/chicago-golden.json', 'utf8')) as { decay: Decay };
const chicago = readChicago();
const released = chicago.days.indexOf(dayOf('2005-01-01'));
const x = modelInputs();
const seen: Matrix = { rows: released, columns: x.columns, data: x.data.slice(0, released * x.columns) };

function modelInputs(): Matrix {
  const oneHot = (name: string, first: number, count: number): Float64Array[] =>
    Array.from({ length: count }, (_, level) => chicago.column(name).map((value) => (value === first + level ? 1 : 0)));
  const plain = chicago.names.filter((name) => !['date', 'year', 'month', 'weekday', 'ridership', 'busy'].includes(name));
  const columns = [...oneHot('month', 1, 12), ...oneHot('weekday', 0, 7), ...plain.map((name) => standardise(chicago.column(name)))];
  const data = new Float64Array(chicago.days.length * columns.length);
  columns.forEach((column, j) => column.forEach((value, row) => (data[row * columns.length + j] = value)));
  return { rows: chicago.days.length, columns: columns.length, data };
}

function standardise(column: Float64Array): Float64Array {
  const known = column.subarray(0, released);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length) || 1;
  return column.map((value) => (value - mean) / deviation);
}

function fit(kind: string, task: 'regression' | 'binary', target: Float64Array): FittedModel {
  const data = { x: seen, y: target.slice(0, released), task, classes: 2, features: Array.from({ length: x.columns }, (_, j) => `x${j}`) };
  const search = fitModel(kind, data, settingsOf(kind), 0);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}

describe('a model of 2001–2004 that nobody retrains', () => {
  it('loses on ridership as scikit-learn’s Ridge does', () => {
    const target = chicago.column('ridership');
    const errors = emptyErrors('regression', 'quarter');
    addErrors(errors, chicago.days, predict(fit('linear', 'regression', target), x), target, released);
    const byQuarter = new Map(windowErrors(errors).map((error) => [error.window.key, error]));
    for (const [quarter, expected] of Object.entries(decay.ridge_by_quarter)) {
      const ours = byQuarter.get(quarter)!;
      expect(ours.rows).toBe(expected.n);
      expect(ours.rmse).toBeCloseTo(expected.rmse, 5);
      expect(ours.mae).toBeCloseTo(expected.mae, 5);
      expect(ours.bias).toBeCloseTo(expected.bias_mean_pred_minus_true, 5);
    }
  });

  it('keeps its ranking of busy days while F1 falls, as scikit-learn’s LogisticRegression', () => {
    const target = chicago.column('busy');
    const scores = predict(fit('logistic', 'binary', target), x);
    for (const [year, expected] of Object.entries(decay.logistic_by_year)) {
      const from = chicago.days.findIndex((day) => day >= dayOf(`${year}-01-01`));
      const to = from + expected.n;
      const metrics = binaryMetrics(target.subarray(from, to), scores.subarray(from, to));
      expect(metrics.auc).toBeCloseTo(expected.roc_auc, 4);
      expect(metrics.logLoss! / expected.log_loss).toBeCloseTo(1, 3);
      expect(metrics.f1).toBeCloseTo(expected.f1, 2);
    }
  });
});
