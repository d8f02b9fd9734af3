import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import type { FittedModel } from '../train/model.js';
import type { ConvNetState } from '../train/models/conv-net.js';
import type { DenseNetState } from '../train/models/dense-net.js';
import type { TextEmbeddingState } from '../train/models/text-embedding.js';
import { pooledSide } from '../train/nets/conv-layers.js';
import type { DenseLayer, TargetScaling } from '../train/nets/dense-layers.js';

/** A layer by Keras's name for it, and its weights by name and shape. */
interface Layer {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights?: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: readonly number[] }[];
}

/**
 * A net in TensorFlow.js's layers format: `model.json` and `weights.bin`, which `tf.loadLayersModel` reads. Keras 2's names of things, since
 * those of Keras 3 do not load. The scaling of a regression target is folded into the last layer, so that predictions are in its unit, and that
 * of pixels into the first filters. Throws `export-kind` {model, format} for what is no net.
 */
export function tfjsFiles({ kind, state, task }: Pick<FittedModel, 'kind' | 'state' | 'task'>): Record<'model.json' | 'weights.bin', Uint8Array> {
  const { inputs, layers } = layersOf(kind, state, task);
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

function layersOf(kind: string, state: unknown, task: Task): { inputs: number; layers: Layer[] } {
  switch (kind) {
    case 'dense-net': {
      const { layers, target } = state as DenseNetState;
      return { inputs: layers[0]!.inputs, layers: denseLayers(layers, target, task) };
    }
    case 'conv-net':
      return pictureLayers(state as ConvNetState, task);
    case 'text-embedding': {
      const { dimensions, vectors, layers, target } = state as TextEmbeddingState;
      const terms = vectors.length / dimensions;
      return { inputs: terms, layers: [dense({ inputs: terms, outputs: dimensions, kernel: vectors }, 'linear'), ...denseLayers(layers, target, task)] };
    }
    default:
      throw new LabError('export-kind', { model: kind, format: 'tfjs' });
  }
}

const INITIAL = { kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } }, bias_initializer: { class_name: 'Zeros', config: {} }, kernel_regularizer: null, bias_regularizer: null, activity_regularizer: null, kernel_constraint: null, bias_constraint: null };

function denseLayers(layers: readonly DenseLayer[], target: TargetScaling, task: Task): Layer[] {
  const last = layers.length - 1;
  const { offset, divisor } = task === 'regression' ? target : { offset: 0, divisor: 1 };
  const end = task === 'regression' ? 'linear' : task === 'binary' ? 'sigmoid' : 'softmax';
  return layers.map((layer, at) => (at < last ? dense(layer, 'relu') : dense({ ...layer, kernel: layer.kernel.map((w) => w * divisor), bias: layer.bias.map((b) => b * divisor + offset) }, end)));
}

function dense({ inputs, outputs, kernel, bias }: Omit<DenseLayer, 'bias'> & { readonly bias?: readonly number[] }, activation: string): Layer {
  return {
    type: 'Dense',
    config: { units: outputs, activation, use_bias: bias !== undefined, ...INITIAL },
    weights: [{ name: 'kernel', shape: [inputs, outputs], values: kernel }, ...(bias ? [{ name: 'bias', shape: [outputs], values: bias }] : [])],
  };
}

function pictureLayers({ side, divisor, filters, layers, target }: ConvNetState, task: Task): { inputs: number; layers: Layer[] } {
  const found: Layer[] = [{ type: 'Reshape', config: { target_shape: [side, side, 1] } }];
  let now = side;
  filters.forEach(({ size, inputs, outputs, weights, bias }, at) => {
    found.push({
      type: 'Conv2D',
      config: { filters: outputs, kernel_size: [size, size], strides: [1, 1], padding: 'same', data_format: 'channels_last', dilation_rate: [1, 1], activation: 'relu', use_bias: true, ...INITIAL },
      weights: [{ name: 'kernel', shape: [size, size, inputs, outputs], values: at > 0 ? weights : weights.map((weight) => weight / divisor) }, { name: 'bias', shape: [outputs], values: bias }],
    });
    if (now > 1) found.push({ type: 'MaxPooling2D', config: { pool_size: [2, 2], strides: [2, 2], padding: 'valid', data_format: 'channels_last' } });
    now = pooledSide(now);
  });
  return { inputs: side * side, layers: [...found, { type: 'Flatten', config: { data_format: 'channels_last' } }, ...denseLayers(layers, target, task)] };
}
