import { exponentials } from './exponential';
import { logarithm } from './logarithm';

/*
 * One step of a net of dense layers on values of four bytes. Counts of rows, inputs and outputs are multiples of 4 (what is beyond the real ones
 * is 0); all else but `rate` and `factor` is an address, a multiple of 16.
 */

/**
 * c = a · b, plus what `start` says of c: 0 nothing, 1 the row at `bias`, 2 what it holds. `a` has `m` rows and `k` columns, each `rowStep` and
 * `columnStep` bytes apart, so that it can be read as its transpose; `b` is k × n and `c` m × n, row by row.
 */
export function product(a: usize, rowStep: usize, columnStep: usize, b: usize, c: usize, m: i32, k: i32, n: i32, start: i32, bias: usize): void {
  const width = <usize>n << 2;
  for (let r = 0; r < m; r += 4, a += rowStep << 2, c += width << 2) {
    let o = 0;
    for (; o + 8 <= n; o += 8) tile8(a, rowStep, columnStep, b + (<usize>o << 2), c + (<usize>o << 2), k, width, start, bias + (<usize>o << 2));
    if (o < n) tile4(a, rowStep, columnStep, b + (<usize>o << 2), c + (<usize>o << 2), k, width, start, bias + (<usize>o << 2));
  }
}

@inline
function begin(start: i32, bias: usize, c: usize): v128 {
  return start === 0 ? f32x4.splat(0) : v128.load(start === 1 ? bias : c);
}

/** Four rows of eight values of c. */
function tile8(a0: usize, rowStep: usize, columnStep: usize, b: usize, c: usize, k: i32, width: usize, start: i32, bias: usize): void {
  const a1 = a0 + rowStep;
  const a2 = a1 + rowStep;
  const a3 = a2 + rowStep;
  const c1 = c + width;
  const c2 = c1 + width;
  const c3 = c2 + width;
  let l0 = begin(start, bias, c);
  let h0 = begin(start, bias + 16, c + 16);
  let l1 = begin(start, bias, c1);
  let h1 = begin(start, bias + 16, c1 + 16);
  let l2 = begin(start, bias, c2);
  let h2 = begin(start, bias + 16, c2 + 16);
  let l3 = begin(start, bias, c3);
  let h3 = begin(start, bias + 16, c3 + 16);
  for (let i = 0, at: usize = 0; i < k; i++, b += width, at += columnStep) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const v0 = v128.load32_splat(a0 + at);
    l0 = f32x4.add(l0, f32x4.mul(v0, low));
    h0 = f32x4.add(h0, f32x4.mul(v0, high));
    const v1 = v128.load32_splat(a1 + at);
    l1 = f32x4.add(l1, f32x4.mul(v1, low));
    h1 = f32x4.add(h1, f32x4.mul(v1, high));
    const v2 = v128.load32_splat(a2 + at);
    l2 = f32x4.add(l2, f32x4.mul(v2, low));
    h2 = f32x4.add(h2, f32x4.mul(v2, high));
    const v3 = v128.load32_splat(a3 + at);
    l3 = f32x4.add(l3, f32x4.mul(v3, low));
    h3 = f32x4.add(h3, f32x4.mul(v3, high));
  }
  v128.store(c, l0);
  v128.store(c, h0, 16);
  v128.store(c1, l1);
  v128.store(c1, h1, 16);
  v128.store(c2, l2);
  v128.store(c2, h2, 16);
  v128.store(c3, l3);
  v128.store(c3, h3, 16);
}

/** Four rows of four values of c. */
function tile4(a0: usize, rowStep: usize, columnStep: usize, b: usize, c: usize, k: i32, width: usize, start: i32, bias: usize): void {
  const a1 = a0 + rowStep;
  const a2 = a1 + rowStep;
  const a3 = a2 + rowStep;
  const c1 = c + width;
  const c2 = c1 + width;
  const c3 = c2 + width;
  let s0 = begin(start, bias, c);
  let s1 = begin(start, bias, c1);
  let s2 = begin(start, bias, c2);
  let s3 = begin(start, bias, c3);
  for (let i = 0, at: usize = 0; i < k; i++, b += width, at += columnStep) {
    const values = v128.load(b);
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a0 + at), values));
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a1 + at), values));
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a2 + at), values));
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a3 + at), values));
  }
  v128.store(c, s0);
  v128.store(c1, s1);
  v128.store(c2, s2);
  v128.store(c3, s3);
}

/** Writes the n × m transpose of m × n values. */
export function transpose(from: usize, to: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) store<f32>(to + (<usize>(j * m + i) << 2), load<f32>(from + (<usize>(i * n + j) << 2)));
}

