import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';
import type { FittedModel } from '../train/model.js';
import type { CodedNetState } from '../train/models/coded-net.js';
import type { ConvNetState } from '../train/models/conv-net.js';
import type { DenseNetState } from '../train/models/dense-net.js';
import type { TextEmbeddingState } from '../train/models/text-embedding.js';
import { pooledSide } from '../train/nets/conv-layers.js';
import type { DenseLayer, TargetScaling } from '../train/nets/dense-layers.js';
import { codedLayers } from './coded-tfjs.js';
import { kerasConvolution, kerasDense, kerasFlatten, kerasPool, layersModel, type KerasLayer } from './keras-layers.js';

/**
 * A net in TensorFlow.js's layers format. The scaling of a regression target is folded into the last layer, so that predictions are in its unit, and
 * that of pixels into the first filters. Throws `export-kind` {model, format} for what is no net.
 */
export function tfjsFiles({ kind, state, task }: Pick<FittedModel, 'kind' | 'state' | 'task'>): Record<'model.json' | 'weights.bin', Uint8Array> {
  const { inputs, layers } = layersOf(kind, state, task);
  return layersModel(inputs, layers);
}

function layersOf(kind: string, state: unknown, task: Task): { inputs: number; layers: KerasLayer[] } {
  switch (kind) {
    case 'coded-net':
      return codedLayers(state as CodedNetState, task);
    case 'dense-net': {
      const { layers, target } = state as DenseNetState;
      return { inputs: layers[0]!.inputs, layers: denseLayers(layers, target, task) };
    }
    case 'conv-net':
      return pictureLayers(state as ConvNetState, task);
    case 'text-embedding': {
      const { dimensions, vectors, layers, target } = state as TextEmbeddingState;
      const terms = vectors.length / dimensions;
      return { inputs: terms, layers: [kerasDense({ inputs: terms, outputs: dimensions, kernel: vectors }, 'linear'), ...denseLayers(layers, target, task)] };
    }
    default:
      throw new LabError('export-kind', { model: kind, format: 'tfjs' });
  }
}

function denseLayers(layers: readonly DenseLayer[], target: TargetScaling, task: Task): KerasLayer[] {
  const last = layers.length - 1;
  const { offset, divisor } = task === 'regression' ? target : { offset: 0, divisor: 1 };
  const end = task === 'regression' ? 'linear' : task === 'binary' ? 'sigmoid' : 'softmax';
  return layers.map((layer, at) => (at < last ? kerasDense(layer, 'relu') : kerasDense({ ...layer, kernel: layer.kernel.map((w) => w * divisor), bias: layer.bias.map((b) => b * divisor + offset) }, end)));
}

function pictureLayers({ side, divisor, filters, layers, target }: ConvNetState, task: Task): { inputs: number; layers: KerasLayer[] } {
  const found: KerasLayer[] = [{ type: 'Reshape', config: { target_shape: [side, side, 1] } }];
  let now = side;
  filters.forEach((filter, at) => {
    found.push(kerasConvolution(at > 0 ? filter : { ...filter, weights: filter.weights.map((weight) => weight / divisor) }, 'relu'));
    if (now > 1) found.push(kerasPool(2));
    now = pooledSide(now);
  });
  return { inputs: side * side, layers: [...found, kerasFlatten, ...denseLayers(layers, target, task)] };
}
