import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Task } from '../../core/prepare/recipe.js';
import type { Tensorflow } from './net.js';

/** Mean squared error, or mean cross-entropy of the logits; multiclass targets are one-hot rows. */
export function meanLoss(tf: Tensorflow, task: Task, outputs: Tensor2D, y: Tensor2D): Scalar {
  if (task === 'regression') return tf.mean(tf.squaredDifference(outputs, y)) as Scalar;
  if (task === 'binary') return tf.mean(tf.sub(tf.softplus(outputs), tf.mul(outputs, y))) as Scalar;
  return tf.losses.softmaxCrossEntropy(y, outputs) as Scalar;
}

/** l2 · Σ kernel². */
export function weightPenalty(tf: Tensorflow, kernels: readonly Variable[], l2: number): Scalar {
  return tf.mul(l2, tf.addN(kernels.map((kernel) => tf.sum(tf.square(kernel))))) as Scalar;
}
