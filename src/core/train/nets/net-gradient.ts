import type { FittedModel } from '../model.js';
import type { ConvNetState } from '../models/conv-net.js';
import type { DenseNetState } from '../models/dense-net.js';
import { backThroughConvolution, convolve, openConvLayers, pool, type OpenConvLayer, type Picture } from './conv-layers.js';
import { backThroughLayers, finishGradient } from './dense-layers.js';

/** Gradient of a prediction by the encoded inputs of one row. */
export type RowGradient = (x: Float64Array) => Float64Array;

/** How one prediction follows the inputs: the number, the probability of class 1, or that of class `output`; undefined for a model that is no net. */
export function netGradient(model: FittedModel, output: number): RowGradient | undefined {
  if (model.kind === 'dense-net') {
    const { layers, target } = model.state as DenseNetState;
    return (x) => backThroughLayers(layers, x, (raw) => finishGradient(raw, target, model.task, output));
  }
  if (model.kind !== 'conv-net') return undefined;
  const state = model.state as ConvNetState;
  const filters = openConvLayers(state.filters);
  return (x) => convGradient(state, filters, x, (raw) => finishGradient(raw, state.target, model.task, output));
}

function convGradient({ side, divisor, layers }: ConvNetState, filters: readonly OpenConvLayer[], x: Float64Array, gradientOf: (raw: Float64Array) => Float64Array): Float64Array {
  let picture: Picture = { side, channels: 1, values: x.map((pixel) => pixel / divisor) };
  const seen = filters.map((layer) => {
    const after = convolve(picture, layer);
    const pooled = pool(after);
    const step = { layer, side: after.side, after: after.values, places: pooled.places };
    picture = pooled;
    return step;
  });
  let gradient = backThroughLayers(layers, picture.values, gradientOf);
  for (const { layer, side: own, after, places } of seen.reverse()) {
    const spread = new Float64Array(after.length);
    places.forEach((place, at) => after[place]! > 0 && (spread[place]! += gradient[at]!));
    gradient = backThroughConvolution(own, layer, spread);
  }
  return gradient.map((slope) => slope / divisor);
}
