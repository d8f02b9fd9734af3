import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Task } from '../../core/prepare/recipe.js';
import type { LossName } from '../../core/train/nets/coded/net-plan.js';
import type { Tensorflow } from './net.js';

/** What is made small. */
export interface LossChoice {
  readonly task: Task;
  readonly loss: LossName;
  readonly classWeights?: readonly number[];
}

/** Mean error of numbers, or mean cross-entropy of the logits, each row times the weight of its class; multiclass targets are one-hot rows. */
export function meanLoss(tf: Tensorflow, choice: LossChoice, outputs: Tensor2D, y: Tensor2D): Scalar {
  const { task, classWeights } = choice;
  if (task === 'regression') return numberLoss(tf, choice.loss, outputs, y);
  if (task === 'binary') {
    const each = tf.sub(tf.softplus(outputs), tf.mul(outputs, y));
    return tf.mean(classWeights ? tf.mul(each, binaryWeights(tf, classWeights, y)) : each) as Scalar;
  }
  return tf.losses.softmaxCrossEntropy(y, outputs, classWeights && tf.sum(tf.mul(y, tf.tensor2d([...classWeights], [1, classWeights.length])), 1)) as Scalar;
}

function numberLoss(tf: Tensorflow, loss: LossName, outputs: Tensor2D, y: Tensor2D): Scalar {
  if (loss === 'mae') return tf.mean(tf.abs(tf.sub(outputs, y))) as Scalar;
  if (loss === 'mse') return tf.mean(tf.squaredDifference(outputs, y)) as Scalar;
  // Huber (1964) at 1: half a square near 0, straight beyond.
  const far = tf.abs(tf.sub(outputs, y));
  const near = tf.minimum(far, 1);
  return tf.mean(tf.add(tf.mul(tf.square(near), 0.5), tf.sub(far, near))) as Scalar;
}

const binaryWeights = (tf: Tensorflow, [no = 1, yes = 1]: readonly number[], y: Tensor2D): Tensor => tf.add(tf.mul(y, yes - no), no);

/** l2 · Σ kernel². */
export function weightPenalty(tf: Tensorflow, kernels: readonly Variable[], l2: number): Scalar {
  return tf.mul(l2, tf.addN(kernels.map((kernel) => tf.sum(tf.square(kernel))))) as Scalar;
}
