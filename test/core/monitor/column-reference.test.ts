import { describe, expect, it } from 'vitest';
import { countBins, quantileEdges, sharesOf, sortedPresent } from '../../../src/core/monitor/binner.js';
import { addToCounts, describeColumn, driftOfCounts, emptyCounts, missingRows, presentRows } from '../../../src/core/monitor/column-reference.js';
import { ksStatistic } from '../../../src/core/monitor/detectors/ks.js';
import { stabilityIndex } from '../../../src/core/monitor/detectors/psi.js';
import { createRandom } from '../../../src/core/random.js';

const random = createRandom(5);
const draw = (n: number, shape: () => number): Float64Array => Float64Array.from({ length: n }, shape);
const samples: [string, Float64Array, Float64Array][] = [
  ['shifted', draw(1440, random), draw(300, () => random() * 1.2 - 0.3)],
  ['many ties', draw(500, () => Math.floor(random() * 30)), draw(400, () => Math.floor(random() * 40) - 3)],
  ['skewed by nine powers of ten', draw(900, () => Math.exp(20 * random())), draw(700, () => Math.exp(18 * random() + 1))],
  ['one giant outlier', Float64Array.from([...draw(500, random), 1e300]), draw(500, random)],
  ['with missing values', draw(300, () => (random() < 0.1 ? NaN : random())), draw(300, () => (random() < 0.3 ? NaN : random() + 0.1))],
];

describe('counts by cell', () => {
  it.each(samples)('give exactly the KS and PSI of the two samples: %s', (_, reference, current) => {
    const column = describeColumn(reference);
    const counts = emptyCounts(column);
    addToCounts(column, counts, current);
    const [a, b] = [sortedPresent(reference), sortedPresent(current)];
    const edges = quantileEdges(a);
    const drift = driftOfCounts(column, counts);
    expect(drift.ks).toBeCloseTo(ksStatistic(a, b), 14);
    expect(drift.psi).toBeCloseTo(stabilityIndex(sharesOf(countBins(a, edges)), sharesOf(countBins(b, edges))), 12);
    expect([presentRows(counts), missingRows(counts)]).toEqual([b.length, current.length - b.length]);
  });

  it('are the same whether rows come at once or in pieces', () => {
    const [, reference, current] = samples[0]!;
    const column = describeColumn(reference);
    const [whole, pieces] = [emptyCounts(column), emptyCounts(column)];
    addToCounts(column, whole, current);
    for (let row = 0; row < current.length; row += 7) addToCounts(column, pieces, current, row, Math.min(row + 7, current.length));
    expect(pieces).toEqual(whole);
  });

  it('see a flag that turns from rare to common by its values, where deciles coincide', () => {
    const column = describeColumn(draw(1000, () => (random() < 0.05 ? 1 : 0)));
    const counts = emptyCounts(column);
    addToCounts(column, counts, draw(1000, () => (random() < 0.6 ? 1 : 0)));
    expect(column.binning).toBe('values');
    expect(driftOfCounts(column, counts).psi!).toBeGreaterThan(1);
  });

  it('see values beside a flag’s known ones', () => {
    const column = describeColumn(Float64Array.from([0, 0, 0, 1]));
    const counts = emptyCounts(column);
    addToCounts(column, counts, Float64Array.from([-5, 0, 0.5, 1, 9]));
    expect(driftOfCounts(column, counts).ks).toBeCloseTo(0.35, 12);
  });

  it.each([
    ['a constant reference', Float64Array.from([3, 3, 3]), Float64Array.from([3, 4])],
    ['no later rows', Float64Array.from([1, 2, 3]), Float64Array.from([NaN])],
    ['an empty reference', new Float64Array(0), Float64Array.from([1, 2])],
  ])('leave PSI undefined for %s', (_, reference, current) => {
    const column = describeColumn(reference);
    const counts = emptyCounts(column);
    addToCounts(column, counts, current);
    expect(driftOfCounts(column, counts).psi).toBeNull();
  });
});
