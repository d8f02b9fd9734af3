import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../../core/train/nets/coded/net-plan.js';
import type { Tensorflow } from './net.js';

export type Activate = (x: Tensor) => Tensor;

const ROOT = Math.sqrt(2 / Math.PI);

/** An activation of steps that every backend has, forwards and backwards. */
export function makeActivation(tf: Tensorflow, activation: Activation): Activate {
  switch (activation) {
    case 'linear':
      return (x) => x;
    case 'relu':
      return (x) => tf.relu(x);
    case 'tanh':
      return (x) => tf.tanh(x);
    case 'sigmoid':
      return (x) => tf.sigmoid(x);
    case 'elu':
      // relu(x) + exp(−relu(−x)) − 1: the exponent is never above 0.
      return (x) => tf.add(tf.relu(x), tf.sub(tf.exp(tf.neg(tf.relu(tf.neg(x)))), 1));
    case 'gelu':
      return (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)), ROOT)), 1));
  }
}
