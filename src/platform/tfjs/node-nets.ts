import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ReportingNetTrainer } from './backends.js';
import { supplyWasmKernels } from './kernels/supply-wasm-kernels.js';
import type { Tensorflow } from './net.js';
import { createThreadNets, trainerOf, type Trainer } from './trainers.js';

/** Trains nets in this process. */
export const createNodeNets = (): ReportingNetTrainer => createThreadNets(startTensorflow, { timed: true });

/** Loads TensorFlow.js in Node, on wasm or else on plain JavaScript. */
export async function startTensorflow(): Promise<Trainer> {
  const tf = await import('@tensorflow/tfjs-core');
  // Its Node bundle is the only one that registers the gradients; the core's own file of them is no module that Node can load.
  await import('@tensorflow/tfjs-layers');
  if (await startWasm(tf)) return trainerOf(tf, 'wasm');
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return trainerOf(tf, 'cpu', { skipped: [{ backend: 'wasm', reason: 'failed' }] });
}

async function startWasm(tf: Tensorflow): Promise<boolean> {
  try {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    supplyWasmKernels(tf);
    setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
    return await tf.setBackend('wasm');
  } catch {
    return false;
  }
}
