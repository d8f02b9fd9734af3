import { describe, expect, it } from 'vitest';
import { binOf, fitBins } from '../../../src/core/prepare/bin-numbers.js';
import { kendall, meanRanks, pearson, spearman } from '../../../src/core/prepare/correlations.js';
import { kFolds } from '../../../src/core/prepare/folds.js';
import { kMeans } from '../../../src/core/prepare/k-means.js';
import { imputeFromNeighbours } from '../../../src/core/prepare/knn-imputer.js';
import { momentsOfColumn } from '../../../src/core/prepare/moments.js';
import { normaliseRows } from '../../../src/core/prepare/normalise-rows.js';
import { applyOneHot, fitOneHot } from '../../../src/core/prepare/one-hot.js';
import { farFromMean, farFromMedian, outsideFences } from '../../../src/core/prepare/outliers.js';
import { polynomialFeatures, polynomialTerms } from '../../../src/core/prepare/polynomial-features.js';
import { applyPower, fitPower } from '../../../src/core/prepare/power-transform.js';
import { principalComponents, projectRows } from '../../../src/core/prepare/principal-components.js';
import { fitMaxAbs } from '../../../src/core/prepare/scale-max-abs.js';
import { fitRange, toRange } from '../../../src/core/prepare/scale-to-range.js';
import { encodeOutOfFold, encodeTarget, fitTargetEncoding } from '../../../src/core/prepare/target-encoding.js';
import { termsOf } from '../../../src/core/prepare/text-tokens.js';
import { applyTextVectors, fitTextVectors } from '../../../src/core/prepare/text-vectors.js';
import { varianceInflation } from '../../../src/core/prepare/variance-inflation.js';
import { createRandom } from '../../../src/core/random.js';
import type { Matrix } from '../../../src/core/table/table.js';

const list = (...values: number[]): Float64Array => Float64Array.from(values);
const matrix = (rows: number[][]): Matrix => ({ rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) });

describe('scaling', () => {
  it('of a constant, an empty and a holed column', () => {
    expect(fitMaxAbs(list(0, 0))).toEqual({ offset: 0, divisor: 1, constant: true });
    expect(fitMaxAbs(list(NaN, -4, 2)).divisor).toBe(4);
    expect(fitMaxAbs(list()).divisor).toBe(1);
    expect(toRange(fitRange(list(7, 7), -1, 1), 7)).toBe(-1);
    expect(toRange(fitRange(list(0, 2), 0, 1, true), NaN)).toBeNaN();
    expect(() => fitRange(list(1), 1, 1)).toThrow('bad-range');
    expect([...normaliseRows(matrix([[3, 4], [0, 0]])).data]).toEqual([0.6, 0.8, 0, 0]);
  });

  it('by powers makes a skewed column straight, whatever its sign', () => {
    const random = createRandom(3);
    const skewed = Float64Array.from({ length: 300 }, () => Math.exp(2 * random()) - 3);
    const fitted = fitPower(skewed, 'yeo-johnson');
    const out = skewed.map((value) => applyPower(fitted, value));
    expect(Math.abs(momentsOfColumn(out).skewness)).toBeLessThan(Math.abs(momentsOfColumn(skewed).skewness) / 3);
    expect(momentsOfColumn(out)).toMatchObject({ mean: expect.closeTo(0, 9) as number, populationDeviation: expect.closeTo(1, 9) as number });
    expect(applyPower(fitted, NaN)).toBeNaN();
  });

  it('by powers has a logarithm for a log-normal column, and refuses what Box and Cox cannot take', () => {
    const random = createRandom(6);
    const normal = Array.from({ length: 400 }, () => Array.from({ length: 12 }, () => random()).reduce((sum, value) => sum + value, -6));
    expect(fitPower(Float64Array.from(normal, Math.exp), 'box-cox').lambda).toBeCloseTo(0, 1);
    expect(() => fitPower(list(1, 0), 'box-cox')).toThrow('not-positive');
    expect(() => fitPower(list(NaN), 'yeo-johnson')).toThrow('no-rows');
    expect(fitPower(list(2, 2), 'yeo-johnson').lambda).toBe(1);
  });
});

describe('bins', () => {
  it('merge edges that coincide and hold values outside', () => {
    const edges = fitBins(list(0, 0, 0, 0, 1, 2), 4, 'quantile');
    expect(edges).toHaveLength(3);
    expect([-5, 0, 1.9, 99, NaN].map((value) => binOf(edges, value))).toEqual([0, 0, 1, 1, NaN]);
    expect(binOf(fitBins(list(3, 3), 4, 'uniform'), 3)).toBe(0);
    expect(() => fitBins(list(1), 1, 'uniform')).toThrow('bad-bins');
    expect(() => fitBins(list(NaN), 3, 'uniform')).toThrow('no-rows');
  });
});

describe('polynomials', () => {
  it('count (d + n over n) terms', () => {
    expect(polynomialTerms(3, 3)).toHaveLength(20);
    expect([...polynomialFeatures(matrix([[2, 3]]), 2).data]).toEqual([1, 2, 3, 4, 6, 9]);
    expect(polynomialFeatures({ rows: 2, columns: 0, data: list() }, 2)).toMatchObject({ columns: 1 });
  });
});

describe('neighbours for missing cells', () => {
  it('falls back to the mean, and leaves a column that nobody knows', () => {
    const train = matrix([[1, NaN, NaN], [3, 5, NaN], [NaN, 7, NaN]]);
    expect([...imputeFromNeighbours(train, matrix([[NaN, NaN, NaN], [3, NaN, 1]]), 1).data]).toEqual([2, 6, NaN, 3, 5, 1]);
    expect(() => imputeFromNeighbours({ rows: 0, columns: 1, data: list() }, matrix([[1]]), 1)).toThrow('no-rows');
    expect(() => imputeFromNeighbours(train, matrix([[1]]), 1)).toThrow('length-mismatch');
  });
});

