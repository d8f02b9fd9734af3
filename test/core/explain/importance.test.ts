import { describe, expect, it } from 'vitest';
import { featureGroups, singleColumns } from '../../../src/core/explain/feature-groups.js';
import { levelPoints, numericPoints, partialDependence } from '../../../src/core/explain/partial-dependence.js';
import { expectedImportance, permutationImportance } from '../../../src/core/explain/permutation-importance.js';
import type { Recipe } from '../../../src/core/prepare/recipe.js';
import { createRandom } from '../../../src/core/random.js';
import type { Matrix } from '../../../src/core/table/table.js';

const random = createRandom(5);
const x: Matrix = { rows: 200, columns: 3, data: Float64Array.from({ length: 600 }, () => random()) };
const f = (rows: Matrix): Float64Array => Float64Array.from({ length: rows.rows }, (_, r) => 4 * rows.data[r * 3]! - rows.data[r * 3 + 1]!);
const y = f(x);
const negativeError = (rows: Matrix): number => -f(rows).reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / rows.rows;
const names = singleColumns(['a', 'b', 'c']);

describe('permutation importance', () => {
  it('orders features by what they bring and leaves a dummy at 0', () => {
    const { baseline, features } = permutationImportance(x, names, negativeError, { seed: 1, repeats: 4 });
    expect(baseline).toBeCloseTo(0, 12);
    expect(features.map(({ mean }) => mean).map((mean, i, all) => i === 0 || mean < all[i - 1]!)).toEqual([true, true, true]);
    expect(features[2]).toEqual({ name: 'c', drops: [0, 0, 0, 0], mean: 0, deviation: 0 });
  });

  it('comes near its expectation, and repeats by its seed', () => {
    const expected = expectedImportance(x, y, names, f);
    const many = permutationImportance(x, names, negativeError, { seed: 2, repeats: 40 });
    many.features.forEach(({ mean }, j) => expect(Math.abs(mean - expected[j]!)).toBeLessThan(0.05 * (expected[j]! + 0.01)));
    expect(permutationImportance(x, names, negativeError, { seed: 2, repeats: 40 })).toEqual(many);
  });

  it('moves the columns of a group together', () => {
    const together = permutationImportance(x, [{ name: 'ab', columns: [0, 1] }], (rows) => -Math.abs(f(rows).reduce((sum, value) => sum + value, 0) - y.reduce((sum, value) => sum + value, 0)), { seed: 1 });
    expect(together.features[0]!.mean).toBeCloseTo(0, 9);
  });

  it('refuses no rows', () => expect(() => permutationImportance({ rows: 0, columns: 3, data: new Float64Array(0) }, names, negativeError, { seed: 1 })).toThrow('no-rows'));
});

describe('partial dependence', () => {
  it('is the line of a linear model', () => {
    const { mean, curves } = partialDependence(x, f, [0], [[0], [1]]);
    expect(mean[1]! - mean[0]!).toBeCloseTo(4, 12);
    expect(curves).toHaveLength(200);
    expect(() => partialDependence({ rows: 0, columns: 3, data: new Float64Array(0) }, f, [0], [[0]])).toThrow('no-rows');
  });

  it('looks where the values are', () => {
    expect(numericPoints(x, 0, 10)).toHaveLength(10);
    expect(numericPoints({ rows: 4, columns: 1, data: Float64Array.of(2, 1, NaN, 2) }, 0)).toEqual([[1], [2]]);
    expect(numericPoints({ rows: 1, columns: 1, data: Float64Array.of(NaN) }, 0)).toEqual([]);
    expect(levelPoints(2)).toEqual([[1, 0], [0, 1]]);
  });
});

it('a recipe’s features know their columns', () => {
  const numeric = { kind: 'numeric', type: 'number', fill: 0, offset: 0, divisor: 1 } as const;
  const recipe = { steps: [{ ...numeric, name: 'a' }, { kind: 'one-hot', name: 'b', type: 'text', levels: ['x', 'y'], fill: null }, { ...numeric, name: 'c' }] } as unknown as Recipe;
  expect(featureGroups(recipe)).toEqual([{ name: 'a', columns: [0] }, { name: 'b', columns: [1, 2] }, { name: 'c', columns: [3] }]);
});
