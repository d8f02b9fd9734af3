import type { Optimizer, Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerPlan, SchedulePlan } from '../../core/train/nets/coded/net-plan.js';
import type { Tensorflow } from './net.js';

/** What moves the weights. */
export function makeOptimizer(tf: Tensorflow, { kind, momentum }: OptimizerPlan, learningRate: number): Optimizer {
  if (kind === 'adam') return tf.train.adam(learningRate);
  if (kind === 'rmsprop') return tf.train.rmsprop(learningRate);
  return momentum > 0 ? tf.train.momentum(learningRate, momentum) : tf.train.sgd(learningRate);
}

/** Changes the step of an optimizer that is at work. */
export function setRate(optimizer: Optimizer, rate: number): void {
  // Plain descent keeps its rate as a tensor and has a way to change it; the others read a field, which their types hide.
  const inner = optimizer as unknown as { learningRate: number; setLearningRate?: (rate: number) => void };
  if (inner.setLearningRate) inner.setLearningRate(rate);
  else inner.learningRate = rate;
}

/** Frees all that an optimizer keeps; the one with momentum forgets its rate. */
export function freeOptimizer(optimizer: Optimizer): void {
  optimizer.dispose();
  const { c: rate } = optimizer as unknown as { readonly c?: Tensor };
  if (rate?.isDisposed === false) rate.dispose();
}

/** What the learning rate is multiplied by in an epoch, the first being 1. */
export function rateAt(schedule: SchedulePlan, epoch: number, epochs: number): number {
  if (schedule.kind === 'step') return schedule.factor ** Math.floor((epoch - 1) / schedule.every);
  if (schedule.kind === 'constant') return 1;
  const part = epochs > 1 ? (epoch - 1) / (epochs - 1) : 0;
  return schedule.floor + ((1 - schedule.floor) * (1 + Math.cos(Math.PI * part))) / 2;
}
