import type { ModelDefinition } from '../model.js';
import { codedNet } from './coded-net.js';
import { convNet } from './conv-net.js';
import { decisionTree } from './decision-tree.js';
import { denseNet } from './dense-net.js';
import { dummy } from './dummy.js';
import { gradientBoosting } from './gradient-boosting.js';
import { kNearest } from './k-nearest.js';
import { lasso } from './lasso.js';
import { linear } from './linear.js';
import { logistic } from './logistic.js';
import { naiveBayes } from './naive-bayes.js';
import { randomForest } from './random-forest.js';
import { textEmbedding } from './text-embedding.js';
import { textLinear } from './text-linear.js';

/** Every kind of model; one file in this folder each. */
export const models: readonly ModelDefinition[] = [
  stored(dummy),
  stored(linear),
  stored(lasso),
  stored(logistic),
  stored(naiveBayes),
  stored(kNearest),
  stored(decisionTree),
  stored(randomForest),
  stored(gradientBoosting),
  stored(denseNet),
  stored(convNet),
  stored(codedNet),
  stored(textLinear),
  stored(textEmbedding),
];

/** The same model for a state that comes from storage, where its type is not known. */
function stored<State>(model: ModelDefinition<State>): ModelDefinition {
  return { ...model, predict: (state, x, task, classes) => model.predict(state as State, x, task, classes) };
}
