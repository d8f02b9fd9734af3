import { monthStart } from '../calendar.js';
import { pointLogLoss } from '../evaluate/binary-metrics.js';
import { fBeta } from '../evaluate/confusion.js';
import type { Task } from '../prepare/recipe.js';

/** How time is cut: by calendar month or quarter, or every `days` days from day `from` (days since 1970-01-01). */
export type WindowSpec = 'month' | 'quarter' | { readonly days: number; readonly from: number };

/** A stretch of days: `end` is the first day after it; `season` is the month (0–11) or quarter (0–3) of the year. */
export interface TimeWindow {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly season: number;
}

/** The window that holds a day: `2005-01`, `2005Q1`, or the first day of a stretch of days. */
export function windowOf(day: number, spec: WindowSpec): TimeWindow {
  const date = new Date(day * 86_400_000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const quarter = Math.floor(month / 3);
  if (spec === 'month') return { key: date.toISOString().slice(0, 7), start: monthStart(day), end: monthStart(day, 1), season: month };
  if (spec === 'quarter') {
    const start = monthStart(day, -(month % 3));
    return { key: `${year}Q${quarter + 1}`, start, end: monthStart(start, 3), season: quarter };
  }
  const start = spec.from + Math.floor((day - spec.from) / spec.days) * spec.days;
  const first = new Date(start * 86_400_000);
  return { key: first.toISOString().slice(0, 10), start, end: start + spec.days, season: Math.floor(first.getUTCMonth() / 3) };
}

/** Sums over the rows of one window, JSON-safe; those that a task does not use stay 0. */
export interface ErrorSums {
  readonly window: TimeWindow;
  rows: number;
  error: number;
  absolute: number;
  squared: number;
  logLoss: number;
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

/** Errors of all windows so far, by key of the window. */
export interface ErrorWindows {
  readonly task: Exclude<Task, 'multiclass'>;
  readonly spec: WindowSpec;
  readonly threshold: number;
  readonly sums: Record<string, ErrorSums>;
}

/** One window's error: rmse, mae and bias (predicted minus actual) for regression; logLoss and f1 for binary. */
export interface WindowError {
  readonly window: TimeWindow;
  readonly rows: number;
  readonly rmse?: number;
  readonly mae?: number;
  readonly bias?: number;
  readonly logLoss?: number;
  readonly f1?: number;
}

/** Nothing accumulated yet; `threshold` turns probabilities into labels. */
export function emptyErrors(task: ErrorWindows['task'], spec: WindowSpec, threshold = 0.5): ErrorWindows {
  return { task, spec, threshold, sums: {} };
}

/** Adds rows `from` … `to`-1 to the windows' sums (in place); rows without a label or a prediction (NaN) are passed over. */
export function addErrors(
  errors: ErrorWindows,
  days: ArrayLike<number>,
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  from = 0,
  to = days.length,
): void {
  const add = errors.task === 'regression' ? addRegression : addBinary;
  let sums: ErrorSums | undefined;
  for (let row = from; row < to; row++) {
    const day = days[row]!;
    const [p, y] = [predicted[row]!, actual[row]!];
    if (p !== p || y !== y) continue;
    if (!sums || day < sums.window.start || day >= sums.window.end) sums = sumsOf(errors, day);
    sums.rows += 1;
    add(sums, p, y, errors.threshold);
  }
}

/** The errors of each window with rows, in order of time. */
export function windowErrors(errors: ErrorWindows): WindowError[] {
  return Object.values(errors.sums)
    .sort((a, b) => a.window.start - b.window.start)
    .map((sums) => (errors.task === 'regression' ? regressionError(sums) : binaryError(sums)));
}

function sumsOf(errors: ErrorWindows, day: number): ErrorSums {
  const window = windowOf(day, errors.spec);
  return (errors.sums[window.key] ??= {
    window,
    rows: 0,
    error: 0,
    absolute: 0,
    squared: 0,
    logLoss: 0,
    truePositive: 0,
    falsePositive: 0,
    falseNegative: 0,
  });
}

function addRegression(sums: ErrorSums, predicted: number, actual: number): void {
  const error = predicted - actual;
  sums.error += error;
  sums.absolute += Math.abs(error);
  sums.squared += error * error;
}

function addBinary(sums: ErrorSums, probability: number, actual: number, threshold: number): void {
  const positive = probability >= threshold;
  sums.logLoss += pointLogLoss(probability, actual === 1);
  if (positive && actual === 1) sums.truePositive += 1;
  else if (positive) sums.falsePositive += 1;
  else if (actual === 1) sums.falseNegative += 1;
}

function regressionError({ window, rows, squared, absolute, error }: ErrorSums): WindowError {
  return { window, rows, rmse: Math.sqrt(squared / rows), mae: absolute / rows, bias: error / rows };
}

function binaryError({ window, rows, logLoss, truePositive, falsePositive, falseNegative }: ErrorSums): WindowError {
  const precision = truePositive + falsePositive > 0 ? truePositive / (truePositive + falsePositive) : 0;
  const recall = truePositive + falseNegative > 0 ? truePositive / (truePositive + falseNegative) : 0;
  return { window, rows, logLoss: logLoss / rows, f1: fBeta(precision, recall, 1) };
}
