import type { Task } from '../prepare/recipe.js';
import type { DenseNetState } from '../train/models/dense-net.js';

/**
 * A dense net in TensorFlow.js's layers format: `model.json` and `weights.bin`, which `tf.loadLayersModel` reads. Keras 2's names of things, since
 * those of Keras 3 do not load. The scaling of a regression target is folded into the last layer, so that predictions are in its unit.
 */
export function tfjsFiles({ layers, target }: DenseNetState, task: Task): Record<'model.json' | 'weights.bin', Uint8Array> {
  const last = layers.length - 1;
  const { offset, divisor } = task === 'regression' ? target : { offset: 0, divisor: 1 };
  const end = task === 'regression' ? 'linear' : task === 'binary' ? 'sigmoid' : 'softmax';
  const weights = layers.map(({ kernel, bias }, at) => (at < last ? { kernel, bias } : { kernel: kernel.map((w) => w * divisor), bias: bias.map((b) => b * divisor + offset) }));
  const topology = layers.map(({ inputs, outputs }, at) => ({
    class_name: 'Dense',
    config: {
      ...(at === 0 ? { batch_input_shape: [null, inputs] } : {}),
      dtype: 'float32', name: nameOf(at), trainable: true, units: outputs, activation: at < last ? 'relu' : end, use_bias: true,
      kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } }, bias_initializer: { class_name: 'Zeros', config: {} },
      kernel_regularizer: null, bias_regularizer: null, activity_regularizer: null, kernel_constraint: null, bias_constraint: null,
    },
  }));
  const model = {
    format: 'layers-model',
    generatedBy: 'looplab',
    convertedBy: null,
    modelTopology: { class_name: 'Sequential', config: { name: 'looplab', layers: topology }, keras_version: '2.15.0', backend: 'tensorflow' },
    weightsManifest: [{ paths: ['weights.bin'], weights: layers.flatMap(({ inputs, outputs }, at) => [{ name: `${nameOf(at)}/kernel`, shape: [inputs, outputs], dtype: 'float32' }, { name: `${nameOf(at)}/bias`, shape: [outputs], dtype: 'float32' }]) }],
  };
  const values = Float32Array.from(weights.flatMap(({ kernel, bias }) => [...kernel, ...bias]));
  return { 'model.json': new TextEncoder().encode(`${JSON.stringify(model)}\n`), 'weights.bin': new Uint8Array(values.buffer) };
}

const nameOf = (layer: number): string => `dense_${layer + 1}`;
