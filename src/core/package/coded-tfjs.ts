import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import type { CodedNetState } from '../train/models/coded-net.js';
import type { Activation } from '../train/nets/coded/net-plan.js';
import type { FittedLayer } from '../train/nets/coded/fitted-layers.js';
import { kerasConvolution, kerasDense, kerasFlatten, kerasPool, type KerasLayer } from './keras-layers.js';

/** Keras's gelu is by the error function, so the lab's cannot leave. */
function nameOfActivation(activation: Activation): string {
  if (activation === 'gelu') throw new LabError('export-kind', { model: 'coded-net (gelu)', format: 'tfjs' });
  return activation;
}

/**
 * A net written as code in TensorFlow.js's layers format, where its layers stand one after another. The
 * scaling of a regression target is one layer more at the end. Throws `export-kind` for
 * layer norms and residuals.
 */
export function codedLayers({ layers, target, shape, outputs }: CodedNetState, task: Task): { inputs: number; layers: KerasLayer[] } {
  const { offset, divisor } = task === 'regression' ? target : { offset: 0, divisor: 1 };
  const picture: KerasLayer[] = shape.length > 1 ? [{ type: 'Reshape', config: { target_shape: shape } }] : [];
  const plain = layers.map((layer) => plainLayer(layer, shape.at(-1)!));
  const inputs = shape.reduce((product, side) => product * side, 1);
  const end: KerasLayer[] = task === 'regression' ? [affine(Array.from({ length: outputs }, () => divisor), Array.from({ length: outputs }, () => offset), outputs)] : [{ type: 'Activation', config: { activation: task === 'binary' ? 'sigmoid' : 'softmax' } }];
  return { inputs, layers: [...picture, ...plain, ...end] };
}

/** `channels` is the last axis of the input. */
function plainLayer(layer: FittedLayer, channels: number): KerasLayer {
  switch (layer.kind) {
    case 'dense':
      return kerasDense(layer, nameOfActivation(layer.activation));
    case 'activation':
      return { type: 'Activation', config: { activation: nameOfActivation(layer.activation) } };
    case 'scale':
      return affine(layer.scale, layer.shift, layer.scale.length);
    case 'conv2d':
      return kerasConvolution(layer, nameOfActivation(layer.activation));
    case 'maxPool':
      return kerasPool(layer.size);
    case 'averageAll':
      return { type: 'GlobalAveragePooling2D', config: {} };
    case 'flatten':
      return kerasFlatten;
    case 'rescale':
      // The first layer, if any.
      return affine(new Array<number>(channels).fill(1 / layer.divisor), new Array<number>(channels).fill(0), channels);
    default:
      throw new LabError('export-kind', { model: `coded-net (${layer.kind})`, format: 'tfjs' });
  }
}

/** scale · x + shift as a batch norm whose means are 0 and whose variances, with what is added to them, are 1. */
function affine(scale: readonly number[], shift: readonly number[], width: number): KerasLayer {
  const all = (value: number): number[] => Array.from({ length: width }, () => value);
  const vector = (name: string, values: readonly number[]) => ({ name, shape: [width], values });
  return { type: 'BatchNormalization', config: { axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true }, weights: [vector('gamma', scale), vector('beta', shift), vector('moving_mean', all(0)), vector('moving_variance', all(1 - 0.001))] };
}
