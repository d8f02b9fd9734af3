import { describe, expect, it } from 'vitest';
import { groupMetrics } from '../../../src/core/fairness/group-metrics.js';
import { groupsByColumn, intersectGroups, MISSING_GROUP } from '../../../src/core/fairness/groups.js';
import { applyThresholds, mitigateByThreshold, type FairnessCriterion } from '../../../src/core/fairness/mitigate-threshold.js';
import { priceMitigation } from '../../../src/core/fairness/mitigation-price.js';
import { parityOf, signedGaps } from '../../../src/core/fairness/parity.js';
import { reweigh, sampleByWeight } from '../../../src/core/fairness/reweigh.js';
import { smallGroups } from '../../../src/core/fairness/small-groups.js';
import { createRandom } from '../../../src/core/random.js';
import type { Table } from '../../../src/core/table/table.js';

/** Scores that are lower for group B at the same worth. */
function biased(n: number, seed = 1): { y: number[]; score: number[]; groups: string[] } {
  const random = createRandom(seed);
  const groups = Array.from({ length: n }, () => (random() < 0.6 ? 'A' : 'B'));
  const worth = groups.map(() => random());
  return { groups, y: worth.map((p) => Number(random() < p)), score: worth.map((p, i) => Math.min(1, Math.max(0, p * (groups[i] === 'B' ? 0.7 : 1)))) };
}

describe('group metrics', () => {
  it('refuse what cannot be counted', () => {
    expect(() => groupMetrics([], [], [])).toThrow('no-rows');
    expect(() => groupMetrics([1], [1, 0], ['a'])).toThrow('length-mismatch');
    expect(() => groupMetrics([1], [1], [])).toThrow('length-mismatch');
    expect(() => groupMetrics([2], [1], ['a'])).toThrow('bad-class');
    expect(() => groupMetrics([NaN], [1], ['a'])).toThrow('not-finite');
  });

  it('warn of groups of a single row', () => {
    const groups = groupMetrics([...Array<number>(40).fill(1), 0], [...Array<number>(40).fill(1), 0], [...Array<string>(40).fill('A'), 'B']);
    expect(smallGroups(groups)).toEqual([{ group: 'B', rows: 1, uncertainty: expect.closeTo(0.397, 3) as number }]);
    expect(parityOf(groups).undefinedRates).toContainEqual({ group: 'B', rate: 'truePositiveRate' });
    expect(signedGaps(groups, 'C')).toEqual([]);
  });

  it('pass the four-fifths rule at four fifths', () => {
    const labels = [1, 1, 1, 1, 0, 1, 1, 1, 1, 1];
    const groups = ['B', 'B', 'B', 'B', 'B', 'A', 'A', 'A', 'A', 'A'];
    expect(parityOf(groupMetrics(labels, labels, groups)).fourFifths).toBe(true);
  });
});

describe('groups', () => {
  const table: Table = {
    rows: 12,
    columns: [
      { name: 'sex', type: 'text', levels: ['f', 'm'], codes: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, -1) },
      { name: 'age', type: 'integer', values: Float64Array.of(20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, NaN) },
    ],
  };
  const rows = [0, 1, 10, 11];

  it('are levels, ranges, or unknown, and meet in intersections', () => {
    const [sex, age] = [groupsByColumn(table, 'sex', rows), groupsByColumn(table, 'age', table.columns[0]!.type === 'text' ? [...Array(12).keys()] : [])];
    expect(sex).toEqual(['f', 'm', 'f', MISSING_GROUP]);
    expect(new Set(age).size).toBe(5);
    expect([age[0], age[10], age[11]]).toEqual(['20 … 32.5', '57.5 … 70', MISSING_GROUP]);
    expect(intersectGroups([sex, ['x', 'x', 'y', 'y']])).toEqual(['f & x', 'm & x', 'f & y', '? & y']);
  });
});

