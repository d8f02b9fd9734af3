import { describe, expect, it } from 'vitest';
import { explainRow } from '../../../src/core/explain/explain-row.js';
import { featureOfColumn, singleColumns, type FeatureGroup } from '../../../src/core/explain/feature-groups.js';
import { impurityImportance, measureTree } from '../../../src/core/explain/impurity-importance.js';
import { integratedGradients } from '../../../src/core/explain/integrated-gradients.js';
import { outputOf, pickRows } from '../../../src/core/explain/model-output.js';
import { exactShapley, shapleyOfValues } from '../../../src/core/explain/shapley-exact.js';
import { kernelShapley } from '../../../src/core/explain/shapley-kernel.js';
import { linearShapley } from '../../../src/core/explain/shapley-linear.js';
import { coversOf, evaluateTrees } from '../../../src/core/explain/tree-covers.js';
import { treesOf, type TreeEnsemble, type TreeView } from '../../../src/core/explain/tree-ensemble.js';
import { interventionalTreeShap } from '../../../src/core/explain/tree-shap-interventional.js';
import { pathTreeShap } from '../../../src/core/explain/tree-shap-path.js';
import { createRandom } from '../../../src/core/random.js';
import { predict } from '../../../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../../../src/core/train/model.js';
import { dataOf, fitToEnd } from '../train/fit-to-end.js';

function sample(task: TrainingData['task'], n = 160, classes = 2): TrainingData {
  const random = createRandom(11);
  const rows = Array.from({ length: n }, () => [random() * 4, random() * 4, random() * 4, Math.floor(random() * 3)]);
  const truth = rows.map(([a, b, c]) => a! * b! - 2 * c! + random());
  const sorted = [...truth].sort((x, y) => x - y);
  const labels = truth.map((value) => (task === 'regression' ? value : Math.min(classes - 1, Math.floor((sorted.indexOf(value) / n) * classes))));
  return dataOf(task, rows, labels, task === 'regression' ? 0 : classes);
}

const groups = singleColumns(['a', 'b', 'c', 'd']);
const rowOf = (data: TrainingData, row: number): Float64Array => data.x.data.slice(row * 4, row * 4 + 4);
const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 9): void => Array.from(expected).forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));

describe.each<[string, TrainingData['task'], number, Record<string, unknown>]>([
  ['decision-tree', 'regression', 0, { maxDepth: 5 }],
  ['decision-tree', 'multiclass', 3, { maxDepth: 4 }],
  ['random-forest', 'regression', 0, { trees: 7 }],
  ['random-forest', 'binary', 2, { trees: 5 }],
  ['gradient-boosting', 'regression', 0, { iterations: 12, minRowsLeaf: 5 }],
  ['gradient-boosting', 'binary', 2, { iterations: 10, minRowsLeaf: 5 }],
  ['gradient-boosting', 'multiclass', 3, { iterations: 6, minRowsLeaf: 5 }],
])('%s for %s', (kind, task, classes, settings) => {
  const data = sample(task, 160, classes);
  const { model } = fitToEnd(kind, data, settings);
  const trees = treesOf(model, 1)!;
  const background = pickRows(data.x, [...Array(15).keys()]);
  const byRow = (x: { rows: number; columns: number; data: Float64Array }): Float64Array => Float64Array.from({ length: x.rows }, (_, row) => evaluateTrees(trees, x.data.subarray(row * 4, row * 4 + 4)));

  it('is read as the trees that it is', () => {
    const own = outputOf(model, 1)(data.x);
    const read = byRow(data.x);
    if (trees.output === 'prediction') close(read, own);
    else if (task === 'binary') close(read.map((z) => 1 / (1 + Math.exp(-z))), own);
    else {
      const logits = [0, 1, 2].map((k) => evaluateTrees(treesOf(model, k)!, rowOf(data, 3)));
      const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
      expect(Math.exp(logits[1]!) / total).toBeCloseTo(own[3]!, 9);
    }
  });

  it('has the Shapley values of enumeration, also for features of two columns', () => {
    const pairs: FeatureGroup[] = [{ name: 'ab', columns: [0, 1] }, { name: 'c', columns: [2] }, { name: 'd', columns: [3] }];
    for (const own of [groups, pairs]) {
      for (const row of [20, 77]) {
        const fast = interventionalTreeShap(trees, background, rowOf(data, row), featureOfColumn(own, 4), own.length);
        const slow = exactShapley(byRow, background, rowOf(data, row), own);
        close(fast.contributions, slow.contributions);
        close([fast.base, fast.prediction], [slow.base, slow.prediction]);
      }
    }
  });

  it('has the path-dependent values of enumeration', () => {
    const covers = coversOf(trees, data.x);
    for (const row of [5, 33, 90]) {
      const fast = pathTreeShap(trees, covers, rowOf(data, row), Int32Array.of(0, 1, 2, 3), 4);
      const slow = shapleyOfValues(Float64Array.from({ length: 16 }, (_, mask) => pathValue(trees, covers, rowOf(data, row), mask)), 4);
      close(fast.contributions, slow.contributions);
      close([fast.base, fast.prediction], [slow.base, slow.prediction]);
    }
  });

  it('stands nodes that no background row reaches', () => {
    const covers = coversOf(trees, pickRows(data.x, [0]));
    const { base, contributions, prediction } = pathTreeShap(trees, covers, rowOf(data, 50), Int32Array.of(0, 1, 2, 3), 4);
    expect(contributions.reduce((sum, value) => sum + value, base)).toBeCloseTo(prediction, 9);
  });
});

