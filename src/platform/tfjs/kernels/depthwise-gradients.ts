import type { DepthwiseConv2dNativeBackpropFilterAttrs, DepthwiseConv2dNativeBackpropInputAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import type { Tensorflow } from '../net.js';
import { reach, wasmKernel, type WindowSizes } from './wasm-kernel.js';

type Shape4D = [number, number, number, number];

/** `DepthwiseConv2dNativeBackpropFilter`: gradient by filters of which each sees one channel. */
export const depthwiseFilterGradient = ({ backend_util }: Tensorflow): KernelConfig =>
  wasmKernel('DepthwiseConv2dNativeBackpropFilter', ['x', 'dy'], ([x], attributes) => {
    const { strides, dilations, pad, dimRoundingMode, filterShape } = attributes as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
    const sizes = backend_util.computeConv2DInfo(x!.shape as Shape4D, filterShape, strides, dilations, pad, dimRoundingMode, true);
    const fill = (out: Float32Array, input: Float32Array, dy: Float32Array): void => {
      const sum = new Float64Array(out.length);
      eachPair(sizes, (from, to, weight) => (sum[weight]! += input[from]! * dy[to]!));
      out.set(sum);
    };
    return { shape: filterShape, fill: (out, input, dy) => fill(out, input!, dy!) };
  });

/** `DepthwiseConv2dNativeBackpropInput`: gradient by what such filters saw. */
export const depthwiseInputGradient = ({ backend_util }: Tensorflow): KernelConfig =>
  wasmKernel('DepthwiseConv2dNativeBackpropInput', ['dy', 'filter'], ([, filter], attributes) => {
    const { strides, dilations, pad, dimRoundingMode, inputShape } = attributes as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
    const sizes = backend_util.computeConv2DInfo(inputShape, filter!.shape as Shape4D, strides, dilations, pad, dimRoundingMode, true);
    return { shape: inputShape, fill: (out, dy, weights) => eachPair(sizes, (from, to, weight) => (out[from]! += dy![to]! * weights![weight]!)) };
  });

/** Visits each input value, output value and weight that belong together, by their offsets. */
function eachPair(s: WindowSizes, visit: (from: number, to: number, weight: number) => void): void {
  const { inChannels, outChannels, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = s;
  const fold = outChannels / inChannels;
  for (let r = 0; r < s.filterHeight; r++) {
    const [yFrom, yTo] = reach(r * dilationHeight, padInfo.top, strideHeight, inHeight, outHeight);
    for (let c = 0; c < s.filterWidth; c++) {
      const [xFrom, xTo] = reach(c * dilationWidth, padInfo.left, strideWidth, inWidth, outWidth);
      const weight = (r * s.filterWidth + c) * outChannels;
      for (let picture = 0; picture < s.batchSize; picture++) {
        for (let y = yFrom; y < yTo; y++) {
          const row = (picture * inHeight + y * strideHeight + r * dilationHeight - padInfo.top) * inWidth + c * dilationWidth - padInfo.left;
          for (let x = xFrom; x < xTo; x++) {
            const from = (row + x * strideWidth) * inChannels;
            const to = ((picture * outHeight + y) * outWidth + x) * outChannels;
            for (let o = 0; o < outChannels; o++) visit(from + Math.floor(o / fold), to + o, weight + o);
          }
        }
      }
    }
  }
}
