import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import type { FittedLayer } from '../../core/train/nets/coded/fitted-layers.js';

/** One layer at work. */
export interface CodedPart {
  readonly variables: readonly Variable[];
  /** A name for each variable. */
  readonly names: readonly string[];
  readonly kernels?: readonly Variable[];
  readonly rest?: readonly Variable[];
  /** Inside a tidy; `random` is there in training. */
  forward(x: Tensor, random?: Random): Tensor;
  /** What is left of it when it is trained. */
  read(): Promise<readonly FittedLayer[]>;
}
