const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.44269504088896338700;

/** e to the power of two values of at most 0, by the method of `exact-math.ts`; what is below -708 counts as -708. */
@inline
export function exponentials(x: v128): v128 {
  const t = f64x2.max(x, f64x2.splat(-708));
  const k = f64x2.floor(f64x2.add(f64x2.mul(f64x2.splat(LOG2_E), t), f64x2.splat(0.5)));
  const high = f64x2.sub(t, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const s = f64x2.mul(r, r);
  let c = f64x2.add(f64x2.splat(-1.65339022054652515390e-6), f64x2.mul(s, f64x2.splat(4.13813679705723846039e-8)));
  c = f64x2.add(f64x2.splat(6.61375632143793436117e-5), f64x2.mul(s, c));
  c = f64x2.add(f64x2.splat(-2.77777777770155933842e-3), f64x2.mul(s, c));
  c = f64x2.add(f64x2.splat(1.66666666666666019037e-1), f64x2.mul(s, c));
  c = f64x2.sub(r, f64x2.mul(s, c));
  const rest = f64x2.sub(f64x2.sub(low, f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c))), high);
  const y = f64x2.sub(f64x2.splat(1), rest);
  // The power of two is made of its exponent's bits.
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(y, i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52));
}
