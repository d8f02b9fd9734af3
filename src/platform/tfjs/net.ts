import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import type { Matrix } from '../../core/table/table.js';
import type { HyperparameterValues, TrainingData } from '../../core/train/model.js';

/** TensorFlow.js' core, loaded where it is needed. */
export type Tensorflow = typeof import('@tensorflow/tfjs-core');

/** What a net is trained from; crosses the worker boundary. */
export interface NetJob {
  /** Kind of model, such as `dense-net`. */
  readonly kind: string;
  readonly data: TrainingData;
  readonly settings: HyperparameterValues;
  readonly seed: number;
}

/** A net of one kind, with weights of its own. */
export interface Net {
  /** All that is trained. */
  readonly variables: readonly Variable[];
  /** Those that the penalty shrinks. */
  readonly kernels: readonly Variable[];
  /** What is kept beside the weights but not trained, such as running means; freed with them. */
  readonly rest?: readonly Variable[];
  /** Names of the variables, where a count of the layers does not say enough. */
  readonly names?: readonly string[];
  /** Rows `order[from]` … as the net takes them, one after another; `random` is there in training and may change them. */
  rows(x: Matrix, order: ArrayLike<number>, from: number, to: number, random?: Random): Float32Array;
  /** Raw outputs: values, or logits; `random` is there in training. Inside a tidy. */
  forward(x: Tensor2D, random?: Random): Tensor2D;
  /** The weights as plain numbers: the state of the model without its target's scaling. */
  read(): Promise<object>;
}

/** Makes a net with weights drawn from `random`, so that every backend starts alike. */
export type BuildNet = (tf: Tensorflow, job: NetJob, random: Random) => Net;

/** Weights by Glorot's uniform law (Glorot and Bengio 2010), for `inputs` values that come in and `outputs` that go out. */
export function drawWeights(tf: Tensorflow, shape: number[], inputs: number, outputs: number, random: Random): Variable {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return makeVariable(tf, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (2 * random() - 1) * limit), shape);
}

/** A variable of these numbers. */
export function makeVariable(tf: Tensorflow, values: Float32Array, shape: number[]): Variable {
  const start = tf.tensor(values, shape);
  const made = tf.variable(start);
  start.dispose();
  return made;
}