/** Adds the rows to the vector `sums`. */
export function addRows(rows: usize, m: i32, n: i32, sums: usize): void {
  const width = <usize>n << 2;
  for (let at: usize = 0; at < width; at += 16) {
    let sum = v128.load(sums + at);
    for (let r = 0, row = rows + at; r < m; r++, row += width) sum = f32x4.add(sum, v128.load(row));
    v128.store(sums + at, sum);
  }
}

/** Sets what is below 0 to 0. */
export function cutNegative(values: usize, count: i32): void {
  for (let end = values + (<usize>count << 2); values < end; values += 16) v128.store(values, f32x4.max(v128.load(values), f32x4.splat(0)));
}

/** Sets a gradient to 0 where the value that it belongs to is not above 0. */
export function cutGradient(gradient: usize, values: usize, count: i32): void {
  for (let end = gradient + (<usize>count << 2); gradient < end; gradient += 16, values += 16) {
    v128.store(gradient, v128.and(v128.load(gradient), f32x4.gt(v128.load(values), f32x4.splat(0))));
  }
}

/** target += factor · source. */
export function addScaled(target: usize, source: usize, factor: f32, count: i32): void {
  for (let end = target + (<usize>count << 2); target < end; target += 16, source += 16) {
    v128.store(target, f32x4.add(v128.load(target), f32x4.mul(f32x4.splat(factor), v128.load(source))));
  }
}

/**
 * One step of Adam (Kingma and Ba 2015) with its usual decay; `first` and `second` are the moments, `left1` and `left2` one minus the decays to
 * the power of the steps so far.
 */
export function adam(weights: usize, gradient: usize, first: usize, second: usize, rate: f32, left1: f32, left2: f32, count: i32): void {
  const length = <usize>count << 2;
  for (let at: usize = 0; at < length; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(v128.load(first + at), f32x4.splat(0.9)), f32x4.mul(g, f32x4.splat(0.1)));
    const v = f32x4.add(f32x4.mul(v128.load(second + at), f32x4.splat(0.999)), f32x4.mul(f32x4.mul(g, g), f32x4.splat(0.001)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const step = f32x4.div(f32x4.div(m, f32x4.splat(left1)), f32x4.add(f32x4.sqrt(f32x4.div(v, f32x4.splat(left2))), f32x4.splat(1e-7)));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), f32x4.mul(step, f32x4.splat(rate))));
  }
}

/** Squared distances of the first output from the targets. Gives their sum; writes its gradient times `part`. */
export function squaredLoss(outputs: usize, targets: usize, gradient: usize, rows: i32, width: i32, part: f32): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const at = <usize>(r * width) << 2;
    const distance = load<f32>(outputs + at) - load<f32>(targets + (<usize>r << 2));
    loss += <f64>(distance * distance);
    store<f32>(gradient + at, 2 * distance * part);
  }
  return loss;
}

/** Log losses of the first output, a logit, for targets 0 and 1. Gives their sum; writes its gradient times `part`. */
export function binaryLoss(outputs: usize, targets: usize, gradient: usize, rows: i32, width: i32, part: f32): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const at = <usize>(r * width) << 2;
    const z = <f64>load<f32>(outputs + at);
    const target = <f64>load<f32>(targets + (<usize>r << 2));
    const e = exponential(-abs(z));
    loss += max(z, 0) - z * target + logarithm(1 + e);
    store<f32>(gradient + at, <f32>((z > 0 ? 1 : e) / (1 + e) - target) * part);
  }
  return loss;
}

/** Cross-entropy of logits of `classes` classes; targets are their numbers. Gives the sum; writes its gradient times `part`. */
export function softmaxLoss(outputs: usize, targets: usize, gradient: usize, rows: i32, width: i32, classes: i32, part: f32): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const z = outputs + (<usize>(r * width) << 2);
    const g = gradient + (<usize>(r * width) << 2);
    const own = <i32>load<f32>(targets + (<usize>r << 2));
    let most: f32 = load<f32>(z);
    for (let k = 1; k < classes; k++) most = max(most, load<f32>(z + (k << 2)));
    let sum: f64 = 0;
    for (let k = 0; k < classes; k++) {
      const e = exponential(<f64>(load<f32>(z + (k << 2)) - most));
      sum += e;
      store<f32>(g + (k << 2), <f32>e);
    }
    for (let k = 0; k < classes; k++) store<f32>(g + (k << 2), (<f32>(<f64>load<f32>(g + (k << 2)) / sum) - <f32>(k === own)) * part);
    loss += logarithm(sum) - <f64>(load<f32>(z + (own << 2)) - most);
  }
  return loss;
}

function exponential(x: f64): f64 {
  return f64x2.extract_lane(exponentials(f64x2.splat(x)), 0);
}