describe('target encoding', () => {
  it('out of fold does not know the row’s own target', () => {
    const random = createRandom(2);
    const n = 400;
    const levels = Array.from({ length: n }, (_, row) => `only-${row}`);
    const y = Array.from({ length: n }, () => Number(random() < 0.5));
    const leaky = levels.map((level) => encodeTarget(fitTargetEncoding(levels, y, 0), level));
    expect(pearson(leaky, y)).toBeCloseTo(1, 12);
    expect(Math.abs(pearson(encodeOutOfFold(levels, y, kFolds(n, 5)), y))).toBeLessThan(0.3);
  });

  it('knows no inherited names and refuses nothing', () => {
    expect(encodeTarget(fitTargetEncoding(['a'], [1]), 'constructor')).toBe(1);
    expect(() => fitTargetEncoding([], [])).toThrow('no-rows');
    expect(() => fitTargetEncoding(['a'], [])).toThrow('length-mismatch');
  });
});

describe('one-hot flags', () => {
  it('when every level is rare, or one is left out', () => {
    expect(applyOneHot(fitOneHot(['a', 'b'], { minRows: 5 }), 'z')).toEqual([1]);
    expect(applyOneHot(fitOneHot(['a', 'b'], { dropFirst: true }), 'a')).toEqual([0]);
    expect(() => applyOneHot(fitOneHot(['a'], { unknown: 'error' }), 'b')).toThrow('unknown-level');
    expect(() => fitOneHot([])).toThrow('no-rows');
  });
});

describe('texts', () => {
  it('without a word are refused, and unknown ones are zeros', () => {
    expect(() => fitTextVectors([], { weighting: 'count' })).toThrow('no-rows');
    expect(() => fitTextVectors(['', 'a ! b'], { weighting: 'tf-idf' })).toThrow('empty-vocabulary');
    const fitted = fitTextVectors(['constructor toString', 'constructor here'], { weighting: 'tf-idf', mostTerms: 1 });
    expect(fitted.vocabulary).toEqual(['constructor']);
    expect([...applyTextVectors(fitted, ['nothing', 'constructor']).data]).toEqual([0, 1]);
  });

  it('are cut within words, and short words are kept whole once', () => {
    expect(termsOf('ab', { unit: 'letters', from: 3, to: 5 })).toEqual([' ab', 'ab ', ' ab ']);
    expect(termsOf('École d’été_2', { unit: 'word', from: 1, to: 1 })).toEqual(['école', 'été_2']);
  });
});

describe('shape and outliers', () => {
  it('of constant, tiny and empty columns', () => {
    expect([farFromMean(list(1, 1)), farFromMedian(list(1, 1, 9)), outsideFences(list()), farFromMean(list())]).toEqual([[], [], [], []]);
    expect(momentsOfColumn(list(1))).toMatchObject({ mean: 1, deviation: NaN, skewness: NaN });
    expect(outsideFences(list(1, 2, 3, 4, NaN, 100))).toEqual([5]);
  });
});

describe('correlations', () => {
  it('of ranks see any rise, with ties shared', () => {
    expect([...meanRanks([10, 20, 10])]).toEqual([1.5, 3, 1.5]);
    expect(spearman([1, 2, 3], [1, 10, 100])).toBeCloseTo(1, 12);
    expect(kendall([1, 2, 3, 3], [1, 2, 3, 3])).toBeCloseTo(1, 12);
    expect([pearson([1, 1], [1, 2]), pearson([], []), kendall([1], [1])]).toEqual([NaN, NaN, NaN]);
    expect(() => pearson([1], [1, 2])).toThrow('length-mismatch');
  });

  it('inflate without bound for a column that others give, and leave a constant one out', () => {
    const a = [1, 2, 3, 4, 7];
    const b = [2, 1, 4, 3, 0];
    const factors = varianceInflation([a, b, a.map((value, i) => value + b[i]!), [5, 5, 5, 5, 5]]);
    expect(factors).toEqual([Infinity, Infinity, Infinity, NaN]);
    expect(varianceInflation([[1, -1, 1, -1], [1, 1, -1, -1]])).toEqual([1, 1]);
  });
});

describe('clusters', () => {
  it('find two clouds and keep every cluster filled', () => {
    const x = matrix([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]]);
    const { labels, centres } = kMeans(x, [[0, 0], [1, 1]]);
    expect([...labels]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(centres[1]![0]).toBeCloseTo(26 / 3, 12);
    expect(new Set(kMeans(x, [[0, 0], [9, 9], [500, 500]]).labels).size).toBe(3);
    expect(() => kMeans(x, [])).toThrow('bad-bins');
    expect(() => kMeans({ rows: 0, columns: 1, data: list() }, [[1]])).toThrow('no-rows');
  });
});

describe('principal components', () => {
  it('find the line that rows lie on', () => {
    const x = matrix([[0, 0, 5], [1, 2, 5], [2, 4, 5], [3, 6, 5]]);
    const found = principalComponents(x, 2);
    expect(found.share[0]).toBeCloseTo(1, 12);
    expect([...found.components[0]!]).toEqual([expect.closeTo(1 / Math.sqrt(5), 12), expect.closeTo(2 / Math.sqrt(5), 12), expect.closeTo(0, 12)]);
    expect(projectRows(found, x).data[6]! - projectRows(found, x).data[0]!).toBeCloseTo(Math.sqrt(45), 12);
    expect([...principalComponents(matrix([[1, 1], [1, 1]]), 2).share]).toEqual([0, 0]);
    expect(() => principalComponents(matrix([[1]]), 1)).toThrow('no-rows');
  });
});
