import { createRandom } from '../../core/random.js';
import { settingsOf } from '../../core/train/settings.js';
import type { Tensorflow } from './dense-net.js';
import { trainDenseNet, type NetJob } from './dense-net-trainer.js';

/** How long the measured part of a trial may take. */
const TRIAL_MS = 300;

/**
 * Milliseconds that a backend takes for one step of the job's net on its own first rows: a first step to warm up, then as many as fit
 * into 300 ms, eight at most.
 */
export async function timeBackend(tf: Tensorflow, job: NetJob): Promise<number> {
  const step = oneStep(job);
  await train(tf, step);
  const started = performance.now();
  let steps = 0;
  while (steps < 8 && performance.now() - started < TRIAL_MS) {
    await train(tf, step);
    steps += 1;
  }
  return (performance.now() - started) / steps;
}

function oneStep({ data, settings }: NetJob): NetJob {
  const rows = Math.min(data.y.length, settings['batch'] as number);
  const x = { rows, columns: data.x.columns, data: data.x.data.subarray(0, rows * data.x.columns) };
  // Random targets of every class, because the first rows may hold just one.
  const random = createRandom(1);
  const y = Float64Array.from({ length: rows }, () => (data.task === 'regression' ? random() : Math.floor(random() * data.classes)));
  return { data: { ...data, x, y, validation: undefined }, settings: settingsOf('dense-net', { ...settings, epochs: 1, learningRate: 1e-3 }), seed: 1 };
}

async function train(tf: Tensorflow, job: NetJob): Promise<void> {
  await trainDenseNet(tf, job, { signal: new AbortController().signal, progress: () => undefined });
}
