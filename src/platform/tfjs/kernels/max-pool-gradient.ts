import type { KernelConfig, MaxPoolGradAttrs } from '@tensorflow/tfjs-core';
import type { Tensorflow } from '../net.js';
import { wasmKernel, type WindowSizes } from './wasm-kernel.js';

/** `MaxPoolGrad`: the gradient goes to the first greatest of each window. The backend's own finds none where all are below 0. */
export const maxPoolGradient = ({ backend_util }: Tensorflow): KernelConfig =>
  wasmKernel('MaxPoolGrad', ['dy', 'input'], ([, input], attributes) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as MaxPoolGradAttrs;
    const shape = input!.shape as [number, number, number, number];
    const sizes = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    return { shape: [...shape], fill: (out, dy, values) => sendBack(sizes, out, dy!, values!) };
  });

function sendBack(s: WindowSizes, out: Float32Array, dy: Float32Array, values: Float32Array): void {
  let at = 0;
  for (let picture = 0; picture < s.batchSize; picture++) {
    for (let y = 0; y < s.outHeight; y++) {
      for (let x = 0; x < s.outWidth; x++) {
        for (let channel = 0; channel < s.inChannels; channel++, at++) out[greatestIn(s, values, picture, y, x, channel)]! += dy[at]!;
      }
    }
  }
}

/** Place of the first greatest value of a window. */
function greatestIn(s: WindowSizes, values: Float32Array, picture: number, y: number, x: number, channel: number): number {
  const [top, left] = [y * s.strideHeight - s.padInfo.top, x * s.strideWidth - s.padInfo.left];
  let [best, most] = [-1, -Infinity];
  for (let r = Math.max(0, top); r < Math.min(s.inHeight, top + s.filterHeight); r++) {
    for (let c = Math.max(0, left); c < Math.min(s.inWidth, left + s.filterWidth); c++) {
      const place = ((picture * s.inHeight + r) * s.inWidth + c) * s.inChannels + channel;
      if (values[place]! > most) [best, most] = [place, values[place]!];
      else if (best < 0) best = place;
    }
  }
  return best;
}
