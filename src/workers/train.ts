import { LabError } from '../core/lab-error.js';
import { startBackend, watchBackend } from '../platform/tfjs/browser-backend.js';
import type { BackendName } from '../platform/tfjs/backends.js';
import { surveyGpus } from '../platform/tfjs/gpu-adapters.js';
import { trainOnKernel } from '../platform/tfjs/kernel-net.js';
import type { TrainReply, TrainRequest } from '../platform/tfjs/messages.js';
import { trainNet, type TrainNet } from '../platform/tfjs/net-trainer.js';
import { timeBackend } from '../platform/tfjs/trial.js';

let running = new AbortController();

const reply = (message: TrainReply): void => self.postMessage(message);

self.onmessage = ({ data: request }: MessageEvent<TrainRequest>) => {
  if (request.type === 'cancel') running.abort();
  else answer(request).then(reply, (cause: unknown) => reply({ type: 'failed', ...LabError.from(cause).toJSON() }));
};

async function answer(request: Exclude<TrainRequest, { type: 'cancel' }>): Promise<TrainReply> {
  if (request.type === 'survey') return { type: 'surveyed', ...(await surveyGpus()) };
  running = new AbortController();
  const { train, versions } = await openTrainer(request.backend);
  if (request.type === 'trial') return { type: 'tried', milliseconds: await timeBackend(train, request.job) };
  const hooks = { signal: running.signal, progress: (progress: Extract<TrainReply, { type: 'progress' }>['progress']) => reply({ type: 'progress', progress }) };
  return { type: 'trained', state: await train(request.job, hooks), versions };
}

/** What trains on a backend, and the versions of the libraries that it does it with. */
async function openTrainer(backend: BackendName): Promise<{ train: TrainNet; versions: Readonly<Record<string, string>> }> {
  if (backend === 'simd') return { train: trainOnKernel, versions: {} };
  const tf = await startBackend(backend);
  const check = watchBackend(tf, backend);
  return { train: (job, hooks) => trainNet(tf, job, { ...hooks, check }), versions: { 'tfjs-core': tf.version_core } };
}