/** The worth of a coalition as TreeSHAP's authors define it: follow the row at known features, average by cover at others. */
function pathValue({ trees, baseline, scale }: TreeEnsemble, covers: readonly Float64Array[], row: Float64Array, mask: number): number {
  const walk = (tree: TreeView, cover: Float64Array, node: number): number => {
    const column = tree.column[node]!;
    if (column < 0) return tree.value[node]!;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if ((mask >> column) & 1) return walk(tree, cover, tree.goesLeft(node, row[column]!) ? left : right);
    return (cover[left]! * walk(tree, cover, left) + cover[right]! * walk(tree, cover, right)) / cover[node]!;
  };
  return baseline + scale * trees.reduce((sum, tree, t) => sum + walk(tree, covers[t]!, 0), 0);
}

describe('boosted trees with missing values and categories', () => {
  it('are explained as they predict', () => {
    const data = sample('regression');
    const holed = { ...data, x: { ...data.x, data: data.x.data.map((value, at) => (at % 7 === 0 ? NaN : value)) }, categorical: [3] };
    const { model } = fitToEnd('gradient-boosting', holed, { iterations: 10, minRowsLeaf: 5 });
    const row = Float64Array.of(NaN, 1, 2, 2);
    const found = explainRow(model, pickRows(holed.x, [1, 2, 3, 4, 5]), row, groups, { seed: 1 });
    expect(found).toMatchObject({ method: 'trees', unit: 'prediction' });
    expect(found.contributions.reduce((sum, value) => sum + value, found.base)).toBeCloseTo(predict(model, { rows: 1, columns: 4, data: row })[0]!, 9);
  });
});

describe('one explanation for every model', () => {
  const background = pickRows(sample('regression').x, [...Array(20).keys()]);
  it.each<[string, TrainingData['task'], string, string]>([
    ['linear', 'regression', 'linear', 'prediction'],
    ['lasso', 'regression', 'linear', 'prediction'],
    ['logistic', 'binary', 'linear', 'log-odds'],
    ['logistic', 'multiclass', 'exact', 'prediction'],
    ['decision-tree', 'binary', 'trees', 'prediction'],
    ['gradient-boosting', 'binary', 'trees', 'log-odds'],
    ['naive-bayes', 'binary', 'exact', 'prediction'],
    ['k-nearest', 'regression', 'exact', 'prediction'],
    ['dummy', 'regression', 'exact', 'prediction'],
  ])('%s for %s: %s, in %s', (kind, task, method, unit) => {
    const data = sample(task, 160, task === 'multiclass' ? 3 : 2);
    const { model } = fitToEnd(kind, data);
    const found = explainRow(model, background, rowOf(data, 8), groups, { seed: 2, output: 1 });
    expect([found.method, found.unit, found.names]).toEqual([method, unit, ['a', 'b', 'c', 'd']]);
    expect(found.contributions.reduce((sum, value) => sum + value, found.base)).toBeCloseTo(found.prediction, 9);
    const shown = unit === 'log-odds' ? 1 / (1 + Math.exp(-found.prediction)) : found.prediction;
    expect(shown).toBeCloseTo(found.predicted!, 9);
  });

  it('refuses an empty background and a class that is not there', () => {
    const data = sample('multiclass', 60, 3);
    const { model } = fitToEnd('logistic', data);
    expect(() => explainRow(model, pickRows(data.x, []), rowOf(data, 0), groups, { seed: 1 })).toThrow('no-rows');
    expect(() => explainRow(model, background, rowOf(data, 0), groups, { seed: 1, output: 3 })).toThrow('bad-class');
  });
});

