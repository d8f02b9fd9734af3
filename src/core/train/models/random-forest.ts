import { createRandom, type Random } from '../../random.js';
import type { HyperparameterValues, ModelDefinition, TrainingData, TrainingProgress } from '../model.js';
import { cutBetween } from '../trees/cut-between.js';
import { ExactGrower, type TreeLists } from '../trees/grow-exact-tree.js';
import { OutOfBag } from '../trees/out-of-bag.js';
import { rankColumns } from '../trees/ranked-columns.js';
import { averageTrees, type TreeState } from '../trees/tree-state.js';
import { targetOf, unscaled, widthOf } from './decision-tree.js';

/**
 * The mean of trees, each grown to its end on rows drawn with replacement (Breiman 2001), as scikit-learn's `RandomForest*`. `columns`
 * `auto` tries √d columns at each split for classes and all for numbers. Its loss is the squared error on rows that a tree did not see.
 */
export const randomForest: ModelDefinition<TreeState> = {
  kind: 'random-forest',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'trees', type: 'integer', default: 100, min: 1, max: 10000 },
    { name: 'columns', type: 'choice', default: 'auto', choices: ['auto', 'sqrt', 'third', 'all'] },
    { name: 'maxDepth', type: 'integer', default: 0, min: 0, max: 1000 },
    { name: 'minRowsLeaf', type: 'integer', default: 1, min: 1, max: 1e6 },
  ],
  trainer: 'core',
  fit: fitForest,
  predict: averageTrees,
};

function* fitForest(data: TrainingData, settings: HyperparameterValues, seed: number): Generator<TrainingProgress, TreeState> {
  const random = createRandom(seed);
  const lists: TreeLists = { columns: [], cuts: [], values: [] };
  const { target } = targetOf(data);
  const width = widthOf(data);
  const total = settings['trees'] as number;
  const grower = new ExactGrower(rankColumns(data.x), target, {
    criterion: 'gini',
    maxDepth: settings['maxDepth'] as number,
    minLeaf: settings['minRowsLeaf'] as number,
    tried: triedColumns(settings['columns'] as string, data),
    random,
    cut: cutBetween,
  });
  const weights = new Float64Array(data.x.rows);
  const unseen = new OutOfBag(data.x, target.y, width, target.scale);
  let loss = unseen.startLoss();
  for (let tree = 1; tree <= total; tree++) {
    drawRows(weights, random);
    const from = { node: lists.columns.length, cut: lists.cuts.length, value: lists.values.length };
    const growing = grower.grow(weights, lists);
    while (!growing.next().done) yield { done: tree - 1, total, loss };
    loss = unseen.add(lists, from, weights);
    yield { done: tree, total, loss };
  }
  return { ...lists, values: unscaled(lists.values, target.scale), width };
}

function triedColumns(choice: string, { task, x }: TrainingData): number {
  const d = x.columns;
  if (choice === 'sqrt' || (choice === 'auto' && task !== 'regression')) return Math.max(1, Math.floor(Math.sqrt(d)));
  return choice === 'third' ? Math.max(1, Math.floor(d / 3)) : d;
}

/** How often each row is drawn when as many as there are are drawn with replacement. */
function drawRows(weights: Float64Array, random: Random): void {
  weights.fill(0);
  const n = weights.length;
  for (let i = 0; i < n; i++) weights[Math.floor(random() * n)]! += 1;
}
