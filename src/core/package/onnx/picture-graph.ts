import type { Task } from '../../prepare/recipe.js';
import type { ConvNetState } from '../../train/models/conv-net.js';
import { pooledSide, type ConvLayer } from '../../train/nets/conv-layers.js';
import { netNodes } from './formula-graphs.js';
import type { GraphBuilder } from './graph-builder.js';

/** A net of convolutions for square pictures: filters in 4 bytes, since ONNX Runtime convolves no others, then its dense layers in 8. */
export function convNetNodes(graph: GraphBuilder, x: string, state: ConvNetState, task: Task): string {
  const { side, divisor, filters } = state;
  const shares = graph.cast(graph.add('Div', [x, graph.scalar(divisor)]), 'float');
  let value = graph.add('Reshape', [shares, graph.constant('int64', [4], [-1, 1, side, side])]);
  let now = side;
  for (const layer of filters) {
    value = graph.add('Relu', [convolved(graph, value, layer)]);
    if (now > 1) value = graph.add('MaxPool', [value], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } });
    now = pooledSide(now);
  }
  // The lab keeps the channels of a pixel together.
  const pixels = graph.add('Transpose', [value], { perm: { ints: [0, 2, 3, 1] } });
  const flat = graph.add('Reshape', [pixels, graph.constant('int64', [2], [-1, state.layers[0]!.inputs])]);
  return netNodes(graph, graph.cast(flat, 'double'), state, task);
}

/** A convolution of a picture [N, channels, side, side] in 4 bytes. */
export function convolved(graph: GraphBuilder, value: string, { size, inputs, outputs, weights, bias }: ConvLayer): string {
  const own = Array.from({ length: weights.length }, (_, at) => {
    const [tap, input, output] = [at % (size * size), Math.floor(at / (size * size)) % inputs, Math.floor(at / (size * size * inputs))];
    return weights[(tap * inputs + input) * outputs + output]!;
  });
  const before = (size - 1) >> 1;
  const after = size - 1 - before;
  return graph.add('Conv', [value, graph.constant('float', [outputs, inputs, size, size], own), graph.constant('float', [outputs], bias)], { kernel_shape: { ints: [size, size] }, pads: { ints: [before, before, after, after] } });
}