describe('mitigation by thresholds', () => {
  it.each<FairnessCriterion>(['demographic-parity', 'equal-opportunity', 'equalized-odds'])('meets %s and tells its price', (criterion) => {
    const { y, score, groups } = biased(1500);
    const found = mitigateByThreshold(y, score, groups, { criterion, tolerance: 0.03 });
    expect(found.gap).toBeLessThanOrEqual(0.03 + 1e-9);
    expect(found.gapBefore).toBeGreaterThan(0.1);
    const before = score.map((p) => Number(p >= 0.5));
    const labels = applyThresholds(score, groups, found.thresholds);
    const price = priceMitigation(y, before, labels, groups);
    const mistakes = labels.filter((label, i) => label !== y[i]).length;
    expect(mistakes).toBe(found.cost);
    expect(price.accuracyChange).toBeCloseTo((found.costBefore - found.cost) / 1500, 12);
    const { demographicParityDifference, equalOpportunityDifference, equalizedOddsDifference } = price.after.parity;
    const gap = { 'demographic-parity': demographicParityDifference, 'equal-opportunity': equalOpportunityDifference, 'equalized-odds': equalizedOddsDifference }[criterion];
    expect(gap).toBeCloseTo(found.gap, 12);
    expect(price.changes.reduce((sum, { gained, lost }) => sum + gained + lost, 0)).toBe(labels.filter((label, i) => label !== before[i]).length);
  });

  it.each<[FairnessCriterion, 'demographicParityDifference' | 'equalizedOddsDifference']>([
    ['demographic-parity', 'demographicParityDifference'],
    ['equalized-odds', 'equalizedOddsDifference'],
  ])('finds for %s what trying every pair finds', (criterion, difference) => {
    const { y, score, groups } = biased(60, 5);
    const rounded = score.map((p) => Math.round(p * 12) / 12);
    const tried = [...Array(14).keys()].map((i) => (i === 13 ? 1.1 : i / 12));
    let best = Infinity;
    for (const a of tried) {
      for (const b of tried) {
        const labels = rounded.map((p, i) => Number(p >= (groups[i] === 'A' ? a : b)));
        const parity = parityOf(groupMetrics(y, labels, groups));
        if (parity[difference] <= 0.1 + 1e-12) best = Math.min(best, labels.filter((label, i) => label !== y[i]).length);
      }
    }
    expect(mitigateByThreshold(y, rounded, groups, { criterion, tolerance: 0.1 }).cost).toBe(best);
  });

  it('leaves out groups that cannot be held to it, and stands one group or one row', () => {
    const found = mitigateByThreshold([1, 0, 1, 0, 0], [0.9, 0.2, 0.8, 0.6, 0.1], ['A', 'A', 'A', 'B', 'B'], { criterion: 'equal-opportunity' });
    expect(found.unconstrained).toEqual(['B']);
    expect(found.cost).toBe(0);
    expect(mitigateByThreshold([1], [0.3], ['A'], { criterion: 'equalized-odds' })).toMatchObject({ cost: 0, gap: 0 });
    expect(() => mitigateByThreshold([], [], [], { criterion: 'equalized-odds' })).toThrow('no-rows');
    expect(() => mitigateByThreshold([1], [NaN], ['A'], { criterion: 'equalized-odds' })).toThrow('not-finite');
    expect(() => applyThresholds([0.5], ['Z'], found.thresholds)).toThrow('unknown-group');
  });
});

describe('reweighing', () => {
  const { y, groups } = biased(400, 3);

  it('makes class and group independent', () => {
    const { weights, cells } = reweigh(y, groups);
    const sum = (holds: (i: number) => boolean): number => weights.reduce((total, weight, i) => total + (holds(i) ? weight : 0), 0);
    expect(sum(() => true)).toBeCloseTo(400, 9);
    const rate = (group: string): number => sum((i) => groups[i] === group && y[i] === 1) / sum((i) => groups[i] === group);
    expect(rate('A')).toBeCloseTo(rate('B'), 12);
    expect(cells).toHaveLength(4);
  });

  it('draws each row about as often as its weight, by the seed', () => {
    const { weights } = reweigh(y, groups);
    const drawn = sampleByWeight(weights, 9);
    expect(drawn).toHaveLength(400);
    expect([...sampleByWeight(weights, 9)]).toEqual([...drawn]);
    const times = new Int32Array(400);
    drawn.forEach((row) => (times[row]! += 1));
    times.forEach((count, row) => expect(Math.abs(count - weights[row]!)).toBeLessThan(1));
    expect([...sampleByWeight([1, 1, 1], 2)]).toEqual([0, 1, 2]);
  });

  it('stands one class and one group, and refuses nothing and nonsense', () => {
    expect([...reweigh([1, 1], ['A', 'B']).weights]).toEqual([1, 1]);
    expect([...reweigh([1, 0], ['A', 'A']).weights]).toEqual([1, 1]);
    expect(() => reweigh([], [])).toThrow('no-rows');
    expect(() => sampleByWeight([-1], 1)).toThrow('bad-weight');
    expect(() => sampleByWeight([0, 0], 1)).toThrow('bad-weight');
  });
});
