import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import type { DenseLayer } from '../../core/train/nets/dense-layers.js';
import { drawWeights, makeVariable, type Tensorflow } from './net.js';

export interface NetLayer {
  readonly kernel: Variable;
  readonly bias: Variable;
}

/** Dense layers from the first width to the last, with biases of 0. */
export function createLayers(tf: Tensorflow, widths: readonly number[], random: Random): NetLayer[] {
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i]!;
    return { kernel: drawWeights(tf, [inputs, outputs], inputs, outputs, random), bias: makeVariable(tf, new Float32Array(outputs), [outputs]) };
  });
}

/** Raw outputs of the layers, relu between them. */
export function runLayers(tf: Tensorflow, layers: readonly NetLayer[], x: Tensor2D, between: (values: Tensor2D) => Tensor2D = (values) => values): Tensor2D {
  return layers.reduce((values, { kernel, bias }, i) => {
    const out = tf.add(tf.matMul(values, kernel as unknown as Tensor2D), bias) as Tensor2D;
    return i < layers.length - 1 ? between(tf.relu(out)) : out;
  }, x);
}

/** The layers' weights as plain numbers. */
export async function readLayers(layers: readonly NetLayer[]): Promise<DenseLayer[]> {
  return Promise.all(
    layers.map(async ({ kernel, bias }) => ({
      inputs: kernel.shape[0]!,
      outputs: kernel.shape[1]!,
      kernel: Array.from(await kernel.data()),
      bias: Array.from(await bias.data()),
    })),
  );
}
