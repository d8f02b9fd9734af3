import { LabError } from '../core/lab-error.js';
import { startBackend, watchBackend } from '../platform/tfjs/browser-backend.js';
import { surveyGpus } from '../platform/tfjs/gpu-adapters.js';
import type { TrainReply, TrainRequest } from '../platform/tfjs/messages.js';
import { trainNet } from '../platform/tfjs/net-trainer.js';
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
  const tf = await startBackend(request.backend);
  const check = watchBackend(tf, request.backend);
  if (request.type === 'trial') return { type: 'tried', milliseconds: await timeBackend(tf, request.job) };
  const hooks = { signal: running.signal, progress: (progress: Extract<TrainReply, { type: 'progress' }>['progress']) => reply({ type: 'progress', progress }), check };
  return { type: 'trained', state: await trainNet(tf, request.job, hooks), versions: { 'tfjs-core': tf.version_core } };
}
