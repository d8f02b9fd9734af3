import type { Task } from '../../prepare/recipe.js';
import type { TextEmbeddingState } from '../../train/models/text-embedding.js';
import type { TextLinearState } from '../../train/models/text-linear.js';
import { logisticNodes, netNodes } from './formula-graphs.js';
import type { GraphBuilder } from './graph-builder.js';

/** Softmax regression over weights of terms; two classes have a row of weights each. */
export function textLinearNodes(graph: GraphBuilder, x: string, state: TextLinearState, task: Task): string {
  const shares = logisticNodes(graph, x, state);
  return task === 'binary' ? graph.add('Gather', [shares, graph.constant('int64', [1], [1])], { axis: { i: 1 } }) : shares;
}

/** The mean vector of a text's terms, each by its weight, then dense layers. */
export function textEmbeddingNodes(graph: GraphBuilder, x: string, state: TextEmbeddingState, task: Task): string {
  const { dimensions, vectors } = state;
  const sum = graph.add('ReduceSum', [x, graph.constant('int64', [1], [1])], { keepdims: { i: 1 } });
  const total = graph.add('Where', [graph.add('Equal', [sum, graph.scalar(0)]), graph.scalar(1), sum]);
  const mean = graph.add('MatMul', [graph.add('Div', [x, total]), graph.constant('double', [vectors.length / dimensions, dimensions], vectors)]);
  return netNodes(graph, mean, state, task);
}
