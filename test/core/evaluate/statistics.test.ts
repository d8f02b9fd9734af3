import { describe, expect, it } from 'vitest';
import { compareProportions, powerOf, rowsForPower } from '../../../src/core/evaluate/ab-tests.js';
import { bootstrapInterval } from '../../../src/core/evaluate/bootstrap.js';
import { normalTail, studentTwoSided } from '../../../src/core/evaluate/distributions.js';
import { clopperPearsonInterval, normalInterval, spreadOfScores, wilsonInterval } from '../../../src/core/evaluate/intervals.js';
import { applyIsotonic, fitIsotonic } from '../../../src/core/evaluate/isotonic.js';
import { correctPValues } from '../../../src/core/evaluate/multiple-testing.js';
import { compareLabels, correctedResampledT, mcnemar, pairedT, wilcoxonSignedRank } from '../../../src/core/evaluate/paired-tests.js';
import { normalQuantile, studentTwoSidedQuantile } from '../../../src/core/evaluate/quantiles.js';
import { cohensD, mannWhitney, studentT, welchT } from '../../../src/core/evaluate/two-samples.js';
import { createRandom } from '../../../src/core/random.js';

const UNDEFINED = { statistic: null, pValue: null };

describe('quantiles', () => {
  it.each([1e-12, 0.025, 0.5, 0.9, 0.999])('undo the normal tail at %f', (p) => expect(1 - normalTail(normalQuantile(p))).toBeCloseTo(p, 12));
  it.each([[0.05, 1], [0.05, 4], [0.01, 200]])('undo Student’s tail %f with %i degrees', (tail, degrees) => expect(studentTwoSided(studentTwoSidedQuantile(tail, degrees), degrees)).toBeCloseTo(tail, 12));
  it('know the table', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(studentTwoSidedQuantile(0.05, 1)).toBeCloseTo(12.706204736432095, 9);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, NaN]);
  });
});

