import type { Task } from '../../prepare/recipe.js';
import type { CodedNetState } from '../../train/models/coded-net.js';
import { NORM_EPSILON, type FittedLayer } from '../../train/nets/coded/fitted-layers.js';
import type { Activation } from '../../train/nets/coded/net-plan.js';
import { toProbabilities } from './formula-graphs.js';
import type { GraphBuilder } from './graph-builder.js';
import { convolved } from './picture-graph.js';

/** A net written as code, pictures as [N, side, side, channels] between its layers; the scaling of a regression target is part of it. */
export function codedNodes(graph: GraphBuilder, x: string, { layers, outputs, target, shape }: CodedNetState, task: Task): string {
  const first = shape.length > 1 ? graph.add('Reshape', [x, graph.constant('int64', [shape.length + 1], [-1, ...shape])]) : x;
  const raw = layerNodes(graph, first, layers);
  if (task !== 'regression') return toProbabilities(graph, raw, outputs);
  return graph.add('Add', [graph.add('Mul', [raw, graph.scalar(target.divisor)]), graph.scalar(target.offset)]);
}

const layerNodes = (graph: GraphBuilder, x: string, layers: readonly FittedLayer[]): string => layers.reduce((value, layer) => layerNode(graph, value, layer), x);

function layerNode(graph: GraphBuilder, x: string, layer: FittedLayer): string {
  switch (layer.kind) {
    case 'dense': {
      const { inputs, outputs, kernel, bias } = layer;
      return activationNode(graph, graph.add('Gemm', [x, graph.constant('double', [inputs, outputs], kernel), rowOf(graph, bias)]), layer.activation);
    }
    case 'activation':
      return activationNode(graph, x, layer.activation);
    case 'scale':
      return scaled(graph, x, layer);
    case 'layerNorm':
      return scaled(graph, normNode(graph, x), layer);
    case 'rescale':
      return graph.add('Div', [x, graph.scalar(layer.divisor)]);
    case 'flatten':
      return graph.add('Flatten', [x], { axis: { i: 1 } });
    case 'conv2d':
      return activationNode(graph, onChannels(graph, x, (value) => convolved(graph, value, layer)), layer.activation);
    case 'maxPool':
      return onChannels(graph, x, (value) => graph.add('MaxPool', [value], { kernel_shape: { ints: [layer.size, layer.size] }, strides: { ints: [layer.size, layer.size] } }));
    case 'averageAll':
      return graph.add('ReduceMean', [x], { axes: { ints: [1, 2] }, keepdims: { i: 0 } });
    case 'residual':
      return graph.add('Add', [x, layerNodes(graph, x, layer.layers)]);
  }
}

/** Pictures with their channels first and in 4 bytes, as ONNX Runtime convolves them, and back. */
function onChannels(graph: GraphBuilder, x: string, act: (value: string) => string): string {
  const first = graph.add('Transpose', [graph.cast(x, 'float')], { perm: { ints: [0, 3, 1, 2] } });
  return graph.cast(graph.add('Transpose', [act(first)], { perm: { ints: [0, 2, 3, 1] } }), 'double');
}

const rowOf = (graph: GraphBuilder, values: readonly number[]): string => graph.constant('double', [values.length], values);
const scaled = (graph: GraphBuilder, x: string, { scale, shift }: { readonly scale: readonly number[]; readonly shift: readonly number[] }): string => graph.add('Add', [graph.add('Mul', [x, rowOf(graph, scale)]), rowOf(graph, shift)]);

/** Mean 0 and variance 1 over the last axis. */
function normNode(graph: GraphBuilder, x: string): string {
  const mean = (value: string): string => graph.add('ReduceMean', [value], { axes: { ints: [-1] }, keepdims: { i: 1 } });
  const gap = graph.add('Sub', [x, mean(x)]);
  return graph.add('Div', [gap, graph.add('Sqrt', [graph.add('Add', [mean(graph.add('Mul', [gap, gap])), graph.scalar(NORM_EPSILON)])])]);
}

/** Operators that every runtime has in 8 bytes. */
function activationNode(graph: GraphBuilder, x: string, activation: Activation): string {
  const relu = (value: string): string => graph.add('Relu', [value]);
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return relu(x);
    case 'tanh':
      return graph.add('Tanh', [x]);
    case 'sigmoid':
      return graph.add('Sigmoid', [x]);
    case 'elu':
      return graph.add('Add', [relu(x), graph.add('Sub', [graph.add('Exp', [graph.add('Neg', [relu(graph.add('Neg', [x]))])]), graph.scalar(1)])]);
    case 'gelu': {
      const cube = graph.add('Mul', [graph.add('Mul', [x, x]), x]);
      const gate = graph.add('Tanh', [graph.add('Mul', [graph.add('Add', [x, graph.add('Mul', [cube, graph.scalar(0.044715)])]), graph.scalar(Math.sqrt(2 / Math.PI))])]);
      return graph.add('Mul', [graph.add('Mul', [x, graph.scalar(0.5)]), graph.add('Add', [gate, graph.scalar(1)])]);
    }
  }
}
