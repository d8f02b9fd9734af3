import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import type { TrainingData } from '../../../src/core/train/model.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { createBrowserNets } from '../../../src/platform/tfjs/browser-nets.js';
import type { TrainReply, TrainRequest } from '../../../src/platform/tfjs/messages.js';
import { trainNet, type TrainingHooks } from '../../../src/platform/tfjs/net-trainer.js';
import type { WorkerLike } from '../../../src/platform/tfjs/train-client.js';

const data: TrainingData = { x: { rows: 8, columns: 2, data: Float64Array.from({ length: 16 }, (_, i) => Math.sin(i)) }, y: Float64Array.from({ length: 8 }, (_, i) => i % 2), task: 'binary', classes: 2, features: ['a', 'b'] };
const settings = settingsOf('dense-net', { epochs: 4, layers: [3], batch: 4 });

/** A training worker that really trains, on the cpu; its "webgpu" is lost in epoch 3. */
class TrainingWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  terminate = (): void => undefined;
  postMessage(request: TrainRequest): void {
    const reply = (message: TrainReply): void => void this.onmessage?.({ data: message } as MessageEvent);
    if (request.type === 'survey') return void queueMicrotask(() => reply({ type: 'surveyed', found: ['webgpu'], skipped: [] }));
    if (request.type === 'trial') return void queueMicrotask(() => reply({ type: 'tried', milliseconds: request.backend === 'webgpu' ? 1 : 5 }));
    if (request.type !== 'train') return;
    let epochs = 0;
    const check = (): void => {
      if (request.backend === 'webgpu' && ++epochs === 3) throw new LabError('backend-lost', { backend: 'webgpu' });
    };
    const hooks: TrainingHooks = { signal: new AbortController().signal, progress: (progress) => reply({ type: 'progress', progress }), check };
    void tf.setBackend('cpu').then(() => trainNet(tf, request.job, hooks)).then((state) => reply({ type: 'trained', state, versions: {} }), (cause: unknown) => reply({ type: 'failed', ...LabError.from(cause).toJSON() }));
  }
}

describe('a GPU that is lost in the middle of training', () => {
  it('is left for the next backend, which begins again and gives what it would have given alone', async () => {
    const seen: number[] = [];
    const nets = createBrowserNets(() => new TrainingWorker());
    const training = await nets.train(data, settings, 7, { signal: new AbortController().signal, progress: ({ done }) => void seen.push(done) });
    expect(training).toMatchObject({ backend: 'simd', repeatable: true, skipped: [{ backend: 'webgpu', reason: 'lost', detail: expect.stringContaining('backend-lost') as string }] });
    expect(seen).toEqual([1, 2, 1, 2, 3, 4]);
    const alone = await trainNet(tf, { kind: 'dense-net', data, settings, seed: 7 }, { signal: new AbortController().signal, progress: () => undefined });
    expect(training.state).toEqual(alone);
  });

  it('leaves no tensor behind, nor does one whose operations begin to fail', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const hooks: TrainingHooks = { signal: new AbortController().signal, progress: () => undefined };
    await expect(trainNet(tf, { kind: 'dense-net', data, settings, seed: 7 }, { ...hooks, check: () => { throw new LabError('backend-lost', { backend: 'webgpu' }); } })).rejects.toMatchObject({ code: 'backend-lost' });
    let calls = 0;
    const failing = { ...tf, matMul: ((a: tf.Tensor, b: tf.Tensor) => { if (++calls > 5) throw new Error('device lost'); return tf.matMul(a, b); }) as typeof tf.matMul };
    await expect(trainNet(failing, { kind: 'dense-net', data, settings, seed: 7 }, hooks)).rejects.toThrow('device lost');
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('a thousand trainings leave no tensor behind', async () => {
  await tf.setBackend('cpu');
  const hooks: TrainingHooks = { signal: new AbortController().signal, progress: () => undefined };
  const pictures: TrainingData = { ...data, x: { rows: 4, columns: 16, data: Float64Array.from({ length: 64 }, (_, i) => i % 7) }, y: Float64Array.of(0, 1, 0, 1), features: Array.from({ length: 16 }, (_, i) => `p${i}`) };
  const jobs = [
    { kind: 'dense-net', data, settings: settingsOf('dense-net', { epochs: 1, layers: [2], batch: 8, l2: 0.01 }) },
    { kind: 'conv-net', data: pictures, settings: settingsOf('conv-net', { epochs: 1, filters: [1], units: 2, batch: 4 }) },
    { kind: 'text-embedding', data, settings: settingsOf('text-embedding', { epochs: 1, dimensions: 2, layers: [2], batch: 8 }) },
  ];
  const { numTensors, numDataBuffers } = tf.memory();
  for (let seed = 0; seed < 1000; seed++) await trainNet(tf, { ...jobs[seed % 3]!, seed }, hooks);
  expect([tf.memory().numTensors, tf.memory().numDataBuffers]).toEqual([numTensors, numDataBuffers]);
}, 120_000);
