import type { Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import type { Tensorflow } from './net.js';

/** Each value is set to 0 with the chance `rate`, the others grow so that their sum stays; drawn by us, since the library's dropout differs by backend. */
export function dropValues<T extends Tensor>(tf: Tensorflow, values: T, rate: number, random: Random): T {
  const kept = 1 / (1 - rate);
  const mask = Float32Array.from({ length: values.size }, () => (random() < rate ? 0 : kept));
  return tf.mul(values, tf.tensor(mask, values.shape));
}
