import { describe, expect, it } from 'vitest';
import { hyperbandBrackets, promotedTrial, slotsOf } from '../../../src/core/automl/hyperband.js';
import { gridConfigurations, randomConfiguration, tpeConfiguration, type Tried } from '../../../src/core/automl/samplers.js';
import { parseDimension, valueAt } from '../../../src/core/automl/search-space.js';
import { modelOf } from '../../../src/core/train/model-of.js';

const gradientBoosting = modelOf('gradient-boosting');
const rate = parseDimension('learningRate=0.001..1:log', gradientBoosting);
const leaves = parseDimension('maxLeaves=2..64', gradientBoosting);
const early = parseDimension('earlyStopping=on|off', gradientBoosting);

describe('a search space', () => {
  it.each(['learningRate=1..0.1', 'learningRate=0..1:log', 'maxLeaves=2.5..8', 'earlyStopping=maybe', 'earlyStopping=1..2', 'learningRate=', 'learningRate'])('refuses %s', (text) => {
    expect(() => parseDimension(text, gradientBoosting)).toThrow(expect.objectContaining({ code: 'bad-dimension' }));
  });
  it('refuses what the model does not have or cannot take', () => {
    expect(() => parseDimension('depth=1..2', gradientBoosting)).toThrow(expect.objectContaining({ code: 'unknown-hyperparameter' }));
    expect(() => parseDimension('bins=2..1000', gradientBoosting)).toThrow(expect.objectContaining({ code: 'hyperparameter-range' }));
  });
  it('reaches both ends, and on a log scale has its middle at the geometric mean', () => {
    expect([valueAt(rate, 0), valueAt(rate, 0.5), valueAt(rate, 1)]).toEqual([0.001, 0.0316228, 1]);
    expect([valueAt(leaves, 0), valueAt(leaves, 0.999)]).toEqual([2, 64]);
    expect([valueAt(early, 0), valueAt(early, 0.5)]).toEqual(['on', 'off']);
  });
});

describe('samplers', () => {
  it('the grid has every combination once', () => {
    const grid = gridConfigurations([rate, early], 4);
    expect(grid.map((one) => [one['learningRate'], one['earlyStopping']])).toEqual([0.001, 0.01, 0.1, 1].flatMap((value) => [[value, 'on'], [value, 'off']]));
  });

  it('chance repeats with its seed, and covers the range', () => {
    expect(randomConfiguration([rate, leaves], 3, 5)).toEqual(randomConfiguration([rate, leaves], 3, 5));
    const values = Array.from({ length: 500 }, (_, i) => Math.log10(Number(randomConfiguration([rate], 1, i)['learningRate'])));
    const thirds = [-3, -2, -1].map((from) => values.filter((value) => value >= from && value < from + 1).length / 500);
    for (const share of thirds) expect(Math.abs(share - 1 / 3)).toBeLessThan(0.08);
  });

  it('TPE finds a valley that chance finds more slowly', () => {
    const loss = (rateValue: number, leavesValue: number): number => (Math.log10(rateValue) + 1.3) ** 2 + ((leavesValue - 20) / 30) ** 2;
    const search = (next: (tried: Tried[], seed: number) => Readonly<Record<string, string | number>>, seed: number): number => {
      const tried: Tried[] = [];
      for (let i = 0; i < 50; i++) {
        const configuration = next(tried, seed);
        expect(Number.isInteger(configuration['maxLeaves'])).toBe(true);
        tried.push({ configuration, loss: loss(Number(configuration['learningRate']), Number(configuration['maxLeaves'])) });
      }
      return Math.min(...tried.map((one) => one.loss!));
    };
    const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const seeds = Array.from({ length: 15 }, (_, i) => i + 1);
    const guided = median(seeds.map((seed) => search((tried, own) => tpeConfiguration([rate, leaves], tried, own), seed)));
    const chance = median(seeds.map((seed) => search((tried, own) => randomConfiguration([rate, leaves], own, tried.length), seed)));
    expect(guided).toBeLessThan(chance / 2);
  });
});

describe('Hyperband', () => {
  it('has the brackets of its paper for R = 81 and η = 3', () => {
    const table = hyperbandBrackets(5, 3).map((rungs) => rungs.map(({ count, resource }) => [count, Math.round(resource * 81)]));
    expect(table).toEqual([
      [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]],
      [[34, 3], [11, 9], [3, 27], [1, 81]],
      [[15, 9], [5, 27], [1, 81]],
      [[8, 27], [2, 81]],
      [[5, 81]],
    ]);
  });

  it('lets the best of a round go on', () => {
    const slots = slotsOf([[{ count: 4, resource: 0.5 }, { count: 2, resource: 1 }]]);
    expect(promotedTrial(slots, [3, 1, null, 2], slots[4]!)).toBe(1);
    expect(promotedTrial(slots, [3, 1, null, 2], slots[5]!)).toBe(3);
    expect(promotedTrial(slots, [], slots[0]!)).toBeUndefined();
  });
});
