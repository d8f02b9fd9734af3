/**
 * The shortest w that minimises ||A·w - b||: Householder QR with column pivoting, then a second QR of the leading rows when
 * columns depend on each other (complete orthogonal decomposition; Golub and Van Loan, Matrix Computations, 5.5).
 * `a` is n × d, row by row, and is overwritten, as is `b`.
 */
export function solveLeastSquares(a: Float64Array, b: Float64Array, n: number, d: number): Float64Array {
  const order = Int32Array.from({ length: d }, (_, j) => j);
  const rank = triangularise(a, b, n, d, order);
  const z = rank === d ? backSubstitute(a, b, d, rank) : shortestSolution(a, b, d, rank);
  const w = new Float64Array(d);
  for (let j = 0; j < d; j++) w[order[j]!] = z[j]!;
  return w;
}

function triangularise(a: Float64Array, b: Float64Array, n: number, d: number, order: Int32Array): number {
  const steps = Math.min(n, d);
  let largest = 0;
  for (let k = 0; k < steps; k++) {
    const pivot = longestColumn(a, n, d, k);
    if (k === 0) largest = pivot.length;
    if (!(pivot.length > largest * Math.max(n, d) * Number.EPSILON)) return k;
    swapColumns(a, n, d, k, pivot.column, order);
    reflect(a, b, n, d, k, pivot.length);
  }
  return steps;
}

function longestColumn(a: Float64Array, n: number, d: number, k: number): { column: number; length: number } {
  const squares = new Float64Array(d);
  for (let i = k; i < n; i++) for (let j = k; j < d; j++) squares[j]! += a[i * d + j]! ** 2;
  let column = k;
  for (let j = k + 1; j < d; j++) if (squares[j]! > squares[column]!) column = j;
  return { column, length: Math.sqrt(squares[column]!) };
}

function swapColumns(a: Float64Array, n: number, d: number, k: number, p: number, order: Int32Array): void {
  if (k === p) return;
  for (let i = 0; i < n; i++) {
    const kept = a[i * d + k]!;
    a[i * d + k] = a[i * d + p]!;
    a[i * d + p] = kept;
  }
  const kept = order[k]!;
  order[k] = order[p]!;
  order[p] = kept;
}

function reflect(a: Float64Array, b: Float64Array, n: number, d: number, k: number, length: number): void {
  const v = new Float64Array(n - k);
  for (let i = k; i < n; i++) v[i - k] = a[i * d + k]!;
  const alpha = v[0]! > 0 ? -length : length;
  v[0]! -= alpha;
  let norm = 0;
  for (const value of v) norm += value * value;
  if (norm === 0) return;
  const dots = new Float64Array(d + 1);
  for (let i = k; i < n; i++) {
    const vi = v[i - k]!;
    for (let j = k; j < d; j++) dots[j]! += vi * a[i * d + j]!;
    dots[d]! += vi * b[i]!;
  }
  for (let i = k; i < n; i++) {
    const factor = (2 * v[i - k]!) / norm;
    for (let j = k; j < d; j++) a[i * d + j]! -= factor * dots[j]!;
    b[i]! -= factor * dots[d]!;
  }
}

function backSubstitute(r: Float64Array, b: Float64Array, d: number, rank: number): Float64Array {
  const x = new Float64Array(d);
  for (let i = rank - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < rank; j++) sum -= r[i * d + j]! * x[j]!;
    x[i] = sum / r[i * d + i]!;
  }
  return x;
}

/** Least-norm z with R·z = b for the `rank` leading rows of R: z = Rᵀ·(R·Rᵀ)⁻¹·b, by Gram-Schmidt done twice. */
function shortestSolution(r: Float64Array, b: Float64Array, d: number, rank: number): Float64Array {
  const q: Float64Array[] = [];
  const z = new Float64Array(d);
  // Row i of R is Σ l[j]·q[j] + length·q[i], so b[i] gives the coordinate of z along q[i].
  const coordinates = new Float64Array(rank);
  for (let i = 0; i < rank; i++) {
    const row = r.slice(i * d, (i + 1) * d).fill(0, 0, i);
    const l = new Float64Array(i);
    for (let pass = 0; pass < 2; pass++) orthogonalise(row, q, l);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    let rest = b[i]!;
    for (let j = 0; j < i; j++) rest -= l[j]! * coordinates[j]!;
    coordinates[i] = rest / length;
    q.push(row.map((value) => value / length));
  }
  for (let i = 0; i < rank; i++) for (let j = 0; j < d; j++) z[j]! += coordinates[i]! * q[i]![j]!;
  return z;
}

function orthogonalise(row: Float64Array, q: readonly Float64Array[], l: Float64Array): void {
  for (let j = 0; j < q.length; j++) {
    let dot = 0;
    for (let c = 0; c < row.length; c++) dot += row[c]! * q[j]![c]!;
    l[j]! += dot;
    for (let c = 0; c < row.length; c++) row[c]! -= dot * q[j]![c]!;
  }
}
