import { pickGreatest, type Signal } from './pick-greatest.js';
import { activate } from './activations.js';
import type { Activation } from './net-plan.js';
import { openConvLayers, slideFilters, type ConvLayer, type OpenConvLayer } from '../conv-layers.js';
import type { DenseLayer } from '../dense-layers.js';

/** A trained layer as plain numbers. Dropout is gone; a batch norm is the scale and shift of each column or channel that it came to. */
export type FittedLayer =
  | (DenseLayer & { readonly kind: 'dense'; readonly activation: Activation })
  | (ConvLayer & { readonly kind: 'conv2d'; readonly activation: Activation })
  | { readonly kind: 'activation'; readonly activation: Activation }
  | { readonly kind: 'scale'; readonly scale: readonly number[]; readonly shift: readonly number[] }
  | { readonly kind: 'layerNorm'; readonly scale: readonly number[]; readonly shift: readonly number[] }
  | { readonly kind: 'maxPool'; readonly size: number }
  | { readonly kind: 'averageAll' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'rescale'; readonly divisor: number }
  | { readonly kind: 'residual'; readonly layers: readonly FittedLayer[] };

/** Added to a variance before its root is taken. */
export const NORM_EPSILON = 1e-3;

/** A layer that is ready for many rows. */
type RunLayer = (signal: Signal) => Signal;

/** The layers one after another, their weights laid out for fast loops. */
export function openLayers(layers: readonly FittedLayer[]): RunLayer {
  const steps = layers.map(openLayer);
  return (signal) => steps.reduce((now, step) => step(now), signal);
}

function openLayer(layer: FittedLayer): RunLayer {
  switch (layer.kind) {
    case 'dense':
      return openDense(layer);
    case 'conv2d':
      return openConv(openConvLayers([layer])[0]!, layer.activation);
    case 'activation':
      return ({ shape, values }) => ({ shape, values: activate(values.slice(), layer.activation) });
    case 'scale':
      return ({ shape, values }) => ({ shape, values: values.map((value, at) => value * layer.scale[at % layer.scale.length]! + layer.shift[at % layer.shift.length]!) });
    case 'layerNorm':
      return ({ shape, values }) => ({ shape, values: normalise(values, layer.scale, layer.shift) });
    case 'maxPool':
      return (signal) => pickGreatest(signal, layer.size);
    case 'averageAll':
      return averageAll;
    case 'flatten':
      return ({ values }) => ({ shape: [values.length], values });
    case 'rescale':
      return ({ shape, values }) => ({ shape, values: values.map((value) => value / layer.divisor) });
    case 'residual': {
      const inner = openLayers(layer.layers);
      return (signal) => {
        const out = inner(signal).values;
        return { shape: signal.shape, values: signal.values.map((value, at) => value + out[at]!) };
      };
    }
  }
}

function openDense({ inputs, outputs, kernel, bias, activation }: FittedLayer & { kind: 'dense' }): RunLayer {
  const [weights, start] = [Float64Array.from(kernel), Float64Array.from(bias)];
  return ({ values }) => {
    const out = start.slice();
    for (let i = 0, at = 0; i < inputs; i++) {
      const value = values[i]!;
      if (value === 0) at += outputs;
      else for (let o = 0; o < outputs; o++, at++) out[o]! += value * weights[at]!;
    }
    return { shape: [outputs], values: activate(out, activation) };
  };
}

const openConv = (layer: OpenConvLayer, activation: Activation): RunLayer => ({ shape, values }) => {
  const { side, channels, values: out } = slideFilters({ side: shape[0]!, channels: shape[2]!, values }, layer);
  return { shape: [side, side, channels], values: activate(out, activation) };
};

/** Mean 0 and variance 1 over the last axis (Ba and others 2016), then scale and shift. */
function normalise(values: Float64Array, scale: readonly number[], shift: readonly number[]): Float64Array {
  const width = scale.length;
  const out = new Float64Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    const part = values.subarray(from, from + width);
    const mean = part.reduce((sum, value) => sum + value, 0) / width;
    const spread = Math.sqrt(part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width + NORM_EPSILON);
    part.forEach((value, at) => (out[from + at] = ((value - mean) / spread) * scale[at]! + shift[at]!));
  }
  return out;
}

/** The mean of each channel over the whole picture. */
function averageAll({ shape, values }: Signal): Signal {
  const channels = shape[2]!;
  const out = new Float64Array(channels);
  values.forEach((value, at) => (out[at % channels]! += (value * channels) / values.length));
  return { shape: [channels], values: out };
}
