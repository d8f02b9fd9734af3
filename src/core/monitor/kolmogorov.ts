import { logChoose } from '../evaluate/distributions.js';

/**
 * P(D > d) for Kolmogorov's two-sided one-sample statistic with n rows, by the choice of methods of Simard and L'Ecuyer
 * (Journal of Statistical Software 39(11), 2011) as scipy's `kstwo.sf` makes it.
 */
export function kolmogorovTail(n: number, d: number): number {
  if (d >= 1) return 0;
  if (d <= 0 || n * d <= 0.5) return 1;
  const t = n * d;
  if (t <= 1) return 1 - rubenGambino(n, 2 * t - 1);
  if (t >= n - 1) return 2 * (1 - d) ** n;
  if (d >= 0.5) return clip(2 * smirnovTail(n, d));
  return t * d >= (n <= 140 ? 4 : 2.2) ? farTail(n, d, t * d) : clip(1 - body(n, d));
}

function farTail(n: number, d: number, square: number): number {
  return n > 140 && square >= 370 ? 0 : clip(2 * smirnovTail(n, d));
}

function body(n: number, d: number): number {
  if (n <= 140 || (n <= 100000 && n * d ** 1.5 <= 1.4)) return durbinMatrix(n, d);
  return pelzGood(n, d);
}

/** n!/nⁿ · (2t − 1)ⁿ, exact for 1/2n < d <= 1/n. */
function rubenGambino(n: number, base: number): number {
  let product = 1;
  for (let i = 1; i <= n; i++) product *= (i / n) * base;
  return product;
}

/** P(D⁺ > d), the sum of Birnbaum and Tingey; all its terms are positive. */
function smirnovTail(n: number, d: number): number {
  const last = Math.floor(n * (1 - d));
  let sum = 0;
  for (let j = 0; j <= last; j++) {
    const rest = 1 - d - j / n;
    if (rest <= 0) continue;
    sum += Math.exp(logChoose(n, j) + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
  }
  return d * sum;
}

/** P(D < d) by Durbin's matrix to the power n (Marsaglia, Tsang and Wang 2003). */
function durbinMatrix(n: number, d: number): number {
  const k = Math.ceil(n * d);
  const m = 2 * k - 1;
  const { matrix, exponent } = power(stepMatrix(m, k - n * d), m, n);
  let result = matrix[(k - 1) * m + k - 1]!;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    result *= i / n;
    if (result < 1e-140) {
      result *= 1e140;
      scale -= 140;
    }
  }
  return result * 10 ** scale;
}

function stepMatrix(m: number, h: number): Float64Array {
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m && j <= i + 1; j++) matrix[i * m + j] = 1;
  for (let i = 0; i < m; i++) {
    matrix[i * m]! -= h ** (i + 1);
    matrix[(m - 1) * m + i]! -= h ** (m - i);
  }
  matrix[(m - 1) * m]! += 2 * h - 1 > 0 ? (2 * h - 1) ** m : 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) for (let g = 1; g <= i - j + 1; g++) matrix[i * m + j]! /= g;
  }
  return matrix;
}

function power(base: Float64Array, m: number, n: number): { matrix: Float64Array; exponent: number } {
  if (n === 1) return { matrix: base, exponent: 0 };
  const half = power(base, m, Math.floor(n / 2));
  let matrix = multiply(half.matrix, half.matrix, m);
  let exponent = 2 * half.exponent;
  if (n % 2) matrix = multiply(base, matrix, m);
  const middle = Math.floor(m / 2);
  if (matrix[middle * m + middle]! > 1e140) {
    for (let i = 0; i < matrix.length; i++) matrix[i]! *= 1e-140;
    exponent += 140;
  }
  return { matrix, exponent };
}

function multiply(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const value = a[i * m + k]!;
      if (value !== 0) for (let j = 0; j < m; j++) out[i * m + j]! += value * b[k * m + j]!;
    }
  }
  return out;
}

/** P(D <= d) by the expansion of Pelz and Good (1976) up to n^(−3/2). */
function pelzGood(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const z2 = z * z;
  const p2 = Math.PI ** 2;
  const q = Math.exp(-p2 / 8 / z2);
  const terms = Math.ceil((16 * z) / Math.PI);
  const sums = [0, 0, 0, 0];
  for (let k = terms; k > 0; k--) {
    const next = oddTerm((2 * k - 1) ** 2, z2, p2);
    for (let i = 0; i < 4; i++) sums[i] = sums[i]! * q ** (8 * k) + next[i]!;
  }
  const divisors = [z, 6 * z ** 4, 72 * z ** 7, 6480 * z ** 10];
  const root = Math.sqrt(2 * Math.PI);
  const k0to3 = sums.map((sum, i) => (sum * q * root) / divisors[i]!);
  const extra = evenTerms(terms, z, p2);
  k0to3[2]! += (extra.second * p2 * root) / (-36 * z ** 3);
  k0to3[3]! += (extra.third * p2 * root) / (216 * z ** 6);
  return k0to3.reduce((sum, term, i) => sum + term / n ** (i / 2), 0);
}

function oddTerm(m2: number, z2: number, p2: number): [number, number, number, number] {
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const second = 6 * z6 + 2 * z4 + (((2 * z4 - 5 * z2) * p2) / 4) * m2 + ((p2 * p2 * (1 - 2 * z2)) / 16) * m2 * m2;
  const third =
    -30 * z6 -
    90 * z4 * z4 +
    ((p2 * (135 * z4 - 96 * z6)) / 4) * m2 +
    ((p2 * p2 * (-60 * z2 + 212 * z4)) / 16) * m2 * m2 +
    ((p2 * p2 * p2 * (5 - 30 * z2)) / 64) * m2 * m2 * m2;
  return [1, -z2 + (p2 / 4) * m2, second, third];
}

function evenTerms(terms: number, z: number, p2: number): { second: number; third: number } {
  const q = Math.exp(-p2 / 2 / (z * z));
  let second = 0;
  let third = 0;
  for (let k = terms; k > 0; k--) {
    const weight = k * k * q ** (k * k);
    second += weight;
    third += (3 * z * z - p2 * k * k) * weight;
  }
  return { second, third };
}

const clip = (p: number): number => Math.min(1, Math.max(0, p));
