import type { Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../core/random.js';
import { imageSideOf } from '../../core/train/models/conv-net.js';
import { pooledSide, type ConvLayer } from '../../core/train/nets/conv-layers.js';
import { createLayers, readLayers, runLayers } from './dense-layers.js';
import { dropValues } from './drop-values.js';
import { drawWeights, makeVariable, type BuildNet, type Tensorflow } from './net.js';
import { gatherRows, outputsOf } from './net-data.js';
import { shiftPictures } from './shift-pictures.js';

interface FilterLayer {
  readonly weights: Variable;
  readonly bias: Variable;
}

interface ConvSettings {
  readonly filters: readonly number[];
  readonly kernel: number;
  readonly units: number;
  readonly dropout: number;
  readonly shift: number;
}

/** The net behind `conv-net`: convolution, relu and pooling for each number of filters, then a dense layer with dropout around it. */
export const buildConvNet: BuildNet = (tf, { data, settings }, random) => {
  const { filters, kernel, units, dropout, shift } = settings as unknown as ConvSettings;
  const side = imageSideOf(data.features);
  const divisor = data.x.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const convolutions = createFilters(tf, filters, kernel, random);
  const last = filters.reduce(pooledSide, side);
  const layers = createLayers(tf, [last * last * filters.at(-1)!, units, outputsOf(data)], random);
  return {
    variables: [...convolutions.flatMap(({ weights, bias }) => [weights, bias]), ...layers.flatMap((layer) => [layer.kernel, layer.bias])],
    kernels: [...convolutions.map(({ weights }) => weights), ...layers.map((layer) => layer.kernel)],
    rows: (x, order, from, to, drawn) => {
      const rows = gatherRows(x, order, from, to).map((pixel) => pixel / divisor);
      return drawn && shift > 0 ? shiftPictures(rows, side, shift, drawn) : rows;
    },
    forward: (x, drawn) => {
      const drop = (values: Tensor2D): Tensor2D => (drawn && dropout > 0 ? dropValues(tf, values, dropout, drawn) : values);
      return runLayers(tf, layers, drop(runFilters(tf, convolutions, tf.reshape(x, [-1, side, side, 1]))), drop);
    },
    read: async () => ({ side, divisor, filters: await readFilters(convolutions), layers: await readLayers(layers) }),
  };
};

function createFilters(tf: Tensorflow, filters: readonly number[], size: number, random: Random): FilterLayer[] {
  return filters.map((outputs, i) => {
    const inputs = i === 0 ? 1 : filters[i - 1]!;
    const weights = drawWeights(tf, [size, size, inputs, outputs], size * size * inputs, size * size * outputs, random);
    return { weights, bias: makeVariable(tf, new Float32Array(outputs), [outputs]) };
  });
}

function runFilters(tf: Tensorflow, filters: readonly FilterLayer[], pictures: Tensor4D): Tensor2D {
  const seen = filters.reduce((values, { weights, bias }) => {
    const out = tf.relu(tf.add(tf.conv2d(values, weights as unknown as Tensor4D, 1, 'same'), bias)) as Tensor4D;
    return out.shape[1] > 1 ? tf.maxPool(out, 2, 2, 'valid') : out;
  }, pictures);
  return tf.reshape(seen, [seen.shape[0], -1]);
}

async function readFilters(filters: readonly FilterLayer[]): Promise<ConvLayer[]> {
  return Promise.all(
    filters.map(async ({ weights, bias }) => ({
      size: weights.shape[0]!,
      inputs: weights.shape[2]!,
      outputs: weights.shape[3]!,
      weights: Array.from(await weights.data()),
      bias: Array.from(await bias.data()),
    })),
  );
}
