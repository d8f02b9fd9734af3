import { createRandom } from '../../core/random.js';
import type { NetJob, Tensorflow } from './net.js';
import { trainNet } from './net-trainer.js';

/** How long the measured part of a trial may take. */
const TRIAL_MS = 300;

/**
 * Milliseconds that a backend takes for one step of the job's net: the best of up to eight short runs of four batches within 300 ms,
 * after one run to warm up. The best, because what else the machine does can only make a run slower.
 */
export async function timeBackend(tf: Tensorflow, job: NetJob): Promise<number> {
  const short = shortJob(job);
  await train(tf, short);
  const begun = performance.now();
  let best = Infinity;
  for (let run = 0; run < 8 && performance.now() - begun < TRIAL_MS; run++) {
    const started = performance.now();
    await train(tf, short);
    best = Math.min(best, performance.now() - started);
  }
  return best / Math.ceil(short.data.y.length / (short.settings['batch'] as number));
}

function shortJob({ kind, data, settings }: NetJob): NetJob {
  const rows = Math.min(data.y.length, 4 * (settings['batch'] as number));
  const x = { rows, columns: data.x.columns, data: data.x.data.subarray(0, rows * data.x.columns) };
  // Random targets of every class, because the first rows may hold just one.
  const random = createRandom(1);
  const y = Float64Array.from({ length: rows }, () => (data.task === 'regression' ? random() : Math.floor(random() * data.classes)));
  return { kind, data: { ...data, x, y, validation: undefined }, settings: { ...settings, epochs: 1, learningRate: 1e-3 }, seed: 1 };
}

async function train(tf: Tensorflow, job: NetJob): Promise<void> {
  await trainNet(tf, job, { signal: new AbortController().signal, progress: () => undefined });
}
