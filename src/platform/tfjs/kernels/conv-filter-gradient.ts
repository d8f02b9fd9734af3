import type { Conv2DBackpropFilterAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import type { Tensorflow } from '../net.js';
import { reach, wasmKernel, type WindowSizes } from './wasm-kernel.js';

/** `Conv2DBackpropFilter`: gradient of a convolution by its filters, for pictures with the channels last. */
export const convFilterGradient = ({ backend_util }: Tensorflow): KernelConfig =>
  wasmKernel('Conv2DBackpropFilter', ['x', 'dy'], ([x], attributes) => {
    const { strides, pad, dimRoundingMode, filterShape } = attributes as unknown as Conv2DBackpropFilterAttrs;
    const sizes = backend_util.computeConv2DInfo(x!.shape as [number, number, number, number], filterShape, strides, 1, pad, dimRoundingMode);
    return { shape: filterShape, fill: (out, input, dy) => sumOverPictures(out, input!, dy!, sizes) };
  });

function sumOverPictures(out: Float32Array, x: Float32Array, dy: Float32Array, sizes: WindowSizes): void {
  const block = sizes.inChannels * sizes.outChannels;
  const sum = new Float64Array(block);
  for (let r = 0, at = 0; r < sizes.filterHeight; r++) {
    for (let c = 0; c < sizes.filterWidth; c++, at += block) {
      sumOfTap(sum.fill(0), x, dy, sizes, r, c);
      out.set(sum, at);
    }
  }
}

/** Σ x · dyᵀ over all pairs of pixels that one place of the filter joins. */
function sumOfTap(sum: Float64Array, x: Float32Array, dy: Float32Array, s: WindowSizes, r: number, c: number): void {
  const { inChannels, outChannels, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = s;
  const [yFrom, yTo] = reach(r, padInfo.top, strideHeight, inHeight, outHeight);
  const [xFrom, xTo] = reach(c, padInfo.left, strideWidth, inWidth, outWidth);
  for (let picture = 0; picture < s.batchSize; picture++) {
    for (let y = yFrom; y < yTo; y++) {
      const row = (picture * inHeight + y * strideHeight + r - padInfo.top) * inWidth + c - padInfo.left;
      const outRow = (picture * outHeight + y) * outWidth;
      for (let w = xFrom; w < xTo; w++) {
        const from = (row + w * strideWidth) * inChannels;
        const to = (outRow + w) * outChannels;
        for (let i = 0, at = 0; i < inChannels; i++) {
          const value = x[from + i]!;
          // Behind a relu most values are 0.
          if (value === 0) at += outChannels;
          else for (let o = 0; o < outChannels; o++, at++) sum[at]! += value * dy[to + o]!;
        }
      }
    }
  }
}
