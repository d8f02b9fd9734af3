/** Where the descent is: mean squared error and duality gap after a number of sweeps. */
export interface Sweep {
  readonly iteration: number;
  readonly error: number;
}

/** Sweeps end when the duality gap is below this share of ||y||². */
const TOLERANCE = 1e-10;
/** Work, in rows times columns, between two reports: about 15 ms. */
const BREATH = 8_000_000;

/**
 * Minimises ||y - Xw||²/(2n) + l1·||w||₁ by cyclic coordinate descent (Friedman, Hastie and Tibshirani 2010) with the duality gap of
 * Kim and others (2007) as its end. `x` holds the d columns one after another, each of y's length and with mean 0.
 */
export function* descendByCoordinates(x: Float64Array, y: Float64Array, d: number, l1: number, sweeps: number): Generator<Sweep, Float64Array> {
  const n = y.length;
  const w = new Float64Array(d);
  const rest = Float64Array.from(y);
  const norms = Float64Array.from({ length: d }, (_, j) => dot(x, j * n, x, j * n, n));
  const scale = dot(y, 0, y, 0, n);
  let work = 0;
  for (let iteration = 1; iteration <= sweeps; iteration++) {
    const moved = sweep(x, rest, w, norms, l1 * n);
    work += 2 * n * d;
    if (moved <= 1e-3 && dualityGap(x, y, rest, w, l1 * n) <= TOLERANCE * scale) break;
    if (work < BREATH) continue;
    work = 0;
    yield { iteration, error: dot(rest, 0, rest, 0, n) / n };
  }
  return w;
}

/** Betters each weight in turn and keeps `rest` = y - Xw; gives the largest change as a share of the largest weight. */
function sweep(x: Float64Array, rest: Float64Array, w: Float64Array, norms: Float64Array, penalty: number): number {
  const n = rest.length;
  let largest = 0;
  let moved = 0;
  for (let j = 0; j < w.length; j++) {
    if (norms[j] === 0) continue;
    const before = w[j]!;
    const slope = dot(x, j * n, rest, 0, n) + before * norms[j]!;
    const after = (Math.sign(slope) * Math.max(Math.abs(slope) - penalty, 0)) / norms[j]!;
    if (after !== before) for (let i = 0, at = j * n; i < n; i++, at++) rest[i]! -= (after - before) * x[at]!;
    w[j] = after;
    moved = Math.max(moved, Math.abs(after - before));
    largest = Math.max(largest, Math.abs(after));
  }
  return largest > 0 ? moved / largest : 0;
}

function dualityGap(x: Float64Array, y: Float64Array, rest: Float64Array, w: Float64Array, penalty: number): number {
  const n = y.length;
  let steepest = 0;
  let size = 0;
  for (let j = 0; j < w.length; j++) {
    steepest = Math.max(steepest, Math.abs(dot(x, j * n, rest, 0, n)));
    size += Math.abs(w[j]!);
  }
  const shrink = steepest > penalty ? penalty / steepest : 1;
  const squares = dot(rest, 0, rest, 0, n);
  return 0.5 * squares * (1 + shrink * shrink) + penalty * size - shrink * dot(rest, 0, y, 0, n);
}

function dot(a: Float64Array, from: number, b: Float64Array, at: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[from + i]! * b[at + i]!;
  return sum;
}
