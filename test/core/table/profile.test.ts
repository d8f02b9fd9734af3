import { expect, test } from 'vitest';
import { profileTable } from '../../../src/core/table/profile.js';
import type { ColumnProfile } from '../../../src/core/table/profile.js';
import { read } from './csv-texts.js';

const profile = (text: string): ColumnProfile => profileTable(read(text).table)[0] as ColumnProfile;

test('numbers: facts as pandas gives them', () => {
  // pandas.Series([1.5, 2, 2, 4, 10]).describe(): mean 3.9, std 3.5425979167836707, quartiles 2, 2, 4
  const { numbers, ...rest } = profile('a\n2\n1.5\nNA\n10\n2\n4\n');
  expect(rest).toEqual({ name: 'a', type: 'number', rows: 6, missing: 1, distinct: 4 });
  expect(numbers).toMatchObject({ min: 1.5, max: 10, mean: 3.9, quartiles: [2, 2, 4] });
  expect(numbers?.std).toBeCloseTo(3.5425979167836707, 14);
  expect(numbers?.histogram.edges).toHaveLength(21);
  expect(numbers?.histogram.counts).toEqual([1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('a few whole numbers get a bin each', () => {
  expect(profile('a\n3\n1\n3\n5\n').numbers?.histogram).toEqual({ edges: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5], counts: [1, 0, 2, 0, 1] });
});

test('one value, negative and large', () => {
  expect(profile('a\n-7.5\n-7.5\n').numbers).toMatchObject({ min: -7.5, max: -7.5, std: 0, histogram: { edges: [-8, -7], counts: [2] } });
  expect(profile('a\n1e300\n-1e300\n').numbers?.histogram.counts.reduce((a, b) => a + b)).toBe(2);
  expect(profile('a\n1e308\n-1e308\n').numbers?.histogram.counts.reduce((a, b) => a + b)).toBe(2);
});

test('dates are profiled in time', () => {
  const day = 86_400_000;
  expect(profile('a\n1970-01-03\n1970-01-01\n1970-01-02\n').numbers).toMatchObject({ min: 0, max: 2 * day, mean: day, quartiles: [day / 2, day, 1.5 * day] });
});

test('words: the ten most frequent, the first of equals first', () => {
  const words = ['m', ...'abcdefghijkl', 'c', 'NA', 'c', 'l'];
  const { top, ...rest } = profile(`a\n${words.join('\n')}\n`);
  expect(rest).toEqual({ name: 'a', type: 'text', rows: 17, missing: 1, distinct: 13 });
  expect(top?.map(({ value, count }) => value + count)).toEqual(['c3', 'l2', 'm1', 'a1', 'b1', 'd1', 'e1', 'f1', 'g1', 'h1']);
});

test('booleans and nothing at all', () => {
  expect(profile('a\ntrue\nfalse\ntrue\n')).toEqual({
    name: 'a', type: 'boolean', rows: 3, missing: 0, distinct: 2, top: [{ value: 'true', count: 2 }, { value: 'false', count: 1 }],
  });
  expect(profile('a,b\nNA,1\n,2\n')).toEqual({ name: 'a', type: 'number', rows: 2, missing: 2, distinct: 0 });
});
