import { checkVectors } from './inputs.js';

/** Errors of predicted values; null where a metric is not defined (fewer than two rows, a negative value, no spread). */
export interface RegressionMetrics {
  readonly rows: number;
  readonly rmse: number | null;
  readonly mae: number | null;
  readonly mse: number | null;
  /** 1 − residual / total sum of squares; for a constant target 1 when perfect, else 0, as scikit-learn has it. */
  readonly r2: number | null;
  readonly explainedVariance: number | null;
  /** Mean of predicted minus actual. */
  readonly bias: number | null;
  readonly medianAbsoluteError: number | null;
  readonly maxError: number | null;
  /** A fraction; the denominator is at least the machine epsilon. */
  readonly mape: number | null;
  /** Mean of 2|p − y| / (|y| + |p|), from 0 to 2. */
  readonly smape: number | null;
  /** Σ|p − y| / Σ|y|. */
  readonly wape: number | null;
  readonly rmsle: number | null;
  readonly pearson: number | null;
}

/** Regression metrics of n actual and n predicted values, weighted when weights are given. Throws `length-mismatch`, `not-finite`. */
export function regressionMetrics(y: ArrayLike<number>, p: ArrayLike<number>, weights?: ArrayLike<number>): RegressionMetrics {
  checkVectors({ actual: y, predicted: p, weights });
  const rows = y.length;
  const mean = (value: (i: number) => number): number => weightedMean(rows, weights, value);
  const mse = mean((i) => (p[i]! - y[i]!) ** 2);
  const absolute = Float64Array.from({ length: rows }, (_, i) => Math.abs(p[i]! - y[i]!));
  const mae = mean((i) => absolute[i]!);
  const bias = mean((i) => p[i]! - y[i]!);
  const centre = mean((i) => y[i]!);
  const spread = mean((i) => (y[i]! - centre) ** 2);
  const residual = mean((i) => (p[i]! - y[i]! - bias) ** 2);
  return {
    rows,
    rmse: known(Math.sqrt(mse)),
    mae: known(mae),
    mse: known(mse),
    r2: rows < 2 ? null : explained(mse, spread),
    explainedVariance: rows < 1 ? null : explained(residual, spread),
    bias: known(bias),
    medianAbsoluteError: median(absolute),
    maxError: rows < 1 ? null : absolute.reduce((a, b) => Math.max(a, b), 0),
    mape: known(mean((i) => absolute[i]! / Math.max(Math.abs(y[i]!), Number.EPSILON))),
    smape: known(mean((i) => (absolute[i] === 0 ? 0 : (2 * absolute[i]!) / (Math.abs(y[i]!) + Math.abs(p[i]!))))),
    wape: known(mae / mean((i) => Math.abs(y[i]!))),
    rmsle: rootMeanSquaredLogError(y, p, mean),
    pearson: correlation(p, centre, spread, y, mean),
  };
}

/** Mean pinball loss of a forecast of the `alpha` quantile. */
export function pinballLoss(y: ArrayLike<number>, p: ArrayLike<number>, alpha: number): number | null {
  checkVectors({ actual: y, predicted: p });
  return known(weightedMean(y.length, undefined, (i) => Math.max(alpha * (y[i]! - p[i]!), (alpha - 1) * (y[i]! - p[i]!))));
}

function weightedMean(rows: number, weights: ArrayLike<number> | undefined, value: (i: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * value(i);
    total += weight;
  }
  return sum / total;
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function explained(unexplained: number, total: number): number {
  if (total === 0) return unexplained === 0 ? 1 : 0;
  return 1 - unexplained / total;
}

function median(values: Float64Array): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function rootMeanSquaredLogError(y: ArrayLike<number>, p: ArrayLike<number>, mean: (value: (i: number) => number) => number): number | null {
  for (let i = 0; i < y.length; i++) if (y[i]! < 0 || p[i]! < 0) return null;
  return known(Math.sqrt(mean((i) => (Math.log1p(p[i]!) - Math.log1p(y[i]!)) ** 2)));
}

function correlation(
  p: ArrayLike<number>,
  centre: number,
  spread: number,
  y: ArrayLike<number>,
  mean: (value: (i: number) => number) => number,
): number | null {
  const other = mean((i) => p[i]!);
  const covariance = mean((i) => (p[i]! - other) * (y[i]! - centre));
  return known(covariance / Math.sqrt(spread * mean((i) => (p[i]! - other) ** 2)));
}
