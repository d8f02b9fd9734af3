import type { ConvLayer } from '../train/nets/conv-layers.js';
import type { DenseLayer } from '../train/nets/dense-layers.js';

/** A layer by Keras's name for it, and its weights by name and shape. */
export interface KerasLayer {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights?: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: readonly number[] }[];
}

const INITIAL = { kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } }, bias_initializer: { class_name: 'Zeros', config: {} }, kernel_regularizer: null, bias_regularizer: null, activity_regularizer: null, kernel_constraint: null, bias_constraint: null };

/** A dense layer, perhaps without biases. */
export const kerasDense = ({ inputs, outputs, kernel, bias }: Omit<DenseLayer, 'bias'> & { readonly bias?: readonly number[] }, activation: string): KerasLayer => ({
  type: 'Dense',
  config: { units: outputs, activation, use_bias: bias !== undefined, ...INITIAL },
  weights: [{ name: 'kernel', shape: [inputs, outputs], values: kernel }, ...(bias ? [{ name: 'bias', shape: [outputs], values: bias }] : [])],
});

/** A convolution that keeps the side of the picture. */
export const kerasConvolution = ({ size, inputs, outputs, weights, bias }: ConvLayer, activation: string): KerasLayer => ({
  type: 'Conv2D',
  config: { filters: outputs, kernel_size: [size, size], strides: [1, 1], padding: 'same', data_format: 'channels_last', dilation_rate: [1, 1], activation, use_bias: true, ...INITIAL },
  weights: [{ name: 'kernel', shape: [size, size, inputs, outputs], values: weights }, { name: 'bias', shape: [outputs], values: bias }],
});

/** The greatest of each `size` by `size` pixels. */
export const kerasPool = (size: number): KerasLayer => ({ type: 'MaxPooling2D', config: { pool_size: [size, size], strides: [size, size], padding: 'valid', data_format: 'channels_last' } });

export const kerasFlatten: KerasLayer = { type: 'Flatten', config: { data_format: 'channels_last' } };

/**
 * `model.json` and `weights.bin` of layers one after another, which `tf.loadLayersModel` reads; `inputs` is the length of a row. Keras 2's names of
 * things, since those of Keras 3 do not load.
 */
export function layersModel(inputs: number, layers: readonly KerasLayer[]): Record<'model.json' | 'weights.bin', Uint8Array> {
  const named = layers.map((layer, at) => ({ ...layer, name: `${layer.type.toLowerCase()}_${at + 1}` }));
  const topology = named.map(({ type, config, name }, at) => ({ class_name: type, config: { ...(at === 0 ? { batch_input_shape: [null, inputs] } : {}), dtype: 'float32', name, trainable: true, ...config } }));
  const weights = named.flatMap(({ name, weights: own = [] }) => own.map((weight) => ({ ...weight, name: `${name}/${weight.name}` })));
  const model = {
    format: 'layers-model',
    generatedBy: 'looplab',
    convertedBy: null,
    modelTopology: { class_name: 'Sequential', config: { name: 'looplab', layers: topology }, keras_version: '2.15.0', backend: 'tensorflow' },
    weightsManifest: [{ paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }],
  };
  const values = new Float32Array(weights.reduce((sum, { values: own }) => sum + own.length, 0));
  let at = 0;
  for (const { values: own } of weights) {
    values.set(own, at);
    at += own.length;
  }
  return { 'model.json': new TextEncoder().encode(`${JSON.stringify(model)}\n`), 'weights.bin': new Uint8Array(values.buffer) };
}
