const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** The x between `low` and `high` where f, which falls and then rises, is least (golden section, to 1e-10 of the width). */
export function minimiseLine(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [x, y] = [a + GOLDEN * (b - a), b - GOLDEN * (b - a)];
  let [fx, fy] = [f(x), f(y)];
  while (b - a > 1e-10 * (high - low)) {
    if (fx <= fy) {
      [b, y, fy] = [y, x, fx];
      x = a + GOLDEN * (b - a);
      fx = f(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = b - GOLDEN * (b - a);
      fy = f(y);
    }
  }
  return (a + b) / 2;
}
