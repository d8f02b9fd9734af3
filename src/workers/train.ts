import { LabError } from '../core/lab-error.js';
import { startBackend, watchBackend } from '../platform/tfjs/browser-backend.js';
import type { BackendName } from '../platform/tfjs/backends.js';
import { surveyGpus } from '../platform/tfjs/gpu-adapters.js';
import type { TrainReply, TrainRequest } from '../platform/tfjs/messages.js';
import { KERNEL, trainerOf, type Trainer } from '../platform/tfjs/trainers.js';
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

async function openTrainer(backend: BackendName): Promise<Trainer> {
  if (backend === 'simd') return KERNEL;
  const tf = await startBackend(backend);
  return trainerOf(tf, backend, { check: watchBackend(tf, backend) });
}
