import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';

/** Directions of greatest variance. JSON-safe but for its arrays. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Unit vectors, most variance first; the greatest entry of each is positive. */
  readonly components: readonly Float64Array[];
  /** Variances with denominator n − 1, and their shares of the whole. */
  readonly variance: Float64Array;
  readonly share: Float64Array;
}

/** Principal components by the eigenvectors of the covariance matrix (Jacobi's rotations). Throws `no-rows` with fewer than two rows. */
export function principalComponents(x: Matrix, count: number): PrincipalComponents {
  if (x.rows < 2) throw new LabError('no-rows');
  const d = x.columns;
  const mean = new Float64Array(d);
  x.data.forEach((value, at) => (mean[at % d]! += value / x.rows));
  const { values, vectors } = eigen(covariance(x, mean), d);
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!).slice(0, count);
  const total = values.reduce((sum, value) => sum + value, 0);
  const variance = Float64Array.from(order, (at) => Math.max(0, values[at]!));
  return { mean, components: order.map((at) => upright(Float64Array.from({ length: d }, (_, i) => vectors[i * d + at]!))), variance, share: variance.map((value) => (total > 0 ? value / total : 0)) };
}

/** Rows × components: the centred rows along each direction. */
export function projectRows({ mean, components }: PrincipalComponents, x: Matrix): Matrix {
  const data = new Float64Array(x.rows * components.length);
  for (let row = 0; row < x.rows; row++) {
    components.forEach((component, c) => {
      data[row * components.length + c] = component.reduce((sum, weight, j) => sum + weight * (x.data[row * x.columns + j]! - mean[j]!), 0);
    });
  }
  return { rows: x.rows, columns: components.length, data };
}

function covariance(x: Matrix, mean: Float64Array): Float64Array {
  const d = x.columns;
  const out = new Float64Array(d * d);
  for (let row = 0; row < x.rows; row++) {
    for (let i = 0; i < d; i++) {
      const gap = x.data[row * d + i]! - mean[i]!;
      for (let j = 0; j < d; j++) out[i * d + j]! += (gap * (x.data[row * d + j]! - mean[j]!)) / (x.rows - 1);
    }
  }
  return out;
}

/** Eigenvalues, and eigenvectors as columns, of a symmetric matrix, which is overwritten. */
function eigen(a: Float64Array, d: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = Float64Array.from({ length: d * d }, (_, at) => Number(at % (d + 1) === 0));
  const size = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < 100; sweep++) {
    let rest = 0;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rest += a[p * d + q]! ** 2;
    if (rest <= size * 1e-32) break;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rotate(a, vectors, d, p, q);
  }
  return { values: Float64Array.from({ length: d }, (_, i) => a[i * d + i]!), vectors };
}

/** Turns the plane of p and q so that a[p][q] becomes 0 (Golub and Van Loan, 8.5). */
function rotate(a: Float64Array, vectors: Float64Array, d: number, p: number, q: number): void {
  const off = a[p * d + q]!;
  if (off === 0) return;
  const tau = (a[q * d + q]! - a[p * d + p]!) / (2 * off);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  const turn = (m: Float64Array, first: number, second: number): void => {
    const [x, y] = [m[first]!, m[second]!];
    m[first] = c * x - s * y;
    m[second] = s * x + c * y;
  };
  for (let k = 0; k < d; k++) turn(a, k * d + p, k * d + q);
  for (let k = 0; k < d; k++) turn(a, p * d + k, q * d + k);
  for (let k = 0; k < d; k++) turn(vectors, k * d + p, k * d + q);
}

function upright(vector: Float64Array): Float64Array {
  const greatest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return greatest < 0 ? vector.map((value) => -value) : vector;
}
