import type { Tensorflow } from '../net.js';
import { convFilterGradient } from './conv-filter-gradient.js';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients.js';
import { segmentSum } from './segment-sum.js';

/** Registers the kernels that gradients ask for and the wasm backend lacks; those that are there already stay. */
export function supplyWasmKernels(tf: Tensorflow): void {
  for (const kernel of [convFilterGradient(tf), depthwiseFilterGradient(tf), depthwiseInputGradient(tf), segmentSum()]) {
    if (!tf.getKernel(kernel.kernelName, 'wasm')) tf.registerKernel(kernel);
  }
}
