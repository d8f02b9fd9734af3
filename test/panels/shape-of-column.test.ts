import { describe, expect, it } from 'vitest';
import { profileTable } from '../../src/core/table/profile.js';
import { makeFormat } from '../../src/i18n/format.js';
import { barsOf, densestRange, valueWords } from '../../src/panels/data/shape-of-column.js';

const format = makeFormat('en');
const numbers = (name: string, type: 'number' | 'integer' | 'date', values: number[]) => profileTable({ rows: values.length, columns: [{ name, type, values: Float64Array.from(values) }] })[0]!;

describe('bars of a column', () => {
  it('give whole numbers of a small range a bar each, by their number', () => {
    const bars = barsOf(numbers('weekday', 'integer', [0, 0, 1, 3]), 'others', format);
    expect(bars.map(({ label, count }) => [label, count])).toEqual([['0', 2], ['1', 1], ['2', 0], ['3', 1]]);
  });
  it('count every known value once', () => {
    const bars = barsOf(numbers('x', 'number', Array.from({ length: 1000 }, (_, i) => Math.sin(i))), 'others', format);
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });
  it('gather the words beyond the ten most frequent', () => {
    const levels = Array.from({ length: 15 }, (_, i) => `w${i}`);
    const column = profileTable({ rows: 16, columns: [{ name: 'word', type: 'text', levels, codes: Int32Array.from([...levels.keys(), -1]) }] })[0]!;
    expect(barsOf(column, 'others', format).at(-1)).toEqual({ label: 'others', count: 5 });
  });
  it('are none for a column without a value', () => {
    expect(barsOf(numbers('x', 'number', [NaN, NaN]), 'others', format)).toEqual([]);
  });
});

describe('the densest range', () => {
  it('is the narrowest run of bins that holds half of the values', () => {
    const values = [...Array.from({ length: 60 }, () => 5), ...Array.from({ length: 40 }, (_, i) => i * 10)];
    const range = densestRange(numbers('x', 'number', values))!;
    expect(range.from).toBeLessThanOrEqual(5);
    expect(range.to).toBeLessThan(25);
    expect(range.share).toBeGreaterThanOrEqual(0.6);
  });
  it('lies within the values and is missing without any', () => {
    const range = densestRange(numbers('x', 'integer', [1, 1, 1, 2]))!;
    expect(range).toEqual({ from: 1, to: 1.5, share: 0.75 });
    expect(densestRange(numbers('x', 'number', [NaN]))).toBeUndefined();
  });
});

it('writes years without groups and quantities with them', () => {
  expect(valueWords('integer', 2004, format)).toBe('2004');
  expect(valueWords('integer', 12_345, format)).toBe('12,345');
  expect(valueWords('number', 2004.4, format)).toBe('2,004');
  expect(valueWords('date', Date.UTC(2004, 0, 2), format)).toBe('2 Jan 2004');
});
