import { describe, expect, it } from 'vitest';
import { findLabelNoise, findTargetNoise } from '../../../src/core/evaluate/label-noise.js';
import { learningCurve } from '../../../src/core/evaluate/learning-curve.js';
import { findSlices } from '../../../src/core/evaluate/slices.js';
import { costAt, thresholdCosts } from '../../../src/core/evaluate/threshold-costs.js';
import { rowLosses, worstRows } from '../../../src/core/evaluate/worst-rows.js';
import { createRandom } from '../../../src/core/random.js';
import type { Table } from '../../../src/core/table/table.js';

const all = (n: number): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

describe('slices', () => {
  const n = 2000;
  const random = createRandom(4);
  const codes = Int32Array.from({ length: n }, () => Math.floor(random() * 3));
  const temp = Float64Array.from({ length: n }, (_, row) => (row % 50 === 0 ? NaN : random() * 40));
  const flag = Float64Array.from({ length: n }, () => Number(random() < 0.5));
  const table: Table = {
    rows: n,
    columns: [
      { name: 'city', type: 'text', levels: ['a', 'b', 'c'], codes },
      { name: 'temp', type: 'number', values: temp },
      { name: 'flag', type: 'boolean', values: flag },
    ],
  };
  const columns = ['city', 'temp', 'flag'];
  const noise = Float64Array.from({ length: n }, () => random());

  it('finds the planted slice of two conditions first', () => {
    const losses = noise.map((loss, row) => loss + (codes[row] === 1 && flag[row] === 1 ? 1 : 0));
    const { slices, tested } = findSlices(table, all(n), losses, { columns });
    expect(slices[0]!.conditions).toEqual([{ kind: 'level', column: 'city', level: 'b' }, { kind: 'level', column: 'flag', level: 'true' }]);
    expect(slices[0]!.meanLoss - slices[0]!.restLoss).toBeCloseTo(1, 1);
    expect(tested).toBeGreaterThan(20);
  });

  it('finds rows with a missing cell, and a range', () => {
    const missing = findSlices(table, all(n), noise.map((loss, row) => loss + (Number.isNaN(temp[row]) ? 2 : 0)), { columns });
    expect(missing.slices[0]!.conditions).toEqual([{ kind: 'missing', column: 'temp' }]);
    expect(missing.slices[0]!.rows).toBe(n / 50);
    const hot = findSlices(table, all(n), noise.map((loss, row) => loss + (temp[row]! > 30 ? 1 : 0)), { columns });
    expect(hot.slices[0]!.conditions[0]).toMatchObject({ kind: 'range', column: 'temp' });
  });

  it('finds nothing in noise, in one row, in no column, in equal losses', () => {
    expect(findSlices(table, all(n), noise, { columns }).slices).toEqual([]);
    expect(findSlices(table, all(1), Float64Array.of(1), { columns }).slices).toEqual([]);
    expect(findSlices(table, all(n), noise, { columns: [] })).toEqual({ slices: [], tested: 0 });
    expect(findSlices(table, all(n), new Float64Array(n).fill(0.1), { columns }).slices).toEqual([]);
  });

  it('refuses what does not fit', () => {
    expect(() => findSlices(table, all(3), noise, { columns })).toThrow('length-mismatch');
    expect(() => findSlices(table, all(1), Float64Array.of(NaN), { columns })).toThrow('not-finite');
    expect(() => findSlices(table, all(1), Float64Array.of(1), { columns: ['nowhere'] })).toThrow('unknown-column');
  });
});

describe('label noise', () => {
  it('finds the labels that were turned', () => {
    const random = createRandom(8);
    const truth = Float64Array.from({ length: 600 }, () => Math.floor(random() * 3));
    const turned = new Set([5, 77, 300, 511]);
    const given = truth.map((label, row) => (turned.has(row) ? (label + 1) % 3 : label));
    const probabilities = Float64Array.from({ length: 1800 }, (_, at) => (truth[Math.floor(at / 3)] === at % 3 ? 0.8 : 0.1));
    const { suspects, estimatedShare } = findLabelNoise(given, probabilities, 3);
    expect(new Set(suspects.map(({ row }) => row))).toEqual(turned);
    expect(suspects.every(({ row, suggested }) => suggested === truth[row])).toBe(true);
    expect(estimatedShare).toBeCloseTo(4 / 600, 12);
  });

  it('lives with one class and with none, and refuses foreign classes', () => {
    expect(findLabelNoise([1, 1], [0.4, 0.6, 0.9, 0.1], 2).suspects).toEqual([]);
    expect(findLabelNoise([], [], 2)).toMatchObject({ suspects: [], estimatedShare: null });
    expect(() => findLabelNoise([2], [0.5, 0.5], 2)).toThrow('bad-class');
    expect(() => findLabelNoise([1], [0.5], 2)).toThrow('length-mismatch');
  });

  it('finds numbers far from what was predicted', () => {
    const y = [1, 2, 3, 4, 50, 6, 7];
    expect(findTargetNoise(y, [1.1, 2.2, 2.9, 4.1, 5, 5.8, 7.1]).map(({ row }) => row)).toEqual([4]);
    expect(findTargetNoise([1, 1, 1], [1, 1, 5])).toEqual([]);
  });
});

