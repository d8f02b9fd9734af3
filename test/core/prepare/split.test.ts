import { describe, expect, test } from 'vitest';
import { type Split, shareOut, splitRows } from '../../../src/core/prepare/split.js';
import type { SplitChoice } from '../../../src/core/prepare/recipe.js';
import { createRandom, permutation } from '../../../src/core/random.js';
import { failureOf, read } from '../table/csv-texts.js';

const many = (n: number, cell: (i: number) => string): string => Array.from({ length: n }, (_, i) => cell(i)).join('\n');
const { table } = read(`t,y,x\n${many(1000, (i) => `${new Date(Date.UTC(2001, 0, 1 + ((i * 37) % 1000))).toISOString().slice(0, 10)},${i % 10 === 0 ? 'rare' : 'usual'},${i}`)}\n`);
const both = ({ train, test: rest }: Split): number[] => [...train, ...rest].sort((a, b) => a - b);
const all = Array.from({ length: 1000 }, (_, i) => i);

describe('chance', () => {
  test('the same seed gives the same numbers, another one others; all seeds are far apart', () => {
    const firsts = (seed: number): number[] => Array.from({ length: 5 }, createRandom(seed));
    expect(firsts(7)).toEqual(firsts(7));
    expect(new Set([0, 1, 2, -1, -2, 2 ** 32, 2 ** 33, 7].map((seed) => firsts(seed)[0])).size).toBe(8);
  });

  test('numbers are the same for ever', () => {
    // Worked out from the published algorithms in Python's whole numbers.
    expect(Array.from({ length: 3 }, createRandom(7))).toEqual([0.049009592574554284, 0.9298532154569821, 0.3972365680289133]);
  });

  test('100,000 numbers are even: mean, variance, and tenths by chi-square', () => {
    const random = createRandom(1);
    const x = Array.from({ length: 100_000 }, random);
    const mean = x.reduce((a, b) => a + b) / x.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length - 1 / 12)).toBeLessThan(0.002);
    const tenths = new Array<number>(10).fill(0);
    for (const v of x) tenths[Math.floor(v * 10)]!++;
    // 27.9 is the 99.9 % quantile of chi-square with 9 degrees of freedom.
    expect(tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
    expect(Math.min(...x) >= 0 && Math.max(...x) < 1).toBe(true);
  });

  test('all orders of three are equally likely', () => {
    const random = createRandom(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = permutation(3, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    expect(permutation(0, random)).toEqual(new Int32Array(0));
  });
});

describe('splitting', () => {
  test.each<[SplitChoice, number, number]>([
    [{ kind: 'none' }, 1000, 0],
    [{ kind: 'random', testShare: 0.2, seed: 7 }, 800, 200],
    [{ kind: 'stratified', testShare: 0.25, seed: 7 }, 750, 250],
    [{ kind: 'time', testFrom: '2003-01-01' }, 730, 270],
  ])('%j', (choice, train, rest) => {
    const split = splitRows(table, choice, 'y', 't');
    expect([split.train.length, split.test.length]).toEqual([train, rest]);
    expect(both(split)).toEqual(all);
    expect(splitRows(table, choice, 'y', 't')).toEqual(split);
  });

  test('by time: all of the past trains, in order of time, and the first day of the test is in the test', () => {
    const { train, test: rest } = splitRows(table, { kind: 'time', testFrom: '2003-01-01' }, 'y', 't');
    const times = table.columns[0]?.type === 'date' ? table.columns[0].values : new Float64Array(0);
    const order = [...train, ...rest].map((row) => times[row] as number);
    expect(order.every((time, i) => i === 0 || time > (order[i - 1] as number))).toBe(true);
    expect(times[rest[0] as number]).toBe(Date.UTC(2003, 0, 1));
  });

  test('another seed gives another split', () => {
    const rows = (seed: number): number[] => [...splitRows(table, { kind: 'random', testShare: 0.2, seed }, 'y').test];
    expect(rows(7)).not.toEqual(rows(8));
  });

  test('stratified: exact shares of each class', () => {
    const { test: rest } = splitRows(table, { kind: 'stratified', testShare: 0.3, seed: 1 }, 'y');
    expect([rest.filter((row) => row % 10 === 0).length, rest.length]).toEqual([30, 300]);
  });

  test.each([
    [[152, 124, 68], 0.2, [30, 25, 14]],
    [[1, 1, 1, 1], 0.5, [1, 1, 0, 0]],
    [[3], 0.1, [0]],
    [[10, 10], 0.05, [1, 0]],
  ])('shares of %j by %d', (counts, share, expected) => {
    expect(shareOut(counts, share)).toEqual(expected);
  });

  test('times may be years, or words that are dates; rows without a time are left out', () => {
    const years = read('year,y\n2003,1\n2001,2\nNA,3\n2002,4\n').table;
    expect(splitRows(years, { kind: 'time', testFrom: '2003' }, 'y', 'year')).toEqual({ train: Int32Array.of(1, 3), test: Int32Array.of(0) });
    const words = read('day,y\n2003-01-01,1\n2001-01-01,2\nsoon,3\n').table;
    expect(splitRows(words, { kind: 'time', testFrom: '2003-01-01' }, 'y', 'day')).toEqual({ train: Int32Array.of(1), test: Int32Array.of(0) });
  });

  test.each<[string, SplitChoice, string | undefined, string, Record<string, unknown>]>([
    ['no time named', { kind: 'time', testFrom: '2003-01-01' }, undefined, 'split-needs-time', {}],
    ['a column without times', { kind: 'time', testFrom: '2003-01-01' }, 'y', 'split-needs-time', { column: 'y' }],
    ['no such column', { kind: 'time', testFrom: '2003-01-01' }, 'z', 'unknown-column', { column: 'z', known: ['t', 'y', 'x'] }],
    ['no such day', { kind: 'time', testFrom: '2003-02-30' }, 't', 'bad-date', { value: '2003-02-30' }],
    ['no date', { kind: 'time', testFrom: '' }, 't', 'bad-date', { value: '' }],
    ['all later', { kind: 'time', testFrom: '1999-01-01' }, 't', 'split-empty', { part: 'train' }],
    ['all earlier', { kind: 'time', testFrom: '2030-01-01' }, 't', 'split-empty', { part: 'test' }],
    ['a share that rounds to nothing', { kind: 'random', testShare: 0.0001, seed: 1 }, undefined, 'split-empty', { part: 'test' }],
    ['a share that rounds to all', { kind: 'random', testShare: 0.9999, seed: 1 }, undefined, 'split-empty', { part: 'train' }],
    ['a share of all', { kind: 'random', testShare: 1, seed: 1 }, undefined, 'bad-share', { share: 1 }],
    ['a share that is no number', { kind: 'stratified', testShare: NaN, seed: 1 }, undefined, 'bad-share', { share: NaN }],
  ])('refuses: %s', (_, choice, time, code, data) => {
    expect(failureOf(() => splitRows(table, choice, 'y', time))).toEqual({ code, data });
  });

  test('refuses to stratify by a quantity', () => {
    expect(failureOf(() => splitRows(table, { kind: 'stratified', testShare: 0.2, seed: 1 }, 'x')).code).toBe('split-needs-classes');
  });
});
