import { exponentials } from './exponential';

/*
 * Reckons on a matrix that lies in memory row by row, eight bytes a value. Rows and columns are counts, all else is an address.
 */

/** Rows that are taken together, so that their inputs are still in the nearest cache when they are needed again; a multiple of 4. */
const BATCH: i32 = 64;

/** Writes the mean of each column, and the sum of its squared distances from it; whole rows of 16 bytes, so there is room for one value more. */
export function measureColumns(x: usize, rows: i32, columns: i32, means: usize, squares: usize): void {
  const width = columns << 3;
  const part = f64x2.splat(1 / <f64>rows);
  const end = x + <usize>rows * <usize>width;
  for (let to = 0; to < width; to += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = x + to;
    for (; at + width < end; at += width << 1) {
      low = f64x2.add(low, f64x2.mul(v128.load(at), part));
      high = f64x2.add(high, f64x2.mul(v128.load(at + width), part));
    }
    if (at < end) low = f64x2.add(low, f64x2.mul(v128.load(at), part));
    const mean = f64x2.add(low, high);
    v128.store(means + to, mean);
    low = f64x2.splat(0);
    for (at = x + to; at < end; at += width) {
      const distance = f64x2.sub(v128.load(at), mean);
      low = f64x2.add(low, f64x2.mul(distance, distance));
    }
    v128.store(squares + to, low);
  }
}

/** Turns all columns, in place, into (value - mean) · inverse. */
export function standardise(x: usize, rows: i32, columns: i32, means: usize, inverses: usize): void {
  const pairs = columns & ~1;
  for (let r = 0; r < rows; r++, x += columns << 3) {
    for (let j = 0; j < pairs; j += 2) {
      const distance = f64x2.sub(v128.load(x + (j << 3)), v128.load(means + (j << 3)));
      v128.store(x + (j << 3), f64x2.mul(distance, v128.load(inverses + (j << 3))));
    }
    if (pairs < columns) store<f64>(x + (pairs << 3), (load<f64>(x + (pairs << 3)) - load<f64>(means + (pairs << 3))) * load<f64>(inverses + (pairs << 3)));
  }
}

/** Adds `part` times the lower half of Σ xᵀx over `rows` rows, `step` rows apart, to the square matrix `gram`. */
export function addOuter(x: usize, rows: i32, step: i32, columns: i32, part: f64, gram: usize): void {
  const stride = (columns << 3) * step;
  for (let r = 0; r < rows; r++, x += stride) {
    for (let i = 0; i < columns; i++) {
      const value = load<f64>(x + (i << 3)) * part;
      const values = f64x2.splat(value);
      const row = gram + ((i * columns) << 3);
      const pairs = (i + 1) & ~1;
      for (let j = 0; j < pairs; j += 2) v128.store(row + (j << 3), f64x2.add(v128.load(row + (j << 3)), f64x2.mul(values, v128.load(x + (j << 3)))));
      if (pairs <= i) store<f64>(row + (pairs << 3), load<f64>(row + (pairs << 3)) + value * load<f64>(x + (pairs << 3)));
    }
  }
}

/**
 * Log loss of a linear score (weights, then the intercept) for labels 0 and 1. Writes Σ error · columns, and Σ error after them, to
 * `gradient`. The loss is the first value of `sums`, plus the logarithm of the second, plus the third times that of 2. `errors` and
 * `labels` have room for a multiple of four rows, and so has `x`; what is beyond the rows is 0.
 */
