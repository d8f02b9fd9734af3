import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isRepeatable, type BackendName, type ReportingNetTrainer, type SkippedBackend } from './backends.js';
import { supplyWasmKernels } from './kernels/supply-wasm-kernels.js';
import type { Tensorflow } from './net.js';
import { trainNet } from './net-trainer.js';
import { timeBackend } from './trial.js';

interface Started {
  readonly tf: Tensorflow;
  readonly backend: BackendName;
  readonly skipped: readonly SkippedBackend[];
}

/** Trains nets in this process: on wasm, or on plain JavaScript when wasm does not start. */
export function createNodeNets(): ReportingNetTrainer {
  let started: Promise<Started> | undefined;
  return {
    async train(data, settings, seed, hooks, kind = 'dense-net') {
      const { tf, backend, skipped } = await (started ??= start());
      const job = { kind, data, settings, seed };
      const milliseconds = await timeBackend(tf, job);
      const state = await trainNet(tf, job, hooks);
      return { state, backend, repeatable: isRepeatable(backend), trials: [{ backend, milliseconds }], skipped, versions: { 'tfjs-core': tf.version_core } };
    },
  };
}

async function start(): Promise<Started> {
  const tf = await import('@tensorflow/tfjs-core');
  // Its Node bundle is the only one that registers the gradients; the core's own file of them is no module that Node can load.
  await import('@tensorflow/tfjs-layers');
  if (await startWasm(tf)) return { tf, backend: 'wasm', skipped: [] };
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return { tf, backend: 'cpu', skipped: [{ backend: 'wasm', reason: 'failed' }] };
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
