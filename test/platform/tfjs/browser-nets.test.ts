import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../src/core/train/settings.js';
import type { TrainingData } from '../../../src/core/train/model.js';
import { pickBackend } from '../../../src/platform/tfjs/backends.js';
import { createBrowserNets } from '../../../src/platform/tfjs/browser-nets.js';
import type { TrainReply, TrainRequest } from '../../../src/platform/tfjs/messages.js';
import { askWorker, type WorkerLike } from '../../../src/platform/tfjs/train-client.js';

const data: TrainingData = { x: { rows: 2, columns: 1, data: Float64Array.of(0, 1) }, y: Float64Array.of(0, 1), task: 'binary', classes: 2, features: ['a'] };
const settings = settingsOf('dense-net');
const state = { layers: [], target: { offset: 0, divisor: 1 } };
const idle = { signal: new AbortController().signal, progress: (): void => undefined };

/** A worker played by a function; `undefined` means that it never answers. */
class PlayedWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  terminated = false;
  constructor(private readonly play: (request: TrainRequest) => readonly TrainReply[] | 'dies' | undefined) {}
  postMessage(request: TrainRequest): void {
    const replies = this.play(request);
    queueMicrotask(() => {
      if (replies === 'dies') this.onerror?.({ message: 'out of memory' } as ErrorEvent);
      else replies?.forEach((reply) => this.onmessage?.({ data: reply } as MessageEvent));
    });
  }
  terminate(): void {
    this.terminated = true;
  }
}

type Script = (request: Exclude<TrainRequest, { type: 'survey' | 'cancel' }>) => readonly TrainReply[] | 'dies' | undefined;

function netsOf(speeds: Partial<Record<string, number>>, train: Script) {
  const asked: string[] = [];
  const workers: PlayedWorker[] = [];
  const nets = createBrowserNets(() => {
    const worker = new PlayedWorker((request) => {
      if (request.type === 'cancel') return [];
      if (request.type === 'survey') return [{ type: 'surveyed', found: ['webgl'], skipped: [{ backend: 'webgpu', reason: 'software' }] }];
      asked.push(`${request.type} ${request.backend}`);
      if (request.type === 'train') return train(request);
      const milliseconds = speeds[request.backend];
      return milliseconds === undefined ? [{ type: 'failed', code: 'backend-failed', data: {} }] : [{ type: 'tried', milliseconds }];
    });
    workers.push(worker);
    return worker;
  });
  return { nets, asked, workers };
}

const trained: Script = () => [{ type: 'progress', progress: { done: 1, total: 1, loss: 0.5 } }, { type: 'trained', state, versions: {} }];

describe('choosing a backend', () => {
  it.each([
    [{ webgl: 1, wasm: 2, cpu: 9 }, 'webgl', false],
    [{ webgl: 1.9, wasm: 2, cpu: 9 }, 'wasm', true],
    [{ wasm: 2, cpu: 1.1 }, 'wasm', true],
    [{ wasm: 2, cpu: 0.9 }, 'cpu', true],
    [{ cpu: 5 }, 'cpu', true],
    [{ webgl: 1, simd: 2, wasm: 9, cpu: 9 }, 'simd', true],
    [{ webgl: 0.9, simd: 2, wasm: 9, cpu: 9 }, 'webgl', false],
    [{ simd: 3, wasm: 2, cpu: 9 }, 'simd', true],
  ] as const)('of %j takes %s', async (speeds, backend, repeatable) => {
    const { nets } = netsOf(speeds, trained);
    const training = await nets.train(data, settings, 1, idle);
    expect(training).toMatchObject({ backend, repeatable, state });
    expect(training.trials.map((trial) => trial.backend)).toEqual(Object.keys(speeds));
    expect(training.skipped).toContainEqual({ backend: 'webgpu', reason: 'software' });
  });

  it('has none when nothing starts', async () => {
    await expect(netsOf({}, trained).nets.train(data, settings, 1, idle)).rejects.toMatchObject({ code: 'no-backend', data: { reasons: expect.arrayContaining(['webgpu: software']) as string[] } });
    expect(pickBackend([])).toBeUndefined();
  });

  it('tries once for a shape of net and again for another', async () => {
    const { nets, asked } = netsOf({ wasm: 1 }, trained);
    await nets.train(data, settings, 1, idle);
    await nets.train(data, settings, 2, idle);
    expect(asked.filter((what) => what === 'trial wasm')).toHaveLength(1);
    await nets.train(data, settingsOf('dense-net', { layers: [4] }), 2, idle);
    expect(asked.filter((what) => what === 'trial wasm')).toHaveLength(2);
  });
});

describe('when training goes wrong', () => {
  it.each(['backend-lost', 'dies'] as const)('starts again on the next backend and says which was left (%s)', async (how) => {
    const { nets, asked, workers } = netsOf({ webgl: 1, wasm: 2 }, (request) => {
      if (request.backend !== 'webgl') return trained(request);
      return how === 'dies' ? 'dies' : [{ type: 'failed', code: 'backend-lost', data: { backend: 'webgl' } }];
    });
    const training = await nets.train(data, settings, 1, idle);
    expect(training).toMatchObject({ backend: 'wasm', repeatable: true });
    expect(training.skipped).toContainEqual({ backend: 'webgl', reason: 'lost', detail: expect.any(String) as string });
    await nets.train(data, settings, 1, idle);
    expect(asked.filter((what) => what === 'train webgl')).toHaveLength(1);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
  });

  it.each(['diverged', 'one-class'])('gives %s back at once, for no backend would do better', async (code) => {
    const { nets, asked } = netsOf({ wasm: 1, cpu: 2 }, () => [{ type: 'failed', code, data: { epoch: 3 } }]);
    await expect(nets.train(data, settings, 1, idle)).rejects.toMatchObject({ code, data: { epoch: 3 } });
    expect(asked.filter((what) => what.startsWith('train'))).toHaveLength(1);
  });

  it('ends a cancelled worker that does not stop by itself', async () => {
    const stop = new AbortController();
    const worker = new PlayedWorker(() => undefined);
    const answer = askWorker(worker, { type: 'survey' }, { signal: stop.signal, graceMs: 20 });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(worker.terminated).toBe(true);
  });

  it('gives up a trial that hangs', async () => {
    const worker = new PlayedWorker(() => undefined);
    const answer = askWorker(worker, { type: 'survey' }, { signal: idle.signal, limitMs: 20 });
    await expect(answer).rejects.toMatchObject({ code: 'too-slow' });
    expect(worker.terminated).toBe(true);
  });

  it('does not start when it is cancelled already', async () => {
    const { nets, asked } = netsOf({ wasm: 1 }, trained);
    await expect(nets.train(data, settings, 1, { ...idle, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual([]);
  });
});
