import { LabError } from '../lab-error.js';
import { knownValues } from '../table/quantile.js';
import { minimiseLine } from './minimise-line.js';
import { fitStandard, type Scaling } from './scalers.js';

/** A fitted power transform of one column, then standardised. */
export interface PowerTransform {
  readonly method: 'yeo-johnson' | 'box-cox';
  readonly lambda: number;
  readonly scaling: Scaling;
}

/** Beyond these the powers of ordinary values overflow. */
const LAMBDA_RANGE = 8;

/**
 * The power that makes the values most like a normal sample, by maximum likelihood, as scikit-learn's `PowerTransformer`: Yeo and Johnson (2000)
 * for any values, Box and Cox (1964) for positive ones. A constant column keeps lambda 1. NaN is left out. Throws `no-rows`, `not-positive` {value}.
 */
export function fitPower(values: Float64Array, method: PowerTransform['method']): PowerTransform {
  const x = knownValues(values);
  if (x.length === 0) throw new LabError('no-rows');
  const bad = method === 'box-cox' ? x.find((value) => !(value > 0)) : undefined;
  if (bad !== undefined) throw new LabError('not-positive', { value: bad });
  const constant = x.every((value) => value === x[0]);
  const lambda = constant ? 1 : minimiseLine((candidate) => -logLikelihood(x, candidate, method), -LAMBDA_RANGE, LAMBDA_RANGE);
  return { method, lambda, scaling: fitStandard(x.map((value) => raise(value, lambda, method))) };
}

/** Applies it to one value; NaN stays. */
export function applyPower({ method, lambda, scaling }: PowerTransform, value: number): number {
  return (raise(value, lambda, method) - scaling.offset) / scaling.divisor;
}

/** The power of one value before it is standardised; NaN stays. */
export function raise(x: number, lambda: number, method: PowerTransform['method']): number {
  if (method === 'box-cox') return boxCox(x, lambda);
  return x >= 0 ? boxCox(x + 1, lambda) : -boxCox(1 - x, 2 - lambda);
}

const boxCox = (x: number, lambda: number): number => (Math.abs(lambda) < 1e-12 ? Math.log(x) : Math.expm1(lambda * Math.log(x)) / lambda);

/** −n/2 · log variance + (lambda − 1) · Σ log of the derivative's base. */
function logLikelihood(x: Float64Array, lambda: number, method: PowerTransform['method']): number {
  let mean = 0;
  let slope = 0;
  const raised = x.map((value) => raise(value, lambda, method));
  raised.forEach((value, i) => {
    mean += value / x.length;
    slope += method === 'box-cox' ? Math.log(x[i]!) : Math.sign(x[i]!) * Math.log1p(Math.abs(x[i]!));
  });
  const variance = raised.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const likelihood = (-x.length / 2) * Math.log(variance) + (lambda - 1) * slope;
  return Number.isFinite(likelihood) ? likelihood : -Infinity;
}
