import { describe, expect, it } from 'vitest';
import { cutForFloats } from '../../../src/core/package/onnx/cuts.js';
import { createRandom } from '../../../src/core/random.js';

describe('cuts for inputs that were rounded to 4 bytes', () => {
  const random = createRandom(5);
  const scales = [{ offset: 0, divisor: 1 }, { offset: 17.35, divisor: 3.3 }, { offset: -1e4, divisor: 0.07 }, { offset: 1980.5, divisor: 12.7 }];
  const decimals = Array.from({ length: 400 }, (_, i) => Math.round((random() - 0.3) * 10 ** (2 + (i % 5))) / 10 ** (i % 4));

  it.each(scales)('part decimals as before, also those just at the cut: %j', (scale) => {
    const scaled = (x: number): number => (x - scale.offset) / scale.divisor;
    const cuts = [...decimals, ...decimals.map((x, i) => x / 2 + decimals[(i + 1) % decimals.length]! / 2)].map(scaled);
    const astray = cuts.flatMap((cut) => {
      const own = cutForFloats(cut, scale);
      const near = [...decimals.slice(0, 40), cut * scale.divisor + scale.offset].map((value) => Number(value.toPrecision(7)));
      return near.filter((x) => scaled(Math.fround(x)) <= own !== scaled(x) <= cut).map((x) => ({ x, cut }));
    });
    expect(cuts.length).toBeGreaterThan(700);
    expect(astray).toEqual([]);
  });

  it('leave codes of categories, and cuts beyond all numbers, as they are', () => {
    expect(cutForFloats(2.5, undefined)).toBe(2.5);
    expect(cutForFloats(0, { offset: 0, divisor: 3 })).toBe(0);
    expect(cutForFloats(-Number.MIN_VALUE, { offset: 0, divisor: 1 })).toBeLessThan(0);
    expect(cutForFloats(Number.MAX_VALUE, { offset: 3, divisor: 2 })).toBe(Number.MAX_VALUE);
    expect(cutForFloats(1e300, { offset: 0, divisor: 1 })).toBe(Number.MAX_VALUE);
  });
});
