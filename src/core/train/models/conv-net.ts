import { LabError } from '../../lab-error.js';
import { findImageColumns } from '../../table/image-columns.js';
import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { ModelDefinition, TrainingData } from '../model.js';
import { convolve, openConvLayers, pool, type ConvLayer, type OpenConvLayer, type Picture } from '../nets/conv-layers.js';
import { finishOutputs, runDenseLayers, type DenseLayer, type TargetScaling } from '../nets/dense-layers.js';

/** Filters, each followed by relu and pooling, then dense layers; the inputs are divided by `divisor` first. */
export interface ConvNetState {
  readonly side: number;
  readonly divisor: number;
  readonly filters: readonly ConvLayer[];
  readonly layers: readonly DenseLayer[];
  readonly target: TargetScaling;
}

/** A net of convolutions for square pictures; trained by the platform's net trainer, answered here without it. */
export const convNet: ModelDefinition<ConvNetState> = {
  kind: 'conv-net',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'filters', type: 'integers', default: [8, 16], min: 1, max: 128 },
    { name: 'kernel', type: 'integer', default: 3, min: 1, max: 7 },
    { name: 'units', type: 'integer', default: 64, min: 1, max: 1024 },
    { name: 'dropout', type: 'number', default: 0.2, min: 0, max: 0.9 },
    { name: 'shift', type: 'integer', default: 0, min: 0, max: 8 },
    { name: 'epochs', type: 'integer', default: 12, min: 1, max: 10000 },
    { name: 'batch', type: 'integer', default: 32, min: 1, max: 4096 },
    { name: 'learningRate', type: 'number', default: 0.003, min: 1e-7, max: 1e6 },
    { name: 'l2', type: 'number', default: 0, min: 0, max: 1e6 },
  ],
  trainer: 'net',
  inputs: 'images',
  check: ({ features }) => void imageSideOf(features),
  predict: predictConvNet,
};

/** Pixels along a side of the pictures that are the inputs. Throws `not-images` {columns} unless they are the pixels of a square in their order, and nothing else. */
export function imageSideOf(features: TrainingData['features']): number {
  const found = findImageColumns(features);
  if (!found || found.places.length !== features.length || found.places.some((place, pixel) => place !== pixel)) throw new LabError('not-images', { columns: features.length });
  return found.side;
}

function predictConvNet(state: ConvNetState, x: Matrix, task: Task): Float64Array {
  const filters = openConvLayers(state.filters);
  const width = state.layers[0]!.inputs;
  const flat = new Float64Array(x.rows * width);
  for (let row = 0; row < x.rows; row++) flat.set(seePicture(state, filters, x.data.subarray(row * x.columns, (row + 1) * x.columns)), row * width);
  return finishOutputs(runDenseLayers(state.layers, flat, x.rows), state, task);
}

/** What the dense layers are given of one picture. */
function seePicture({ side, divisor }: ConvNetState, filters: readonly OpenConvLayer[], pixels: Float64Array): Float64Array {
  return filters.reduce<Picture>((picture, layer) => pool(convolve(picture, layer)), { side, channels: 1, values: pixels.map((pixel) => pixel / divisor) }).values;
}
