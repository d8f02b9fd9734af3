/** ∫ gap(F(x) − G(x)) dx over the line, F and G the distribution functions of two sorted samples. */
export function integrateCdfGap(a: Float64Array, b: Float64Array, gap: (difference: number) => number): number {
  let area = 0;
  let i = 0;
  let j = 0;
  let last = NaN;
  while (i < a.length || j < b.length) {
    const value = Math.min(i < a.length ? a[i]! : Infinity, j < b.length ? b[j]! : Infinity);
    if (value > last) area += (value - last) * gap(i / a.length - j / b.length);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    last = value;
  }
  return area;
}
