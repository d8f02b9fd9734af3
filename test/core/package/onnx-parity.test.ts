import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../../src/core/package/onnx/export-onnx.js';
import { applyRecipe } from '../../../src/core/prepare/apply-recipe.js';
import type { PrepareChoices } from '../../../src/core/prepare/recipe.js';
import { predict } from '../../../src/core/train/fit.js';
import type { FittedModel, HyperparameterValues } from '../../../src/core/train/model.js';
import type { DenseNetState } from '../../../src/core/train/models/dense-net.js';
import { centreOf } from '../../../src/core/train/solve/scale.js';
import { createRandom } from '../../../src/core/random.js';
import { fitted, heldSet, hurt, type HeldSet } from './held-sets.js';
import { feedsOf, runOnnx } from './run-onnx.js';

const SETS: Record<string, Partial<PrepareChoices> & { target: string }> = {
  penguins: { target: 'species', drop: ['year'] },
  hmda_boston: { target: 'denied', drop: ['mortgage_insurance_denied'] },
  chicago_ridership: { target: 'ridership', time: 'date', drop: ['busy', 'year'], categorical: ['month', 'weekday'] },
  ames_housing: { target: 'sale_price' },
};
const NATIVE: Partial<PrepareChoices> = { encode: 'ordinal', scale: 'none', impute: 'none' };

/** A net of dense layers with random weights: what it learned does not matter here. */
function randomNet({ data }: HeldSet): FittedModel {
  const random = createRandom(11);
  const outputs = data.task === 'multiclass' ? data.classes : 1;
  const sizes = [data.x.columns, 16, 8, outputs];
  const list = (n: number, size: number): number[] => Array.from({ length: n }, () => Math.fround((random() - 0.5) * size));
  const layers = sizes.slice(1).map((to, at) => ({ inputs: sizes[at]!, outputs: to, kernel: list(sizes[at]! * to, 1), bias: list(to, 0.2) }));
  const state: DenseNetState = { layers, target: data.task === 'regression' ? centreOf(data.y) : { offset: 0, divisor: 1 } };
  return { version: 1, kind: 'dense-net', task: data.task, classes: data.classes, hyperparameters: {}, seed: 0, state };
}

function bytesOf({ recipe }: HeldSet, model: FittedModel, shape: 'table' | 'columns' = 'table') {
  const writing = exportOnnx({ recipe, model, threshold: 0.4, description: 'a test', metadata: { run: 'r' }, shape });
  for (;;) {
    const step = writing.next();
    if (step.done) return step.value;
  }
}

/** The greatest difference, relative to numbers above 1, and the rows whose label differs. */
async function difference(set: HeldSet, model: FittedModel, table = set.table): Promise<{ worst: number; labels: number }> {
  const ours = predict(model, applyRecipe(set.recipe, table, set.held));
  const outputs = await runOnnx(bytesOf(set, model).bytes, feedsOf(set.recipe, table, set.held));
  const theirs = (outputs['variable'] ?? outputs['probabilities'])!.values as ArrayLike<number>;
  let [worst, labels] = [0, 0];
  const width = model.task === 'regression' ? 1 : model.classes;
  for (let row = 0; row < set.held.length; row++) {
    const own = model.task === 'binary' ? [1 - ours[row]!, ours[row]!] : [...ours.subarray(row * width, (row + 1) * width)];
    own.forEach((value, k) => {
      const other = theirs[row * width + k]!;
      if (Number.isNaN(value) !== Number.isNaN(other)) worst = Infinity;
      else if (!Number.isNaN(value)) worst = Math.max(worst, Math.abs(value - other) / Math.max(1, Math.abs(value)));
    });
    if (model.task === 'regression' || Number.isNaN(own[0])) continue;
    const code = model.task === 'binary' ? (own[1]! >= 0.4 ? 1 : 0) : own.indexOf(Math.max(...own));
    if (outputs['label']!.values[row] !== set.recipe.classes![code]) labels += 1;
  }
  return { worst, labels };
}

const CASES: [set: string, kind: string, settings?: HyperparameterValues, choices?: Partial<PrepareChoices>][] = [
  ['penguins', 'dummy'],
  ['penguins', 'logistic'],
  ['penguins', 'naive-bayes'],
  ['penguins', 'naive-bayes', { distribution: 'multinomial' }, { scale: 'min-max' }],
  ['penguins', 'k-nearest'],
  ['penguins', 'decision-tree'],
  ['penguins', 'random-forest', { trees: 20 }],
  ['penguins', 'gradient-boosting', { iterations: 20 }, NATIVE],
  ['penguins', 'dense-net'],
  ['hmda_boston', 'dummy', {}, { impute: 'none' }],
  ['hmda_boston', 'logistic'],
  ['hmda_boston', 'naive-bayes', {}, { scale: 'robust' }],
  ['hmda_boston', 'k-nearest', { weights: 'distance' }],
  ['hmda_boston', 'decision-tree', {}, { scale: 'none' }],
  ['hmda_boston', 'random-forest', { trees: 40 }],
  ['hmda_boston', 'gradient-boosting', { iterations: 60 }],
  ['hmda_boston', 'gradient-boosting', { iterations: 60 }, NATIVE],
  ['hmda_boston', 'dense-net', {}, { scale: 'min-max' }],
  ['chicago_ridership', 'linear'],
  ['chicago_ridership', 'lasso'],
  ['chicago_ridership', 'k-nearest', { neighbours: 7 }],
  ['chicago_ridership', 'random-forest', { trees: 10 }],
  ['chicago_ridership', 'gradient-boosting', { iterations: 60 }],
  ['chicago_ridership', 'dense-net', {}, { encode: 'ordinal' }],
  ['ames_housing', 'dummy'],
  ['ames_housing', 'linear', {}, { scale: 'none' }],
  ['ames_housing', 'lasso', { l1: 100 }],
  ['ames_housing', 'decision-tree', { maxDepth: 12 }],
  ['ames_housing', 'random-forest', { trees: 10 }, { scale: 'none' }],
  ['ames_housing', 'gradient-boosting', { iterations: 60 }, NATIVE],
  ['ames_housing', 'dense-net'],
];

const sets = new Map<string, HeldSet>();
function setOf(id: string, choices: Partial<PrepareChoices> = {}): HeldSet {
  const key = `${id} ${JSON.stringify(choices)}`;
  const set = sets.get(key) ?? heldSet(id, { ...SETS[id]!, ...choices }, 1500);
  sets.set(key, set);
  return set;
}

describe('ONNX Runtime gives the lab’s predictions on held rows', () => {
  it.each(CASES)('%s, %s %j %j', { timeout: 60_000 }, async (id, kind, settings, choices) => {
    const set = setOf(id, choices);
    const model = kind === 'dense-net' ? randomNet(set) : fitted(kind, set.data, settings);
    const plain = await difference(set, model);
    const broken = await difference(set, model, hurt(set.table, set.recipe));
    expect(plain.worst).toBeLessThan(1e-5);
    expect(broken.worst).toBeLessThan(1e-5);
    expect([plain.labels, broken.labels]).toEqual([0, 0]);
  });
});
