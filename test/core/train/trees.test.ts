import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { predict } from '../../../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../../../src/core/train/model.js';
import { cutBetween, middleOf } from '../../../src/core/train/trees/cut-between.js';
import { sortKeys } from '../../../src/core/train/trees/sort-keys.js';
import type { BoostedState } from '../../../src/core/train/trees/boosted-state.js';
import type { TreeState } from '../../../src/core/train/trees/tree-state.js';
import { dataOf, fitToEnd } from './fit-to-end.js';

const random = createRandom(3);
const rowsOf = (n: number, d: number): number[][] => Array.from({ length: n }, () => Array.from({ length: d }, () => random() * 2 - 1));
const meanSquares = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;
const state = (model: FittedModel): TreeState => model.state as TreeState;
const kinds = ['decision-tree', 'random-forest', 'gradient-boosting'] as const;

describe('a cut between two numbers', () => {
  it.each([[1, 2], [0.1, 0.3], [-5, 5], [1e300, 1.1e300], [0, 5e-324], [1, 1 + Number.EPSILON], [-1.7e308, 1.7e308], [123456.1, 123456.2], [-1e-9, 1e-9]])('of %d and %d parts them', (low, high) => {
    for (const cut of [middleOf(low, high), cutBetween(low, high)]) expect(low <= cut && cut < high).toBe(true);
  });
  it('has few digits and stays close to the middle', () => {
    for (let i = 0; i < 1000; i++) {
      const [low, high] = [random(), random()].sort() as [number, number];
      const cut = cutBetween(low, high);
      expect(Math.abs(cut - (low + high) / 2)).toBeLessThanOrEqual((high - low) / 8);
      expect(String(cut).length).toBeLessThan(String(low).length + 1);
    }
  });
});

describe('sorting', () => {
  it.each([0, 1, 2, 24, 25, 26, 100, 5000])('%d keys, with and without equal ones', (n) => {
    for (const most of [3, 0x1_0000_0000]) {
      const keys = Uint32Array.from({ length: n + 5 }, () => Math.floor(random() * most));
      const expected = [...keys.slice(0, n)].sort((a, b) => a - b);
      const tail = [...keys.slice(n)];
      sortKeys(keys, n);
      expect([...keys]).toEqual([...expected, ...tail]);
    }
  });
});

