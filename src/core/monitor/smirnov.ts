/**
 * Exact P(D >= d) that two samples of n and m rows from one distribution differ so much, by counting lattice paths (Hodges
 * 1958) as scipy's `ks_2samp(method='exact')`; null when n·m is too large for it.
 */
export function exactSmirnovTail(n: number, m: number, d: number): number | null {
  const divisor = greatestCommonDivisor(n, m);
  const common = (n / divisor) * m;
  if (n / divisor >= 2147483647 / (m / divisor)) return null;
  const h = Math.round(d * common);
  if (h === 0) return 1;
  const p = n === m ? outsideSquare(n, h) : outsideStrip(Math.max(n, m), Math.min(n, m), divisor, h);
  return Number.isFinite(p) ? Math.min(1, Math.max(0, p)) : null;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function outsideSquare(n: number, h: number): number {
  let p = 0;
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let term = 1;
    for (let j = 0; j < h; j++) term = ((n - k * h - j) * term) / (n + k * h + j + 1);
    p = term * (1 - p);
  }
  return 2 * p;
}

/** Share of the paths from (0, 0) to (m, n), m >= n, that leave the strip |n·x − m·y| < h·divisor. */
function outsideStrip(m: number, n: number, divisor: number, h: number): number {
  const mg = m / divisor;
  const ng = n / divisor;
  let low = 0;
  let high = Math.min(Math.ceil(h / mg), n + 1);
  const column = new Float64Array(Math.min(2 * high + 2, n + 1)).fill(1);
  column.fill(0, low, high);
  for (let i = 1; i <= m; i++) {
    const lastLow = low;
    const lastLength = high - low;
    low = Math.min(Math.max(Math.floor((ng * i - h) / mg) + 1, 0), n);
    high = Math.min(Math.ceil((ng * i + h) / mg), n + 1);
    if (high <= low) return 1;
    let value = low === 0 ? 0 : 1;
    for (let at = 0; at < high - low; at++) {
      const j = at + low;
      value = (column[j - lastLow]! * i + value * j) / (i + j);
      column[at] = value;
    }
    if (lastLength > high - low) column.fill(1, high - low, lastLength);
  }
  return column[high - low - 1]!;
}
