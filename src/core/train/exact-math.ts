/*
 * `Math.exp` and `Math.log` differ in the last bits between JavaScript engines, and a fit that uses them would not repeat
 * between Node and a browser. These two use only IEEE basic operations (the method of Sun's fdlibm, error below 1 ulp).
 */
const LN2_HIGH = 6.93147180369123816490e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const LOG2_E = 1.44269504088896338700;

/** e to the power x, the same bits in every engine. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(LOG2_E * x + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t * (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8))));
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

/** Natural logarithm, the same bits in every engine. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    m *= 18014398509481984;
    k -= 54;
  }
  view.setFloat64(0, m);
  const bits = view.getUint32(0);
  k += (bits >>> 20) - 1023;
  view.setUint32(0, (bits & 0x000fffff) | 0x3ff00000);
  m = view.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + t1 + t2) + k * LN2_LOW) - f);
}

/** 1 / (1 + e^-z), without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + exp(-z));
  const e = exp(z);
  return e / (1 + e);
}

const view = new DataView(new ArrayBuffer(8));

/** 2^-1022 … 2^1023, made by exact multiplication. */
const powers = new Float64Array(2046);
for (let k = 0, up = 1, down = 1; k <= 1023; k++, up *= 2, down /= 2) {
  powers[1022 + k] = up;
  if (k <= 1022) powers[1022 - k] = down;
}

function scaleByPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return y * powers[1022 + 1023]! * 2;
  if (k >= -1022) return y * powers[1022 + k]!;
  return y * powers[1022 + k + 1000]! * powers[22]!;
}
