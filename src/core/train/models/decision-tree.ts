import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { centreOf, safeScale } from '../solve/scale.js';
import { middleOf } from '../trees/cut-between.js';
import { ExactGrower, type TreeLists } from '../trees/grow-exact-tree.js';
import { rankColumns } from '../trees/ranked-columns.js';
import { averageTrees, type TreeState } from '../trees/tree-state.js';

/**
 * A tree whose cuts are the best of all, in the middle between two values, as scikit-learn's `DecisionTree*`. `criterion` is that of
 * classes; numbers are judged by squared error. `maxDepth` 0 is without limit.
 */
export const decisionTree: ModelDefinition<TreeState> = {
  kind: 'decision-tree',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'maxDepth', type: 'integer', default: 0, min: 0, max: 1000 },
    { name: 'minRowsLeaf', type: 'integer', default: 1, min: 1, max: 1e6 },
    { name: 'criterion', type: 'choice', default: 'gini', choices: ['gini', 'entropy'] },
  ],
  trainer: 'core',
  fit: fitTree,
  predict: averageTrees,
};

function* fitTree(data: TrainingData, settings: HyperparameterValues): Generator<TrainingProgress, TreeState> {
  const lists: TreeLists = { columns: [], cuts: [], values: [] };
  const { target, spread } = targetOf(data);
  const grower = new ExactGrower(rankColumns(data.x), target, {
    criterion: settings['criterion'] as 'gini' | 'entropy',
    maxDepth: settings['maxDepth'] as number,
    minLeaf: settings['minRowsLeaf'] as number,
    tried: data.x.columns,
    random: undefined,
    cut: middleOf,
  });
  const growing = grower.grow(new Float64Array(data.x.rows).fill(1), lists);
  for (;;) {
    const { done, value: left } = growing.next();
    yield { done: done ? 1 : 0, total: 1, loss: left * spread };
    if (done) return { ...lists, values: unscaled(lists.values, target.scale), width: widthOf(data) };
  }
}

/** How many values a leaf holds: the mean, the share of class 1, or each class's share. */
export const widthOf = ({ task, classes }: TrainingData): number => (task === 'multiclass' ? classes : 1);

/** The target as a tree takes it, its unit when too large to be squared, and how far it spreads: its variance, or 1. */
export function targetOf({ y, task, classes }: TrainingData): { target: { y: Float64Array; classes: number; scale: number }; spread: number } {
  if (task !== 'regression') return { target: { y, classes: task === 'binary' ? 2 : classes, scale: 1 }, spread: 1 };
  const scale = safeScale(y);
  return { target: { y: scale === 1 ? y : y.map((value) => value * scale), classes: 0, scale }, spread: Math.min(centreOf(y).divisor ** 2, Number.MAX_VALUE) };
}

/** Values of leaves in the unit of the target as given. */
export const unscaled = (values: readonly number[], scale: number): readonly number[] => (scale === 1 ? values : values.map((value) => value / scale));
