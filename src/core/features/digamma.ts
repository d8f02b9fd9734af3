/** ψ(x) for x > 0: raised by ψ(x) = ψ(x + 1) − 1/x to where the asymptotic series holds to 1e-14 (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
  let [z, sum] = [x, 0];
  while (z < 12) sum -= 1 / z++;
  const r = 1 / (z * z);
  return sum + Math.log(z) - 1 / (2 * z) - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132)))));
}
