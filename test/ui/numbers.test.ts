import { describe, expect, it } from 'vitest';
import { linePath, niceTicks, thinPoints } from '../../src/ui/live-scale.js';
import { readNumber } from '../../src/ui/read-number.js';
import { secondsLeft } from '../../src/ui/seconds-left.js';
import { sortRows, visibleRange } from '../../src/ui/table-window.js';

describe('a typed number', () => {
  it.each([['7', 7], [' 0.25 ', 0.25], ['0,25', 0.25], ['٧٫٥', 7.5], ['۱۲', 12], ['-3', -3], ['−3', -3], ['1e-3', 0.001]])('“%s” is %d', (typed, value) => {
    expect(readNumber(typed)).toEqual({ value });
  });
  it.each([['', {}, 'not-a-number'], ['abc', {}, 'not-a-number'], ['Infinity', {}, 'not-a-number'], ['1.5', { whole: true }, 'not-whole'], ['0', { min: 1 }, 'too-small'], ['11', { max: 10 }, 'too-large'], ['1,000,000', {}, 'not-a-number']])('“%s” within %o is %s', (typed, range, fault) => {
    expect(readNumber(typed, range)).toEqual({ fault });
  });
});

describe('the time left', () => {
  it.each([
    [50, 100, 0, 9_999, undefined],
    [50, 100, 0, 10_000, 10],
    [25, 100, 0, 20_000, 60],
    [0, 100, 0, 20_000, undefined],
    [100, 100, 0, 20_000, undefined],
    [5, 0, 0, 20_000, undefined],
    [5, 10, undefined, 20_000, undefined],
  ])('%d of %d from %s at %d is %s s', (done, total, started, now, left) => {
    expect(secondsLeft(done, total, started, now)).toBe(left);
  });
});

describe('the window of a long table', () => {
  it.each([
    [0, 0, 320, { from: 0, to: 0 }],
    [5, 0, 320, { from: 0, to: 5 }],
    [100_000, 0, 320, { from: 0, to: 26 }],
    [100_000, 32_000, 320, { from: 992, to: 1018 }],
    [10, 99_999, 320, { from: 9, to: 10 }],
  ])('of %d rows at %d px', (count, top, height, range) => {
    expect(visibleRange(count, top, height, 32)).toEqual(range);
  });
  it('sorts both ways, keeps ties in order and missing values last', () => {
    const rows = [3, Number.NaN, 1, 2, 1].map((value, at) => ({ value, at }));
    const order = (row: { value: number }) => row.value;
    const sorted = (descending: boolean) => sortRows(rows, { key: 'value', descending }, order).map((row) => row.at);
    expect([sorted(false), sorted(true)]).toEqual([[2, 4, 3, 0, 1], [0, 3, 2, 4, 1]]);
    expect(rows[0]!.value).toBe(3);
  });
});

describe('the live curve', () => {
  it.each([
    [0, 10, [0, 5, 10]],
    [0, 1, [0, 0.5, 1]],
    [0.13, 0.87, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [5, 5, [4, 6]],
    [0, 0, [0]],
    [Number.NaN, 1, []],
  ])('has round ticks from %d to %d', (low, high, ticks) => {
    expect(niceTicks(low, high)).toEqual(ticks);
  });
  it('covers what it shows, whatever the size', () => {
    for (let power = -8; power <= 8; power++) {
      const ticks = niceTicks(-1.7 * 10 ** power, 3.1 * 10 ** power);
      expect(ticks[0]!).toBeLessThanOrEqual(-1.7 * 10 ** power);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(3.1 * 10 ** power);
      expect(ticks.length).toBeLessThan(9);
    }
  });
  it('thins a long line but never loses its spike or its end points’ order', () => {
    const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: x === 7_777 ? 99 : Math.sin(x) }));
    const thin = thinPoints(points, 400);
    expect(thin.length).toBeLessThanOrEqual(402);
    expect(Math.max(...thin.map((point) => point.y))).toBe(99);
    expect(thin.every((point, at) => at === 0 || point.x > thin[at - 1]!.x)).toBe(true);
  });
  it('leaves a gap where a value is no number', () => {
    const points = [1, 2, Number.NaN, 4].map((y, x) => ({ x, y }));
    expect(linePath(points, (x) => x, (y) => y)).toBe('M0.0 1.0L1.0 2.0M3.0 4.0');
  });
});
