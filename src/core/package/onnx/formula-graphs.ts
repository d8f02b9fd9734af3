import { log } from '../../train/exact-math.js';
import type { DenseNetState } from '../../train/models/dense-net.js';
import type { DummyState } from '../../train/models/dummy.js';
import type { LinearState } from '../../train/models/linear.js';
import type { LogisticState } from '../../train/models/logistic.js';
import type { NaiveBayesState } from '../../train/models/naive-bayes.js';
import type { Task } from '../../prepare/recipe.js';
import type { GraphBuilder } from './graph-builder.js';

const matrix = (graph: GraphBuilder, rows: readonly (readonly number[])[]): string => graph.constant('double', [rows.length, rows[0]?.length ?? 0], rows.flat());
const rowOf = (graph: GraphBuilder, values: readonly number[]): string => graph.constant('double', [1, values.length], values);
const transposed = (rows: readonly (readonly number[])[]): number[][] => (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]!));

/** x · w + b of each output. */
function affine(graph: GraphBuilder, x: string, coefficients: readonly (readonly number[])[], intercepts: readonly number[]): string {
  return graph.add('Add', [graph.add('MatMul', [x, matrix(graph, transposed(coefficients))]), rowOf(graph, intercepts)]);
}

/** Linear regression, ridge and lasso: rows × 1. */
export const linearNodes = (graph: GraphBuilder, x: string, { coefficients, intercept }: LinearState): string => affine(graph, x, [coefficients], [intercept]);

/** Logistic regression: probability of class 1, or of each class. */
export function logisticNodes(graph: GraphBuilder, x: string, { coefficients, intercepts }: Pick<LogisticState, 'coefficients' | 'intercepts'>): string {
  return toProbabilities(graph, affine(graph, x, coefficients, intercepts), intercepts.length);
}

/** Logits as the probability of class 1, or of each class. */
export const toProbabilities = (graph: GraphBuilder, logits: string, outputs: number): string =>
  outputs === 1 ? graph.add('Sigmoid', [logits]) : graph.add('Softmax', [logits], { axis: { i: -1 } });

/** The same numbers for each row. */
export function dummyNodes(graph: GraphBuilder, x: string, { values }: DummyState, task: Task): string {
  const row = task === 'binary' ? [values[1] ?? 0] : values;
  const first = graph.add('Gather', [x, graph.constant('int64', [1], [0])], { axis: { i: 1 } });
  // Zero also where the input is missing.
  const zero = graph.add('Mul', [graph.cast(graph.add('IsNaN', [first]), 'double'), graph.scalar(0)]);
  return graph.add('Add', [zero, rowOf(graph, row)]);
}

/** A dense net; the scaling of a regression target is part of it. */
export function netNodes(graph: GraphBuilder, x: string, { layers, target }: Pick<DenseNetState, 'layers' | 'target'>, task: Task): string {
  let value = x;
  layers.forEach(({ inputs, outputs, kernel, bias }, at) => {
    value = graph.add('Gemm', [value, graph.constant('double', [inputs, outputs], kernel), graph.constant('double', [outputs], bias)]);
    if (at < layers.length - 1) value = graph.add('Relu', [value]);
  });
  if (task !== 'regression') return toProbabilities(graph, value, task === 'binary' ? 1 : layers.at(-1)!.outputs);
  return graph.add('Add', [graph.add('Mul', [value, graph.scalar(target.divisor)]), graph.scalar(target.offset)]);
}

/** Naive Bayes: log prior and log likelihood of each class, then softmax. */
export function bayesNodes(graph: GraphBuilder, x: string, state: NaiveBayesState, task: Task): string {
  const scores = state.distribution === 'gaussian' ? normalScores(graph, x, state) : shareScores(graph, x, state);
  const probabilities = toProbabilities(graph, scores, state.priors.length);
  return task === 'binary' ? graph.add('Gather', [probabilities, graph.constant('int64', [1], [1])], { axis: { i: 1 } }) : probabilities;
}

function normalScores(graph: GraphBuilder, x: string, { priors, means, variances, scale }: NaiveBayesState & { distribution: 'gaussian' }): string {
  const [classes, width] = [means.length, means[0]!.length];
  const cube = (rows: readonly (readonly number[])[]): string => graph.constant('double', [1, classes, width], rows.flat());
  const scaled = scale === 1 ? x : graph.add('Mul', [x, graph.scalar(scale)]);
  const gap = graph.add('Sub', [graph.add('Unsqueeze', [scaled, graph.constant('int64', [1], [1])]), cube(means)]);
  const weighted = graph.add('Mul', [graph.add('Mul', [gap, gap]), cube(variances.map((row) => row.map((v) => 1 / v)))]);
  const squares = graph.add('ReduceSum', [weighted, graph.constant('int64', [1], [2])], { keepdims: { i: 0 } });
  const starts = priors.map((prior, k) => log(prior) - 0.5 * variances[k]!.reduce((sum, v) => sum + log(2 * Math.PI * v), 0));
  return graph.add('Sub', [rowOf(graph, starts), graph.add('Mul', [graph.add('Min', [squares, graph.scalar(1e300)]), graph.scalar(0.5)])]);
}

function shareScores(graph: GraphBuilder, x: string, { priors, logShares }: NaiveBayesState & { distribution: 'multinomial' }): string {
  const scores = affine(graph, x, logShares, priors.map(log));
  return graph.add('Max', [scores, rowOf(graph, priors.map((prior) => (prior > 0 ? -1e300 : -Infinity)))]);
}