describe('intervals', () => {
  it('need as many scores as they say', () => {
    expect(spreadOfScores([])).toMatchObject({ count: 0, mean: null, interval: null });
    expect(spreadOfScores([3])).toMatchObject({ mean: 3, populationDeviation: 0, deviation: null, interval: null });
    expect(spreadOfScores([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, deviation: 0, interval: { low: 0.1, high: 0.1 } });
    expect(() => spreadOfScores([1, NaN])).toThrow('not-finite');
    expect(() => spreadOfScores([1, 2], 1)).toThrow('bad-level');
  });

  it.each([[wilsonInterval], [normalInterval], [clopperPearsonInterval]])('of shares keep to [0, 1] and refuse nonsense', (interval) => {
    expect(interval(0, 0)).toBeNull();
    for (const hits of [0, 1, 10]) {
      const { low, high } = interval(hits, 10)!;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(high);
    }
    for (const [hits, trials] of [[3, 2], [-1, 2], [0.5, 2], [NaN, 2]] as const) expect(() => interval(hits, trials)).toThrow('bad-counts');
  });
});

describe('tests', () => {
  it('say nothing of too little', () => {
    for (const differences of [[], [1], [2, 2, 2]]) expect(pairedT(differences)).toEqual(UNDEFINED);
    expect(correctedResampledT([1, 1], 90, 10)).toEqual(UNDEFINED);
    expect(wilcoxonSignedRank([0, 0])).toEqual(UNDEFINED);
    expect(welchT([1], [2, 3])).toEqual(UNDEFINED);
    expect(studentT([5, 5], [5, 5])).toEqual(UNDEFINED);
    expect(cohensD([], [1, 2])).toBeNull();
    expect(mannWhitney([], [1])).toEqual(UNDEFINED);
    expect(mcnemar(0, 0)).toEqual({ exactPValue: 1, statistic: null, pValue: null });
    expect(compareProportions(0, 0, 1, 2)).toMatchObject({ difference: null, z: null, pValue: null });
  });

  it('refuse what is no number', () => {
    expect(() => pairedT([1, NaN])).toThrow('not-finite');
    expect(() => welchT([1, Infinity], [1, 2])).toThrow('not-finite');
    expect(() => mcnemar(-1, 3)).toThrow('bad-counts');
    expect(() => compareLabels([1, 0], [1], [1, 0])).toThrow('length-mismatch');
  });

  // scipy 1.10.1: wilcoxon(d, zero_method='wilcox', correction=False) by the normal approximation, worked by hand.
  it('count ties in Wilcoxon’s ranks', () => {
    const { statistic, pValue } = wilcoxonSignedRank([1, 1, -1, 2, 2, 3, 0]);
    expect(statistic).toBe(2);
    expect(pValue).toBeCloseTo(2 * normalTail((10.5 - 2) / Math.sqrt((6 * 7 * 13) / 24 - (24 + 6) / 48)), 12);
  });

  it('correct more gently where less is promised', () => {
    const p = [0.01, 0.04, 0.03, 0.5];
    const [bonferroni, holm, falseFinds] = (['bonferroni', 'holm', 'benjamini-hochberg'] as const).map((way) => correctPValues(p, way));
    expect([...bonferroni!]).toEqual([0.04, 0.16, 0.12, 1]);
    p.forEach((_, i) => expect(falseFinds![i]!).toBeLessThanOrEqual(holm![i]!));
    expect(correctPValues([], 'holm')).toHaveLength(0);
    expect(() => correctPValues([1.1], 'holm')).toThrow('bad-p-value');
  });

  it('plan the rows they need', () => {
    expect(rowsForPower(0.2, 0.2)).toBe(Infinity);
    expect(powerOf(0.1, rowsForPower(0.5, 0.55, { power: 0.9 }), 0.05)).toBeCloseTo(0.9, 2);
  });
});

describe('the bootstrap', () => {
  const sample = (seed: number, n: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: n }, () => -Math.log(1 - random()));
  };
  const meanOf = (values: readonly number[]) => (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;

  it('covers the truth about as often as it says', () => {
    const covered = (method: 'percentile' | 'bca'): number =>
      Array.from({ length: 120 }, (_, seed) => bootstrapInterval(40, meanOf(sample(seed + 1, 40)), { seed, samples: 400, method })).filter(({ low, high }) => low! <= 1 && high! >= 1).length / 120;
    const [percentile, corrected] = [covered('percentile'), covered('bca')];
    expect(percentile).toBeGreaterThan(0.85);
    expect(corrected).toBeGreaterThan(0.87);
    expect(corrected).toBeLessThan(1);
  });

  it('repeats by its seed and moves with a skewed metric', () => {
    const values = sample(3, 30);
    const [a, b] = [bootstrapInterval(30, meanOf(values), { seed: 5 }), bootstrapInterval(30, meanOf(values), { seed: 5 })];
    expect(a).toEqual(b);
    const plain = bootstrapInterval(30, meanOf(values), { seed: 5, method: 'percentile' });
    expect(a.high! - plain.high!).toBeGreaterThan(0);
  });

  it('falls back and says so', () => {
    expect(bootstrapInterval(5, () => 2, { seed: 1 })).toMatchObject({ estimate: 2, low: 2, high: 2, standardError: 0, method: 'percentile' });
    expect(bootstrapInterval(1, () => 2, { seed: 1 }).method).toBe('percentile');
    expect(bootstrapInterval(5, () => null, { seed: 1, samples: 10 })).toMatchObject({ estimate: null, low: null, undefinedSamples: 10 });
    expect(() => bootstrapInterval(0, () => 1, { seed: 1 })).toThrow('no-rows');
  });
});

describe('isotonic calibration', () => {
  it('rises, pools ties and stays level outside', () => {
    const curve = fitIsotonic([0.1, 0.2, 0.2, 0.3, 0.4], [0, 1, 0, 0, 1]);
    expect([0, 0.1, 0.25, 0.4, 9].map((score) => applyIsotonic(curve, score))).toEqual([0, 0, 1 / 3, 1, 1]);
    expect(() => fitIsotonic([], [])).toThrow('no-rows');
    expect(applyIsotonic(curve, NaN)).toBeNaN();
  });
});
