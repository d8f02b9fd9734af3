import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import type { CodedNetState } from '../train/models/coded-net.js';
import type { Activation } from '../train/nets/coded/net-plan.js';
import type { FittedLayer } from '../train/nets/coded/fitted-layers.js';

interface PlainLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: readonly number[] }[];
}

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
export function codedTfjsFiles({ layers, target, shape, outputs }: CodedNetState, task: Task): Record<'model.json' | 'weights.bin', Uint8Array> {
  const { offset, divisor } = task === 'regression' ? target : { offset: 0, divisor: 1 };
  const picture: PlainLayer[] = shape.length > 1 ? [{ class_name: 'Reshape', config: { target_shape: shape }, weights: [] }] : [];
  const plain = layers.map((layer) => plainLayer(layer, shape.at(-1)!));
  const size = shape.reduce((product, side) => product * side, 1);
  const end: PlainLayer[] = task === 'regression' ? [affine(Array.from({ length: outputs }, () => divisor), Array.from({ length: outputs }, () => offset), outputs)] : [{ class_name: 'Activation', config: { activation: task === 'binary' ? 'sigmoid' : 'softmax' }, weights: [] }];
  return modelFiles([...picture, ...plain, ...end], size);
}

/** `channels` is the last axis of the input. */
function plainLayer(layer: FittedLayer, channels: number): PlainLayer {
  switch (layer.kind) {
    case 'dense':
      return { class_name: 'Dense', config: { units: layer.outputs, activation: nameOfActivation(layer.activation), use_bias: true }, weights: [{ name: 'kernel', shape: [layer.inputs, layer.outputs], values: layer.kernel }, { name: 'bias', shape: [layer.outputs], values: layer.bias }] };
    case 'activation':
      return { class_name: 'Activation', config: { activation: nameOfActivation(layer.activation) }, weights: [] };
    case 'scale':
      return affine(layer.scale, layer.shift, layer.scale.length);
    case 'conv2d': {
      const { size, inputs, outputs, activation, weights, bias } = layer;
      return { class_name: 'Conv2D', config: { filters: outputs, kernel_size: [size, size], strides: [1, 1], padding: 'same', activation: nameOfActivation(activation), use_bias: true }, weights: [{ name: 'kernel', shape: [size, size, inputs, outputs], values: weights }, { name: 'bias', shape: [outputs], values: bias }] };
    }
    case 'maxPool':
      return { class_name: 'MaxPooling2D', config: { pool_size: [layer.size, layer.size], strides: [layer.size, layer.size], padding: 'valid' }, weights: [] };
    case 'averageAll':
      return { class_name: 'GlobalAveragePooling2D', config: {}, weights: [] };
    case 'flatten':
      return { class_name: 'Flatten', config: {}, weights: [] };
    case 'rescale':
      // The first layer, if any.
      return affine(new Array<number>(channels).fill(1 / layer.divisor), new Array<number>(channels).fill(0), channels);
    default:
      throw new LabError('export-kind', { model: `coded-net (${layer.kind})`, format: 'tfjs' });
  }
}

/** scale · x + shift as a batch norm whose means are 0 and whose variances, with what is added to them, are 1. */
function affine(scale: readonly number[], shift: readonly number[], width: number): PlainLayer {
  const all = (value: number): number[] => Array.from({ length: width }, () => value);
  const vector = (name: string, values: readonly number[]) => ({ name, shape: [width], values });
  return { class_name: 'BatchNormalization', config: { axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true }, weights: [vector('gamma', scale), vector('beta', shift), vector('moving_mean', all(0)), vector('moving_variance', all(1 - 0.001))] };
}

/** `model.json` and `weights.bin` of layers one after another, with Keras 2's names of things. */
function modelFiles(layers: readonly PlainLayer[], inputs: number): Record<'model.json' | 'weights.bin', Uint8Array> {
  const nameOf = (at: number): string => `${layers[at]!.class_name.toLowerCase()}_${at + 1}`;
  const topology = layers.map(({ class_name, config }, at) => ({ class_name, config: { ...(at === 0 ? { batch_input_shape: [null, inputs] } : {}), dtype: 'float32', name: nameOf(at), trainable: true, ...config } }));
  const weights = layers.flatMap((layer, at) => layer.weights.map(({ name, shape }) => ({ name: `${nameOf(at)}/${name}`, shape, dtype: 'float32' })));
  const model = {
    format: 'layers-model', generatedBy: 'looplab', convertedBy: null,
    modelTopology: { class_name: 'Sequential', config: { name: 'looplab', layers: topology }, keras_version: '2.15.0', backend: 'tensorflow' },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  const values = Float32Array.from(layers.flatMap((layer) => layer.weights.flatMap((weight) => [...weight.values])));
  return { 'model.json': new TextEncoder().encode(`${JSON.stringify(model)}\n`), 'weights.bin': new Uint8Array(values.buffer) };
}
