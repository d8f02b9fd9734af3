import type { Tensorflow } from '../net.js';
import { convFilterGradient } from './conv-filter-gradient.js';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients.js';
import { maxPoolGradient } from './max-pool-gradient.js';
import { segmentSum } from './segment-sum.js';

/** Registers the kernels that gradients ask for and the wasm backend lacks, where it still lacks them, and puts right the one that is wrong. */
export function supplyWasmKernels(tf: Tensorflow): void {
  for (const kernel of [convFilterGradient(tf), depthwiseFilterGradient(tf), depthwiseInputGradient(tf), segmentSum()]) {
    if (!tf.getKernel(kernel.kernelName, 'wasm')) tf.registerKernel(kernel);
  }
  const pooling = maxPoolGradient(tf);
  if (tf.getKernel(pooling.kernelName, 'wasm')) tf.unregisterKernel(pooling.kernelName, 'wasm');
  tf.registerKernel(pooling);
}