describe('threshold costs', () => {
  const costs = { truePositive: 0, falsePositive: 1, trueNegative: 0, falseNegative: 5 };

  it('count as brute force does, at every threshold', () => {
    const random = createRandom(2);
    const score = Array.from({ length: 80 }, () => Math.round(random() * 20) / 20);
    const y = score.map((p) => Number(random() < p));
    const found = thresholdCosts(y, score, costs);
    const brute = (threshold: number): number => y.reduce((sum, label, i) => sum + (score[i]! >= threshold ? (label ? 0 : 1) : label ? 5 : 0), 0);
    for (const { threshold, cost } of found.points) expect(cost).toBe(brute(threshold));
    for (const threshold of [-1, 0, 0.33, 0.5, 2]) expect(costAt(found, threshold).cost).toBe(brute(threshold));
    expect(found.best.cost).toBe(Math.min(...found.points.map(({ cost }) => cost)));
    expect(found.calibratedThreshold).toBeCloseTo(1 / 6, 12);
  });

  it('stand one class, equal scores and costs that make one answer right', () => {
    expect(thresholdCosts([0, 0], [0.9, 0.9], costs).best).toMatchObject({ cost: 0, falsePositives: 0, threshold: 1 });
    expect(thresholdCosts([0], [1], costs).points[0]!.threshold).toBeGreaterThan(1);
    expect(thresholdCosts([1], [0.2], { ...costs, falsePositive: -1 }).calibratedThreshold).toBeNull();
    expect(() => thresholdCosts([], [], costs)).toThrow('no-rows');
    expect(() => thresholdCosts([2], [0.1], costs)).toThrow('bad-class');
    expect(() => thresholdCosts([1], [NaN], costs)).toThrow('not-finite');
  });
});

describe('worst rows', () => {
  it('have the greatest loss of their task', () => {
    expect(worstRows(rowLosses('regression', 0, [1, 2, 3], [1, 5, 1]), 2)).toEqual([{ row: 1, loss: 3 }, { row: 2, loss: 2 }]);
    expect(worstRows(rowLosses('binary', 2, [1, 0], [0.1, 0.1]), 1)[0]!.row).toBe(0);
    expect([...rowLosses('multiclass', 3, [2], [0.2, 0.3, 0.5])]).toEqual([-Math.log(0.5)]);
    expect(rowLosses('multiclass', 3, [1], [1, 0, 0])[0]).toBeLessThan(40);
    expect(() => rowLosses('multiclass', 3, [1], [1])).toThrow('length-mismatch');
  });
});

describe('the learning curve', () => {
  it('grows nested sets by its seed', async () => {
    const seen: number[][] = [];
    const score = async (rows: Int32Array): Promise<{ train: number; test: number }> => {
      seen.push([...rows]);
      return Promise.resolve({ train: 1, test: rows.length });
    };
    const points = await learningCurve(all(40), { seed: 3, repeats: 2, shares: [0.25, 0.5, 1] }, score);
    expect(points.map(({ rows, test }) => [rows, test.mean])).toEqual([[10, 10], [20, 20], [40, 40]]);
    expect(seen[0]!.every((row) => seen[2]!.includes(row))).toBe(true);
    expect(seen[0]).not.toEqual(seen[1]);
  });

  it('takes the latest rows when order counts', async () => {
    const seen: number[][] = [];
    await learningCurve(all(10), { seed: 1, keepOrder: true, shares: [0.3] }, async (rows) => {
      seen.push([...rows]);
      return Promise.resolve({ train: 0, test: 0 });
    });
    expect(seen).toEqual([[7, 8, 9]]);
  });

  it('refuses no rows and impossible shares', async () => {
    const score = async (): Promise<{ train: number; test: number }> => Promise.resolve({ train: 0, test: 0 });
    await expect(learningCurve(all(0), { seed: 1 }, score)).rejects.toThrow('no-rows');
    await expect(learningCurve(all(5), { seed: 1, shares: [0] }, score)).rejects.toThrow('bad-share');
  });
});
