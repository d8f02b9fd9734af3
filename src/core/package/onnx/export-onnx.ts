import { LabError } from '../../lab-error.js';
import type { Recipe } from '../../prepare/recipe.js';
import type { FittedModel } from '../../train/model.js';
import type { CodedNetState } from '../../train/models/coded-net.js';
import type { DenseNetState } from '../../train/models/dense-net.js';
import type { DummyState } from '../../train/models/dummy.js';
import type { NearestState } from '../../train/models/k-nearest.js';
import type { LinearState } from '../../train/models/linear.js';
import type { LogisticState } from '../../train/models/logistic.js';
import type { NaiveBayesState } from '../../train/models/naive-bayes.js';
import type { BoostedState } from '../../train/trees/boosted-state.js';
import type { TreeState } from '../../train/trees/tree-state.js';
import { planRecipe } from '../recipe-plan.js';
import { codedNodes } from './coded-graph.js';
import { columnScales, type ColumnScale } from './cuts.js';
import type { TreeProgress } from './ensemble.js';
import { bayesNodes, dummyNodes, linearNodes, logisticNodes, netNodes, toProbabilities } from './formula-graphs.js';
import { GraphBuilder } from './graph-builder.js';
import { onnxFile } from './model-file.js';
import { nearestNodes } from './nearest-graph.js';
import type { Value } from './onnx-types.js';
import { recipeNodes } from './recipe-graph.js';
import { boostedNodes, forestNodes } from './tree-graphs.js';

/** A model with its recipe, and how it shall look from outside. */
export interface OnnxExport {
  readonly recipe: Recipe;
  readonly model: FittedModel;
  /** Probability of class 1 from which a binary model says yes. */
  readonly threshold: number;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** `table`: inputs [N, 1], and `label` with `probabilities` or `variable`; `columns`: [N] throughout, and a probability by class, as data frames want. */
  readonly shape: 'table' | 'columns';
}

/** Bytes of the model as ONNX, and the names of its outputs. */
export interface OnnxResult {
  readonly bytes: Uint8Array;
  readonly outputs: readonly Value[];
}

/**
 * The model with its preprocessing as one ONNX graph. Raw numbers come in as float and are reckoned with in 8 bytes, so that the answers are the
 * lab's within 1e-5. Throws `export-step` {step, column} for a recipe that no graph holds, `export-kind` {model} for a model that none does.
 */
export function* exportOnnx(given: OnnxExport): Generator<TreeProgress, OnnxResult> {
  const plan = planRecipe(given.recipe);
  const graph = new GraphBuilder();
  const x = recipeNodes(graph, plan, given.shape === 'columns');
  const scores = yield* modelNodes(graph, x, given.model, columnScales(plan));
  const outputs = given.model.task === 'regression' ? valueOutput(graph, scores, given) : classOutputs(graph, scores, given);
  const bytes = onnxFile(graph.finish('looplab', outputs), given.description, given.metadata);
  return { bytes, outputs };
}

/** Regression: rows × 1; binary: probability of class 1; multiclass: rows × classes. */
function* modelNodes(graph: GraphBuilder, x: string, { kind, task, classes, state }: FittedModel, scales: readonly ColumnScale[]): Generator<TreeProgress, string> {
  switch (kind) {
    case 'dummy':
      return dummyNodes(graph, x, state as DummyState, task);
    case 'linear':
    case 'lasso':
      return linearNodes(graph, x, state as LinearState);
    case 'logistic':
      return logisticNodes(graph, x, state as LogisticState);
    case 'naive-bayes':
      return bayesNodes(graph, x, state as NaiveBayesState, task);
    case 'k-nearest':
      return nearestNodes(graph, x, state as NearestState, task, classes, scales);
    case 'decision-tree':
    case 'random-forest':
      return yield* forestNodes(graph, x, state as TreeState, scales);
    case 'gradient-boosting':
      return boostedScores(graph, yield* boostedNodes(graph, x, state as BoostedState, scales), state as BoostedState, task);
    case 'coded-net':
      return codedNodes(graph, x, state as CodedNetState, task);
    case 'dense-net':
      return netNodes(graph, x, state as DenseNetState, task);
    default:
      throw new LabError('export-kind', { model: kind, format: 'onnx' });
  }
}

function boostedScores(graph: GraphBuilder, sums: string, { target, baseline }: BoostedState, task: FittedModel['task']): string {
  if (task !== 'regression') return toProbabilities(graph, sums, baseline.length);
  return graph.add('Add', [graph.add('Mul', [graph.cast(sums, 'double'), graph.scalar(target.divisor)]), graph.scalar(target.offset)]);
}

function valueOutput(graph: GraphBuilder, scores: string, { shape }: OnnxExport): Value[] {
  const value = graph.cast(scores, 'float');
  return [shape === 'table' ? { name: graph.output(value, 'variable'), type: 'float', dims: ['N', 1] } : { name: graph.output(flattened(graph, value), 'variable'), type: 'float', dims: ['N'] }];
}

/** The label as text, and probabilities, as the converters of scikit-learn give them. */
function classOutputs(graph: GraphBuilder, scores: string, { recipe, model, threshold, shape }: OnnxExport): Value[] {
  const classes = recipe.classes ?? [];
  const own = graph.cast(scores, 'double');
  const all = model.task === 'binary' ? graph.add('Concat', [graph.add('Sub', [graph.scalar(1), own]), own], { axis: { i: 1 } }) : own;
  const code = model.task === 'binary' ? flattened(graph, graph.cast(graph.add('GreaterOrEqual', [own, graph.scalar(threshold)]), 'int64')) : graph.add('ArgMax', [all], { axis: { i: 1 }, keepdims: { i: 0 } });
  const words = graph.addMl('LabelEncoder', [code], { keys_int64s: { ints: classes.map((_, at) => at) }, values_strings: { strings: classes }, default_string: { s: '' } });
  const label: Value = { name: graph.output(words, 'label'), type: 'string', dims: ['N'] };
  const probabilities = graph.cast(all, 'float');
  if (shape === 'table') return [label, { name: graph.output(probabilities, 'probabilities'), type: 'float', dims: ['N', classes.length] }];
  return [label, ...classes.map((name, at): Value => ({ name: graph.output(graph.add('Gather', [probabilities, graph.constant('int64', [], [at])], { axis: { i: 1 } }), `probability_${name}`), type: 'float', dims: ['N'] }))];
}

const flattened = (graph: GraphBuilder, value: string): string => graph.add('Reshape', [value, graph.constant('int64', [1], [-1])]);
