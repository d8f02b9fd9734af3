import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { exp, log, sigmoid } from '../../../src/core/train/exact-math.js';

const random = createRandom(4);

describe('exp and log that give the same bits everywhere', () => {
  it('agree with the engine’s own within an ulp or two', () => {
    for (let i = 0; i < 20000; i++) {
      const x = (random() - 0.5) * 1400;
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16);
      const y = Math.exp((random() - 0.5) * 1400);
      expect(Math.abs(log(y) - Math.log(y))).toBeLessThanOrEqual(5e-16 * Math.abs(Math.log(y)));
    }
  });

  it.each([
    [0, 1],
    [1, Math.E],
    [710, Infinity],
    [-746, 0],
    [-Infinity, 0],
    [Infinity, Infinity],
    [NaN, NaN],
    [-745, 5e-324],
    [709.7, Math.exp(709.7)],
  ])('exp(%d) is %d', (x, expected) => expect(Object.is(exp(x), expected) || Math.abs(exp(x) / expected - 1) < 5e-16).toBe(true));

  it.each([
    [1, 0],
    [0, -Infinity],
    [-1, NaN],
    [Infinity, Infinity],
    [5e-324, Math.log(5e-324)],
    [Math.E, 1],
  ])('log(%d) is %d', (x, expected) => expect(Object.is(log(x), expected) || Math.abs(log(x) - expected) < 1e-13).toBe(true));

  // Golden bits, so that an engine in which they differ is found out.
  it('have these very bits', () => {
    expect([exp(0.1), exp(-3.7), log(3), log(0.7)]).toEqual([1.1051709180756477, 0.024723526470339388, 1.0986122886681096, -0.35667494393873245]);
  });

  it('carry the sigmoid over any size', () => expect([sigmoid(-1000), sigmoid(0), sigmoid(1000)]).toEqual([0, 0.5, 1]));
});
