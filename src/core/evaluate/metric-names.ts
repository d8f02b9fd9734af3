import type { Task } from '../prepare/recipe.js';
import { predict } from '../train/fit.js';
import type { FittedModel } from '../train/model.js';
import type { Matrix } from '../table/table.js';
import { binaryMetrics } from './binary-metrics.js';
import { multiclassMetrics } from './multiclass-metrics.js';
import { regressionMetrics } from './regression-metrics.js';

/** A metric and the direction in which it is good. */
export interface MetricDirection {
  readonly name: string;
  readonly greaterIsBetter: boolean;
}

const lower = (name: string): MetricDirection => ({ name, greaterIsBetter: false });
const greater = (name: string): MetricDirection => ({ name, greaterIsBetter: true });

/** The metrics kept for a run of each task; the first is the main one, by which models are compared. */
export const metricsOfTask: Readonly<Record<Task, readonly [MetricDirection, ...MetricDirection[]]>> = {
  regression: [lower('rmse'), lower('mae'), greater('r2'), lower('medianAbsoluteError'), lower('maxError'), lower('wape')],
  binary: [
    lower('logLoss'),
    greater('auc'),
    greater('f1'),
    greater('precision'),
    greater('recall'),
    greater('accuracy'),
    greater('balancedAccuracy'),
    greater('averagePrecision'),
    lower('brier'),
    lower('calibrationError'),
  ],
  multiclass: [
    lower('logLoss'),
    greater('accuracy'),
    greater('balancedAccuracy'),
    greater('macroF1'),
    greater('aucOneVsRest'),
    greater('mcc'),
    lower('brier'),
    lower('calibrationError'),
  ],
};

/** The metric by which models of a task are compared. */
export const mainMetric = (task: Task): MetricDirection => metricsOfTask[task][0];

/** Whether `a` is better than `b` in the task's main metric. */
export const isBetter = (task: Task, a: number, b: number): boolean => (mainMetric(task).greaterIsBetter ? a > b : a < b);

/** The task's metrics and `rows` of given predictions as a flat record; metrics that are not defined are left out, regression also has `bias`. */
export function metricsOf(task: Task, classes: number, y: Float64Array, predicted: Float64Array, threshold = 0.5): Record<string, number> {
  const all = allMetrics(task, classes, y, predicted, threshold);
  const names = ['rows', ...metricsOfTask[task].map(({ name }) => name), ...(task === 'regression' ? ['bias'] : [])];
  const kept: Record<string, number> = {};
  for (const name of names) {
    const value = all[name];
    if (typeof value === 'number') kept[name] = value;
  }
  return kept;
}

/** Predicts the rows of `x` and gives the task's metrics against `y`. */
export function evaluateModel(model: FittedModel, x: Matrix, y: Float64Array, threshold = 0.5): Record<string, number> {
  return metricsOf(model.task, model.classes, y, predict(model, x), threshold);
}

function allMetrics(task: Task, classes: number, y: Float64Array, predicted: Float64Array, threshold: number): Record<string, unknown> {
  if (task === 'regression') return { ...regressionMetrics(y, predicted) };
  if (task === 'binary') return { ...binaryMetrics(y, predicted, { threshold }) };
  const metrics = multiclassMetrics(y, predicted, classes);
  return { ...metrics, macroF1: metrics.macro.f1 };
}
