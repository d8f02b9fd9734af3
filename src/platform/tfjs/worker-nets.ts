import type { ReportingNetTrainer } from './backends.js';
import { startBackend } from './browser-backend.js';
import { createThreadNets, trainerOf, type Trainer } from './trainers.js';

/** Trains nets in this very worker, never on a GPU: several workers on one GPU would only wait for each other, and not repeat. */
export const createWorkerNets = (): ReportingNetTrainer => createThreadNets(start, { timed: false });

async function start(): Promise<Trainer> {
  try {
    return trainerOf(await startBackend('wasm'), 'wasm');
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return trainerOf(await startBackend('cpu'), 'cpu', { skipped: [{ backend: 'wasm', reason: 'failed', detail }] });
  }
}
