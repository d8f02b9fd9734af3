import { describe, expect, it } from 'vitest';
import { findCounterfactuals } from '../../../src/core/explain/counterfactual.js';
import type { CellRow, MutableFeature } from '../../../src/core/explain/counterfactual-space.js';

const credit = (rows: readonly CellRow[]): number[] => rows.map(({ income, debt, job, age }) => 1 / (1 + Math.exp(-((income as number) / 10 - (debt as number) / 5 + (job === 'steady' ? 2 : 0) + (age as number) / 50 - 6))));
const row = { income: 30, debt: 5, job: 'none', age: 20 };
const features: MutableFeature[] = [
  { kind: 'number', name: 'income', min: 0, max: 100, step: 1, scale: 10, direction: 'up' },
  { kind: 'number', name: 'debt', min: 0, max: 50, scale: 10, direction: 'down' },
  { kind: 'category', name: 'job', levels: ['none', 'steady'] },
];
const goal = { direction: 'at-least', value: 0.5 } as const;

describe('counterfactuals', () => {
  const found = findCounterfactuals(row, features, goal, credit, { seed: 1, count: 4 });

  it('reach the goal, nearest first, and differ in what they change', () => {
    expect(found.length).toBeGreaterThan(1);
    for (const { row: own, prediction } of found) expect([credit([own])[0], prediction >= 0.5]).toEqual([prediction, true]);
    const distances = found.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(new Set(found.map(({ changes }) => changes.map(({ name }) => name).join())).size).toBe(found.length);
  });

  it('keep to ranges, steps, directions and what is immutable', () => {
    for (const { row: own } of found) {
      expect(own['age']).toBe(20);
      expect(own['income']).toBeGreaterThanOrEqual(30);
      expect(Number.isInteger(own['income'])).toBe(true);
      expect(own['debt']).toBeLessThanOrEqual(5);
      expect(own['debt']).toBeGreaterThanOrEqual(0);
    }
  });

  it('are as near as trying every whole income and level', () => {
    let best = Infinity;
    for (let income = 30; income <= 100; income++) {
      for (const job of ['none', 'steady']) {
        for (let debt = 0; debt <= 5; debt += 0.25) {
          if (credit([{ ...row, income, job, debt }])[0]! < 0.5) continue;
          const parts = [(income - 30) / 10, (5 - debt) / 10, Number(job === 'steady')].filter((part) => part > 0);
          best = Math.min(best, parts.reduce((sum, part) => sum + part + 0.1, 0));
        }
      }
    }
    expect(found[0]!.distance).toBeLessThanOrEqual(best * 1.1);
  });

  it('repeat by the seed', () => expect(findCounterfactuals(row, features, goal, credit, { seed: 1, count: 4 })).toEqual(found));

  it('are empty when none can be, and the row itself when it is there already', () => {
    expect(findCounterfactuals(row, [], goal, credit, { seed: 1 })).toEqual([]);
    expect(findCounterfactuals(row, [features[1]!], goal, credit, { seed: 1 })).toEqual([]);
    expect(findCounterfactuals(row, features, { direction: 'at-most', value: 0.5 }, credit, { seed: 1 })).toMatchObject([{ changes: [], distance: 0 }]);
  });

  it('fill a missing cell, and refuse a range that holds nothing', () => {
    const fill = findCounterfactuals({ ...row, income: null }, [features[0]!], goal, (rows) => rows.map(({ income }) => (income === null ? 0 : (income as number) / 100)), { seed: 2 });
    expect(fill[0]!.changes[0]).toMatchObject({ name: 'income', from: null });
    expect(() => findCounterfactuals(row, [{ kind: 'number', name: 'debt', min: 3, max: 1, scale: 1 }], goal, credit, { seed: 1 })).toThrow('bad-range');
    expect(() => findCounterfactuals(row, [{ kind: 'number', name: 'debt', min: 0, max: 1, scale: 0 }], goal, credit, { seed: 1 })).toThrow('bad-range');
  });
});
