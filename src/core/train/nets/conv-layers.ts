import { cutNegative } from './dense-layers.js';

/** Filters that slide over a picture a step at a time, zeros around it: weights [row][column][input][output] and a bias for each output. */
export interface ConvLayer {
  /** Rows and columns of a filter. */
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: readonly number[];
  readonly bias: readonly number[];
}

/** Numbers [row][column][channel] of one square picture. */
export interface Picture {
  readonly side: number;
  readonly channels: number;
  readonly values: Float64Array;
}

/** A layer with its weights where loops are fast. */
export interface OpenConvLayer extends Omit<ConvLayer, 'weights' | 'bias'> {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** The layers for many pictures. */
export const openConvLayers = (layers: readonly ConvLayer[]): OpenConvLayer[] =>
  layers.map((layer) => ({ ...layer, weights: Float64Array.from(layer.weights), bias: Float64Array.from(layer.bias) }));

/** relu(picture * filters + bias), of the picture's own size. */
export function convolve(picture: Picture, layer: OpenConvLayer): Picture {
  const out = slideFilters(picture, layer);
  cutNegative(out.values);
  return out;
}

/** picture * filters + bias, of the picture's own size. */
export function slideFilters({ side, values }: Picture, layer: OpenConvLayer): Picture {
  const { outputs, inputs, weights, bias } = layer;
  const out = new Float64Array(side * side * outputs);
  for (let at = 0; at < out.length; at += outputs) out.set(bias, at);
  eachTap(side, layer, (from, to, tap) => {
    for (let i = 0, w = tap; i < inputs; i++) {
      const value = values[from + i]!;
      if (value === 0) w += outputs;
      else for (let o = 0; o < outputs; o++, w++) out[to + o]! += value * weights[w]!;
    }
  });
  return { side, channels: outputs, values: out };
}

/** Gradient by a layer's input, given that by its output before relu. */
export function backThroughConvolution(side: number, layer: OpenConvLayer, gradient: Float64Array): Float64Array {
  const { inputs, outputs, weights } = layer;
  const back = new Float64Array(side * side * inputs);
  eachTap(side, layer, (from, to, tap) => {
    for (let i = 0, w = tap; i < inputs; i++) for (let o = 0; o < outputs; o++, w++) back[from + i]! += gradient[to + o]! * weights[w]!;
  });
  return back;
}

/** Visits each pair of an input pixel and the output pixel that it reaches: offsets of both and of the weights between them. */
function eachTap(side: number, { size, inputs, outputs }: OpenConvLayer, visit: (from: number, to: number, tap: number) => void): void {
  const before = (size - 1) >> 1;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const to = (y * side + x) * outputs;
      for (let r = Math.max(0, before - y); r < Math.min(size, side + before - y); r++) {
        for (let c = Math.max(0, before - x); c < Math.min(size, side + before - x); c++) {
          visit(((y + r - before) * side + x + c - before) * inputs, to, (r * size + c) * inputs * outputs);
        }
      }
    }
  }
}

/** The greatest of each two by two pixels; a last odd row or column is left out, and a single pixel stays as it is. */
export function pool(picture: Picture): Picture & { readonly places: Int32Array } {
  const { side, channels, values } = picture;
  const half = pooledSide(side);
  const reach = side > 1 ? [0, channels, side * channels, (side + 1) * channels] : [0];
  const out = new Float64Array(half * half * channels);
  const places = new Int32Array(out.length);
  for (let y = 0, to = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      for (let channel = 0; channel < channels; channel++, to++) {
        const corner = (2 * y * side + 2 * x) * channels + channel;
        let best = corner;
        for (const step of reach) if (values[corner + step]! > values[best]!) best = corner + step;
        out[to] = values[best]!;
        places[to] = best;
      }
    }
  }
  return { side: half, channels, values: out, places };
}

/** Pixels along a side after pooling. */
export const pooledSide = (side: number): number => (side > 1 ? side >> 1 : 1);
