import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isRepeatable, type BackendName, type ReportingNetTrainer, type SkippedBackend } from './backends.js';
import { hasKernel, trainOnKernel } from './kernel-net.js';
import { supplyWasmKernels } from './kernels/supply-wasm-kernels.js';
import type { Tensorflow } from './net.js';
import { trainNet, type TrainNet } from './net-trainer.js';
import { timeBackend } from './trial.js';

interface Started {
  readonly train: TrainNet;
  readonly backend: BackendName;
  readonly skipped: readonly SkippedBackend[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Trains nets in this process: by the lab's own kernel where it can, else on wasm, or on plain JavaScript when wasm does not start. */
export function createNodeNets(): ReportingNetTrainer {
  let started: Promise<Started> | undefined;
  return {
    async train(data, settings, seed, hooks, kind = 'dense-net') {
      const { train, ...how } = hasKernel(kind) ? KERNEL : await (started ??= startTensorflow());
      const job = { kind, data, settings, seed };
      const milliseconds = await timeBackend(train, job);
      const state = await train(job, hooks);
      return { ...how, state, repeatable: isRepeatable(how.backend), trials: [{ backend: how.backend, milliseconds }] };
    },
  };
}

const KERNEL: Started = { train: trainOnKernel, backend: 'simd', skipped: [], versions: {} };

/** Loads TensorFlow.js in Node, on wasm or else on plain JavaScript. */
export async function startTensorflow(): Promise<Started> {
  const tf = await import('@tensorflow/tfjs-core');
  // Its Node bundle is the only one that registers the gradients; the core's own file of them is no module that Node can load.
  await import('@tensorflow/tfjs-layers');
  const how: Pick<Started, 'train' | 'versions'> = { train: (job, hooks) => trainNet(tf, job, hooks), versions: { 'tfjs-core': tf.version_core } };
  if (await startWasm(tf)) return { ...how, backend: 'wasm', skipped: [] };
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return { ...how, backend: 'cpu', skipped: [{ backend: 'wasm', reason: 'failed' }] };
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
