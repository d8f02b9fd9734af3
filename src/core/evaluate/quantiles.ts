import { lowerBeta, normalTail, studentTwoSided } from './distributions.js';

/** The x between `low` and `high` where a rising f reaches `target`, by bisection to the last bit. */
export function solveRising(f: (x: number) => number, target: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (f(middle) < target) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/** The z with P(Z < z) = p for a standard normal Z; ±Infinity at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  // The smaller tail keeps its digits.
  const z = solveRising((x) => -normalTail(x), -Math.min(p, 1 - p), 0, 40);
  return p < 0.5 ? -z : z;
}

/** The t with P(|T| > t) = tail for Student's t with `degrees` of freedom. */
export function studentTwoSidedQuantile(tail: number, degrees: number): number {
  if (!(tail > 0 && tail <= 1) || !(degrees > 0)) return NaN;
  let high = 2;
  while (studentTwoSided(high, degrees) > tail && high < 1e300) high *= 2;
  return solveRising((t) => -studentTwoSided(t, degrees), -tail, 0, high);
}

/** The x with P(X < x) = p for a beta distribution with parameters a and b. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  return solveRising((x) => lowerBeta(a, b, x), p, 0, 1);
}