describe('kernel SHAP by sampling', () => {
  const random = createRandom(3);
  const wide = (rows: number) => ({ rows, columns: 14, data: Float64Array.from({ length: rows * 14 }, () => random()) });
  const background = wide(6);
  const row = wide(1).data;
  const f = (x: { rows: number; data: Float64Array }): Float64Array =>
    Float64Array.from({ length: x.rows }, (_, r) => {
      const v = x.data.subarray(r * 14, r * 14 + 14);
      return v[0]! * 3 + v[1]! * v[2]! - v[3]! ** 2 + v.reduce((sum, value) => sum + value, 0) * 0.1;
    });
  const names = singleColumns(Array.from({ length: 14 }, (_, j) => `x${j}`));

  it('comes near enumeration and repeats by its seed', () => {
    const exact = exactShapley(f, background, row, names);
    const sampled = kernelShapley(f, background, row, names, { seed: 4, samples: 3000 });
    close(sampled.contributions, exact.contributions, 2);
    expect(sampled.contributions.reduce((sum, value) => sum + value, sampled.base)).toBeCloseTo(exact.prediction, 9);
    expect(kernelShapley(f, background, row, names, { seed: 4, samples: 3000 })).toEqual(sampled);
  });

  it('says when it has too few samples, and enumeration when it has too many features', () => {
    expect(() => kernelShapley(f, background, row, names, { seed: 1, samples: 4 })).toThrow('too-few-samples');
    expect(() => exactShapley(f, background, row, singleColumns(Array.from({ length: 17 }, (_, j) => `x${j}`)))).toThrow('too-many-features');
    expect(() => linearShapley([1], 0, { rows: 0, columns: 1, data: new Float64Array(0) }, [1], singleColumns(['a']))).toThrow('no-rows');
  });

  it('gives all of the difference to a single feature', () => {
    const one = kernelShapley(f, background, row, [{ name: 'all', columns: [...Array(14).keys()] }], { seed: 1 });
    expect(one.base + one.contributions[0]!).toBeCloseTo(one.prediction, 12);
  });
});

describe('impurity importance', () => {
  const measured = (model: FittedModel, data: TrainingData): Float64Array =>
    impurityImportance(treesOf(model)!.trees.map((tree) => measureTree(tree, data.x, data.y, data.task === 'regression' ? 0 : data.classes)), Int32Array.of(0, 1, 2, 3), 4);

  it.each(['regression', 'multiclass'] as const)('of a tree for %s adds up to 1 and sees what matters', (task) => {
    const data = sample(task, 160, 3);
    const found = measured(fitToEnd('decision-tree', data, { maxDepth: 4 }).model, data);
    expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(found[3]).toBeLessThan(0.15);
  });

  it('of a tree without split is 0', () => {
    const data = dataOf('regression', [[1, 1, 1, 1], [1, 1, 1, 1]], [0, 4]);
    expect([...measured(fitToEnd('decision-tree', data).model, data)]).toEqual([0, 0, 0, 0]);
    expect(() => measureTree(treesOf(fitToEnd('decision-tree', data).model)!.trees[0]!, data.x, [], 0)).toThrow('length-mismatch');
  });
});

describe('integrated gradients', () => {
  it('add up to the difference', async () => {
    const f = (x: ArrayLike<number>): number => x[0]! ** 3 + x[0]! * x[1]!;
    const gradient = async (inputs: Float32Array, count: number): Promise<number[]> => Promise.resolve(Array.from({ length: count }, (_, i) => [3 * inputs[2 * i]! ** 2 + inputs[2 * i + 1]!, inputs[2 * i]!]).flat());
    const found = await integratedGradients([2, 3], [0, 1], gradient, 200, 7);
    expect(found[0]! + found[1]!).toBeCloseTo(f([2, 3]) - f([0, 1]), 3);
    await expect(integratedGradients([1], [1, 2], gradient)).rejects.toThrow('length-mismatch');
    await expect(integratedGradients([1, 2], [1, 2], gradient, 0)).rejects.toThrow('bad-bins');
  });
});
