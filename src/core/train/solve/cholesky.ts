/**
 * Solves A·x = b for a symmetric positive definite A (n × n, row by row, overwritten by its factor).
 * Gives `undefined` when a pivot is not safely positive.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  if (!factorise(a, n)) return undefined;
  const x = Float64Array.from(b);
  solveFactorised(a, x);
  return x;
}

/** Solves L·Lᵀ·x = b in place for a factor L that `factorise` made. */
export function solveFactorised(a: Float64Array, x: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let j = 0; j < i; j++) sum -= a[i * n + j]! * x[j]!;
    x[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let j = i + 1; j < n; j++) sum -= a[j * n + i]! * x[j]!;
    x[i] = sum / a[i * n + i]!;
  }
}

/** Overwrites the lower half of A by its factor L with L·Lᵀ = A; false when a pivot is not safely positive. */
export function factorise(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const diagonal = a[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (i !== j) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > diagonal * 1e-13 && sum > 0) a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}
