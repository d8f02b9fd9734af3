import { isRepeatable, type BackendName, type ReportingNetTrainer, type SkippedBackend } from './backends.js';
import { startBackend } from './browser-backend.js';
import type { Tensorflow } from './net.js';
import { trainNet } from './net-trainer.js';

interface Started {
  readonly tf: Tensorflow;
  readonly backend: BackendName;
  readonly skipped: readonly SkippedBackend[];
}

/** Trains nets in this very worker, on wasm or else on plain JavaScript: several workers on one GPU would only wait for each other, and not repeat. */
export function createWorkerNets(): ReportingNetTrainer {
  let started: Promise<Started> | undefined;
  return {
    async train(data, settings, seed, hooks, kind = 'dense-net') {
      const { tf, backend, skipped } = await (started ??= start());
      const state = await trainNet(tf, { kind, data, settings, seed }, hooks);
      return { state, backend, repeatable: isRepeatable(backend), trials: [], skipped, versions: { 'tfjs-core': tf.version_core } };
    },
  };
}

async function start(): Promise<Started> {
  try {
    return { tf: await startBackend('wasm'), backend: 'wasm', skipped: [] };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return { tf: await startBackend('cpu'), backend: 'cpu', skipped: [{ backend: 'wasm', reason: 'failed', detail }] };
  }
}
