import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import type { Task } from '../../core/prepare/recipe.js';
import type { DenseLayer } from '../../core/train/models/dense-net.js';

/** TensorFlow.js' core, loaded where it is needed. */
export type Tensorflow = typeof import('@tensorflow/tfjs-core');

/** Sizes of a net: columns in, hidden units, values out. */
export interface NetShape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
}

export interface NetLayer {
  readonly kernel: Variable;
  readonly bias: Variable;
}

/**
 * Makes the layers with Glorot's uniform weights and biases of 0 (Glorot and Bengio 2010), drawn from our own generator so that every
 * backend starts alike.
 */
export function createLayers(tf: Tensorflow, shape: NetShape, random: Random): NetLayer[] {
  const widths = [shape.inputs, ...shape.hidden, shape.outputs];
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i]!;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const weights = Float32Array.from({ length: inputs * outputs }, () => (2 * random() - 1) * limit);
    return { kernel: variable(tf, weights, [inputs, outputs]), bias: variable(tf, new Float32Array(outputs), [outputs]) };
  });
}

function variable(tf: Tensorflow, values: Float32Array, shape: number[]): Variable {
  const start = tf.tensor(values, shape);
  const made = tf.variable(start);
  start.dispose();
  return made;
}

/** The net's raw outputs: values, or logits; relu between the layers. */
export function forward(tf: Tensorflow, layers: readonly NetLayer[], x: Tensor2D): Tensor2D {
  return layers.reduce((values, { kernel, bias }, i) => {
    const out = tf.add(tf.matMul(values, kernel as unknown as Tensor2D), bias) as Tensor2D;
    return i < layers.length - 1 ? tf.relu(out) : out;
  }, x);
}

/** Mean squared error, or mean cross-entropy of the logits; multiclass targets are one-hot rows. */
export function meanLoss(tf: Tensorflow, task: Task, outputs: Tensor2D, y: Tensor2D): Scalar {
  if (task === 'regression') return tf.mean(tf.squaredDifference(outputs, y)) as Scalar;
  if (task === 'binary') return tf.mean(tf.sub(tf.softplus(outputs), tf.mul(outputs, y))) as Scalar;
  return tf.losses.softmaxCrossEntropy(y, outputs) as Scalar;
}

/** l2 · Σ kernel². */
export function weightPenalty(tf: Tensorflow, layers: readonly NetLayer[], l2: number): Scalar {
  return tf.mul(l2, tf.addN(layers.map(({ kernel }) => tf.sum(tf.square(kernel))))) as Scalar;
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

/** Frees the layers. */
export function disposeLayers(layers: readonly NetLayer[]): void {
  for (const { kernel, bias } of layers) {
    kernel.dispose();
    bias.dispose();
  }
}
