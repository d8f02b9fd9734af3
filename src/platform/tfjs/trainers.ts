import { isRepeatable, type BackendName, type ReportingNetTrainer, type SkippedBackend } from './backends.js';
import { hasKernel, trainOnKernel } from './kernel-net.js';
import type { Tensorflow } from './net.js';
import { trainNet, type TrainNet } from './net-trainer.js';
import { timeBackend } from './trial.js';

/** What trains nets on one backend, what was left out for it, and the versions of the libraries that it trains with. */
export interface Trainer {
  readonly train: TrainNet;
  readonly backend: BackendName;
  readonly skipped: readonly SkippedBackend[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The lab's own kernel. */
export const KERNEL: Trainer = { train: trainOnKernel, backend: 'simd', skipped: [], versions: {} };

/** A TensorFlow.js whose backend is set; `check` throws when that is gone. */
export const trainerOf = (tf: Tensorflow, backend: BackendName, { check, skipped = [] }: { readonly check?: () => void; readonly skipped?: readonly SkippedBackend[] } = {}): Trainer => ({
  train: (job, hooks) => trainNet(tf, job, { ...hooks, ...(check ? { check } : {}) }),
  backend,
  skipped,
  versions: { 'tfjs-core': tf.version_core },
});

/** Trains nets in this thread: by the lab's own kernel where it can, else by the TensorFlow.js that `start` gives. `timed` also tells how fast a step was. */
export function createThreadNets(start: () => Promise<Trainer>, { timed }: { readonly timed: boolean }): ReportingNetTrainer {
  let started: Promise<Trainer> | undefined;
  return {
    async train(data, settings, seed, hooks, kind = 'dense-net') {
      const { train, ...how } = hasKernel(kind) ? KERNEL : await (started ??= start());
      const job = { kind, data, settings, seed };
      const trials = timed ? [{ backend: how.backend, milliseconds: await timeBackend(train, job) }] : [];
      return { ...how, state: await train(job, hooks), repeatable: isRepeatable(how.backend), trials };
    },
  };
}