describe('a decision tree', () => {
  it('cuts in the middle between two values', () => {
    const { model } = fitToEnd('decision-tree', dataOf('regression', [[1], [2], [10]], [0, 0, 6]));
    expect(state(model)).toEqual({ columns: [0, -1, -1], cuts: [6], values: [0, 6], width: 1 });
  });

  /** The least squared error that one cut can leave, by trying all. */
  const bestStump = ({ x, y }: TrainingData): number => {
    let best = Infinity;
    for (let c = 0; c < x.columns; c++) {
      for (let r = 0; r < x.rows; r++) {
        const cut = x.data[r * x.columns + c]!;
        const sides = [true, false].map((left) => [...y].filter((_, i) => x.data[i * x.columns + c]! <= cut === left));
        const error = sides.reduce((sum, side) => sum + meanSquares(side, side.map(() => side.reduce((a, b) => a + b, 0) / side.length)) * side.length, 0);
        if (sides.every((side) => side.length > 0)) best = Math.min(best, error / y.length);
      }
    }
    return best;
  };

  it.each(['regression', 'binary'] as const)('of depth 1 is the best of all cuts (%s)', (task) => {
    for (let round = 0; round < 20; round++) {
      // Few values make ties and equal ranks; many take the way of sorting.
      const rows = rowsOf(40, 3).map((row, i) => row.map((value, j) => (j === 0 ? Math.round(value * 2) : j === 1 ? value : i % 5)));
      const data = dataOf(task, rows, rows.map(([a, b]) => (task === 'binary' ? Number(a! + b! + random() > 0.6) : a! + b! ** 2 + random())));
      const { model, steps } = fitToEnd('decision-tree', data, { maxDepth: 1 });
      expect(meanSquares(predict(model, data.x), data.y)).toBeCloseTo(bestStump(data), 12);
      // What it says of its loss is what its answers cost, in shares of the spread for classes.
      if (task === 'regression') expect(steps.at(-1)!.loss).toBeCloseTo(bestStump(data), 10);
    }
  });

  it.each(['gini', 'entropy'])('divides three classes as the impurity of all cuts says (%s)', (criterion) => {
    const impurity = (codes: readonly number[]): number => {
      const shares = [0, 1, 2].map((k) => codes.filter((code) => code === k).length / codes.length);
      return criterion === 'gini' ? 1 - shares.reduce((sum, p) => sum + p * p, 0) : -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
    };
    for (let round = 0; round < 20; round++) {
      const rows = rowsOf(30, 2).map(([a, b]) => [Math.round(a! * 3), b!]);
      const y = rows.map(([a, b]) => (a! > 1 ? 2 : Number(b! + random() > 0.5)));
      const costs = rows.flatMap((cutRow) => [0, 1].map((c) => {
        const sides = [true, false].map((left) => y.filter((_, i) => rows[i]![c]! <= cutRow[c]! === left));
        return sides.every((side) => side.length > 0) ? sides.reduce((sum, side) => sum + impurity(side) * side.length, 0) : Infinity;
      }));
      const { model } = fitToEnd('decision-tree', dataOf('multiclass', rows, y, 3), { maxDepth: 1, criterion });
      const { columns, cuts } = state(model);
      const ours = [true, false].reduce((sum, left) => {
        const side = y.filter((_, i) => rows[i]![columns[0]!]! <= cuts[0]! === left);
        return sum + impurity(side) * side.length;
      }, 0);
      expect(ours).toBeCloseTo(Math.min(...costs), 10);
    }
  });

  it('grown to its end knows every row by heart, and keeps to its limits', () => {
    const rows = rowsOf(200, 4);
    const y = rows.map(() => random());
    const data = dataOf('regression', rows, y);
    expect([...predict(fitToEnd('decision-tree', data).model, data.x)]).toEqual(y);
    const { columns } = state(fitToEnd('decision-tree', data, { minRowsLeaf: 20 }).model);
    expect(columns.filter((column) => column < 0).length).toBeLessThanOrEqual(10);
    expect(state(fitToEnd('decision-tree', data, { maxDepth: 2 }).model).columns.filter((column) => column < 0)).toHaveLength(4);
  });

  it('divides a chessboard, where no first cut gains anything', () => {
    const data = dataOf('binary', [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);
    expect([...predict(fitToEnd('decision-tree', data).model, data.x)]).toEqual([0, 1, 1, 0]);
  });

  it('judges values beside a large mean as if it were not there', () => {
    const rows = rowsOf(100, 2);
    const near = fitToEnd('decision-tree', dataOf('regression', rows, rows.map(([a]) => a!)), { maxDepth: 3 }).model;
    const far = fitToEnd('decision-tree', dataOf('regression', rows, rows.map(([a]) => a! + 1e9)), { maxDepth: 3 }).model;
    expect(state(far).columns).toEqual(state(near).columns);
  });
});

describe('a random forest', () => {
  const rows = rowsOf(300, 5);
  const truth = ([a, b, c]: readonly number[]): number => Math.sin(3 * a!) + b! * c!;
  const data = dataOf('regression', rows, rows.map((row) => truth(row) + 0.3 * (random() - 0.5)));
  const fresh = rowsOf(300, 5);
  const error = (model: FittedModel): number => meanSquares(predict(model, dataOf('regression', fresh, fresh.map(() => 0)).x), fresh.map(truth));

  it('errs less than one tree on rows that it has not seen, and says about how much', () => {
    const { model, steps } = fitToEnd('random-forest', data);
    expect(error(model)).toBeLessThan(0.8 * error(fitToEnd('decision-tree', data).model));
    expect(steps.at(-1)).toMatchObject({ done: 100, total: 100 });
    const noise = 0.09 / 12;
    expect(Math.abs(steps.at(-1)!.loss - noise - error(model))).toBeLessThan(0.3 * error(model));
  });

  it('draws anew with another seed and the same with the same', () => {
    const [a, b] = [fitToEnd('random-forest', data, { trees: 3 }), fitToEnd('random-forest', data, { trees: 3 })];
    expect(a.model).toEqual(b.model);
    expect(state(a.model).columns.filter((column) => column < 0).length).toBeGreaterThan(300);
  });

  it('gives each class its share', () => {
    const three = dataOf('multiclass', rows, rows.map(([a, b]) => (a! > 0.3 ? 2 : Number(b! > 0))), 3);
    const shares = predict(fitToEnd('random-forest', three, { trees: 20 }).model, three.x);
    for (let r = 0; r < rows.length; r++) {
      const own = [...shares.slice(3 * r, 3 * r + 3)];
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(own.indexOf(Math.max(...own))).toBe(three.y[r]);
    }
  });
});

describe('gradient boosting', () => {
  const rows = rowsOf(600, 4);
  const truth = ([a, b]: readonly number[]): number => (a! > 0 ? 2 : -1) * b!;
  const data = dataOf('regression', rows, rows.map(truth));

  it('of one leaf pair at full rate is the best stump with means in its leaves', () => {
    const { model } = fitToEnd('gradient-boosting', data, { iterations: 1, learningRate: 1, maxLeaves: 2, minRowsLeaf: 1 });
    const { columns, cuts, baseline, values, target } = model.state as BoostedState;
    expect(columns).toEqual([1, -1, -1]);
    const left = rows.map((_, i) => data.y[i]!).filter((_, i) => rows[i]![1]! <= cuts[0]!);
    expect(target.offset + target.divisor * (baseline[0]! + values[0]!)).toBeCloseTo(left.reduce((a, b) => a + b, 0) / left.length, 6);
  });

  it('lowers its loss step by step and learns what depends on two inputs together', () => {
    const { model, steps } = fitToEnd('gradient-boosting', data);
    expect(steps).toHaveLength(100);
    for (let i = 1; i < steps.length; i++) expect(steps[i]!.loss).toBeLessThanOrEqual(steps[i - 1]!.loss);
    const fresh = rowsOf(300, 4);
    expect(meanSquares(predict(model, dataOf('regression', fresh, fresh.map(truth)).x), fresh.map(truth))).toBeLessThan(0.02);
    expect(meanSquares(predict(model, data.x), data.y)).toBeCloseTo(steps.at(-1)!.loss, 6);
  });

  it.each([['regression', 0], ['binary', 2], ['multiclass', 3]] as const)('adds up over stored trees to what it had in training (%s)', (task, classes) => {
    const holes = rows.map((row, i) => row.map((value, j) => (j === 2 && i % 3 === 0 ? NaN : j === 3 ? i % 7 : value)));
    const y = rows.map((row, i) => (task === 'regression' ? truth(row) : (Number(truth(row) > 0) + (i % 7 === 0 ? 1 : 0)) % classes));
    const data = { ...dataOf(task, holes, y, classes), categorical: [3] };
    const { model, steps } = fitToEnd('gradient-boosting', data, { iterations: 20 });
    const answers = predict(JSON.parse(JSON.stringify(model)) as FittedModel, data.x);
    const own = (i: number): number => (task === 'binary' ? (y[i] === 1 ? answers[i]! : 1 - answers[i]!) : answers[classes * i + y[i]!]!);
    const loss = task === 'regression' ? meanSquares(answers, y) : y.reduce((sum, _, i) => sum - Math.log(own(i)), 0) / y.length;
    expect(loss).toBeCloseTo(steps.at(-1)!.loss, 6);
  });

  it('learns from which rows a value is missing', () => {
    const holes = rows.map(([a], i) => [i % 2 === 0 ? NaN : a!]);
    const data = dataOf('binary', holes, rows.map((_, i) => (i % 2 === 0 ? 1 : 0)));
    const answers = predict(fitToEnd('gradient-boosting', data).model, data.x);
    answers.forEach((p, i) => expect(p > 0.5).toBe(i % 2 === 0));
  });

  it('parts categories by any subset, where numbers need a cut for each', () => {
    const odd = rows.map((_, i) => [i % 10]);
    const y = odd.map(([code]) => Number([1, 4, 5, 8].includes(code!)));
    const asCodes = fitToEnd('gradient-boosting', { ...dataOf('binary', odd, y), categorical: [0] }, { iterations: 1, maxLeaves: 2 }).model;
    expect((asCodes.state as BoostedState).sets.map((set) => [...set].sort())).toEqual([expect.toSatisfy((set: number[]) => set.join() === '1,4,5,8' || set.join() === '0,2,3,6,7,9')]);
    const asNumbers = fitToEnd('gradient-boosting', dataOf('binary', odd, y), { iterations: 1, maxLeaves: 2 }).model;
    const spread = (model: FittedModel): number => new Set(predict(model, dataOf('binary', odd, y).x).map((p, i) => Math.round(1e6 * Math.abs(p - y[i]!)))).size;
    expect(spread(asCodes)).toBe(2);
    expect(spread(asNumbers)).toBeGreaterThan(2);
  });

  it('takes a category that it never saw as missing', () => {
    const { model } = fitToEnd('gradient-boosting', { ...dataOf('binary', rows.map((_, i) => [i % 5 === 4 ? -1 : i % 5]), rows.map((_, i) => Number(i % 5 > 2))), categorical: [0] });
    const [missing, unseen, hole, between] = predict(model, dataOf('binary', [[-1], [99], [NaN], [1.5]], [0, 0, 0, 0]).x);
    expect([unseen, hole, between]).toEqual([missing, missing, missing]);
    expect(missing).toBeGreaterThan(0.9);
  });

  it('keeps more categories than bins: the rarest are taken together', () => {
    const many = Array.from({ length: 3000 }, (_, i) => [i % 300]);
    const { model } = fitToEnd('gradient-boosting', { ...dataOf('regression', many, many.map(([code]) => Number(code! % 2))), categorical: [0] }, { minRowsLeaf: 5 });
    expect(meanSquares(predict(model, dataOf('regression', many, []).x), many.map(([code]) => code! % 2))).toBeLessThan(0.06);
  });

  it('stops early on rows held back by the seed and keeps the best', () => {
    const noisy = dataOf('binary', rows, rows.map(([a]) => Number(a! + 4 * (random() - 0.5) > 0)));
    const { model, steps } = fitToEnd('gradient-boosting', noisy, { earlyStopping: 'on', iterations: 500, validationShare: 0.3 });
    expect(steps.length).toBeLessThan(200);
    const losses = steps.map(({ validationLoss }) => validationLoss!);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    const trees = (model.state as BoostedState).columns.reduce((open, column) => (open.rest === 1 && column < 0 ? { rest: 1, trees: open.trees + 1 } : { rest: open.rest + (column < 0 ? -1 : 1), trees: open.trees }), { rest: 1, trees: 0 });
    expect(trees.trees).toBe(best);
    expect(losses.length).toBe(best + 10);
  });
});

describe('all trees', () => {
  const rows = rowsOf(120, 3);
  const data = dataOf('binary', rows, rows.map(([a, b]) => Number(a! > b!)));

  it.each(kinds)('%s is the same after a round trip through JSON, and twice', (kind) => {
    const { model } = fitToEnd(kind, data);
    expect(predict(JSON.parse(JSON.stringify(model)) as FittedModel, data.x)).toEqual(predict(model, data.x));
    expect(fitToEnd(kind, data).model).toEqual(model);
  });

  // Not a forest: between the rows that a tree drew lie others, on which side of a cut depends on the unit.
  it.each(['decision-tree', 'gradient-boosting'])('%s does not mind the scale or the unit of an input', (kind) => {
    const stretched = dataOf('binary', rows.map(([a, b, c]) => [a! ** 3 * 1e6 + 7, Math.exp(b!), c!]), [...data.y]);
    const answers = [data, stretched].map((one) => predict(fitToEnd(kind, one).model, one.x));
    expect(answers[0]).toEqual(answers[1]);
  });

  it.each(kinds)('%s answers as quickly as it must: 200,000 rows', (kind) => {
    const { model } = fitToEnd(kind, data);
    const many = { rows: 200_000, columns: 3, data: Float64Array.from({ length: 600_000 }, random) };
    const started = process.cpuUsage();
    expect(predict(model, many).every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });
});
