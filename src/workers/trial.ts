import { LabError } from '../core/lab-error.js';
import type { TrialInputs, TrialJob } from '../lab/trial-port.js';
import { runTrial } from '../lab/tuning/run-trial.js';
import { createWorkerNets } from '../platform/tfjs/worker-nets.js';
import type { TrialReply, TrialRequest } from '../platform/trials/messages.js';

/** Progress goes out at most this often, in milliseconds. */
const PROGRESS_EVERY = 100;

const platform = { nets: createWorkerNets(), now: Date.now };
// A trial that is no longer wanted ends with its worker.
const { signal } = new AbortController();
let inputs: TrialInputs | undefined;

const reply = (message: TrialReply): void => self.postMessage(message);

async function make(job: TrialJob): Promise<void> {
  if (!inputs) throw new LabError('unexpected', { message: 'a trial without its rows' });
  let told = -Infinity;
  const progress = (share: number): void => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY) return;
    told = now;
    reply({ type: 'progress', share });
  };
  reply({ type: 'made', result: await runTrial(inputs, job, { platform, signal, breathe: async () => undefined, progress }) });
}

self.onmessage = ({ data: request }: MessageEvent<TrialRequest>) => {
  if (request.type === 'load') {
    inputs = request.inputs;
    reply({ type: 'ready' });
  } else make(request.job).catch((cause: unknown) => reply({ type: 'failed', ...LabError.from(cause).toJSON() }));
};