export function binaryLoss(x: usize, labels: usize, rows: i32, columns: i32, weights: usize, errors: usize, gradient: usize, sums: usize): void {
  memory.fill(gradient, 0, (columns + 1) << 3);
  let losses = f64x2.splat(0);
  let product: f64 = 1;
  let twos: i64 = 0;
  for (let from = 0; from < rows; from += BATCH) {
    const count = min(BATCH, rows - from);
    const at = x + <usize>from * (<usize>columns << 3);
    score(at, count, columns, weights, errors);
    let products = f64x2.splat(1);
    const ends = (count + 1) & ~1;
    // A row that costs nothing where their number is odd.
    if (count < ends) store<f64>(errors + (count << 3), -1000);
    for (let r = 0; r < ends; r += 2) {
      const z = v128.load(errors + (r << 3));
      const label = v128.load(labels + (<usize>(from + r) << 3));
      const e = exponentials(f64x2.neg(f64x2.abs(z)));
      const whole = f64x2.add(f64x2.splat(1), e);
      losses = f64x2.add(losses, f64x2.sub(f64x2.max(z, f64x2.splat(0)), f64x2.mul(z, label)));
      products = f64x2.mul(products, whole);
      v128.store(errors + (r << 3), f64x2.sub(f64x2.div(v128.bitselect(f64x2.splat(1), e, f64x2.gt(z, f64x2.splat(0))), whole), label));
    }
    for (let r = count; r < ((count + 3) & ~3); r++) store<f64>(errors + (r << 3), 0);
    // Its exponent is taken out, so that a product of many factors stays finite.
    const bits = reinterpret<i64>(product * f64x2.extract_lane(products, 0) * f64x2.extract_lane(products, 1));
    twos += (bits >> 52) - 1023;
    product = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    addErrors(at, count, columns, errors, gradient);
  }
  store<f64>(sums, f64x2.extract_lane(losses, 0) + f64x2.extract_lane(losses, 1));
  store<f64>(sums, product, 8);
  store<f64>(sums, <f64>twos, 16);
}

function score(x: usize, rows: i32, columns: i32, weights: usize, scores: usize): void {
  const pairs = columns & ~1;
  const intercept = load<f64>(weights + (columns << 3));
  for (let r = 0; r < rows; r++, x += columns << 3) {
    let sums = f64x2.splat(0);
    for (let j = 0; j < pairs; j += 2) sums = f64x2.add(sums, f64x2.mul(v128.load(x + (j << 3)), v128.load(weights + (j << 3))));
    let sum = intercept + f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (pairs < columns) sum += load<f64>(x + (pairs << 3)) * load<f64>(weights + (pairs << 3));
    store<f64>(scores + (r << 3), sum);
  }
}

function addErrors(x: usize, rows: i32, columns: i32, errors: usize, gradient: usize): void {
  const pairs = columns & ~1;
  const width = columns << 3;
  let total = load<f64>(gradient + width);
  for (let r = 0; r < rows; r += 4, x += width << 2) {
    const at = errors + (r << 3);
    const e0 = load<f64>(at);
    const e1 = load<f64>(at, 8);
    const e2 = load<f64>(at, 16);
    const e3 = load<f64>(at, 24);
    total += e0 + e1 + (e2 + e3);
    const x1 = x + width;
    const x2 = x1 + width;
    const x3 = x2 + width;
    for (let j = 0; j < pairs; j += 2) {
      const to = j << 3;
      const first = f64x2.add(f64x2.mul(f64x2.splat(e0), v128.load(x + to)), f64x2.mul(f64x2.splat(e1), v128.load(x1 + to)));
      const second = f64x2.add(f64x2.mul(f64x2.splat(e2), v128.load(x2 + to)), f64x2.mul(f64x2.splat(e3), v128.load(x3 + to)));
      v128.store(gradient + to, f64x2.add(v128.load(gradient + to), f64x2.add(first, second)));
    }
    if (pairs < columns) {
      const to = pairs << 3;
      const sum = e0 * load<f64>(x + to) + e1 * load<f64>(x1 + to) + (e2 * load<f64>(x2 + to) + e3 * load<f64>(x3 + to));
      store<f64>(gradient + to, load<f64>(gradient + to) + sum);
    }
  }
  store<f64>(gradient + width, total);
}
