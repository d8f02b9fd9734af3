import { beforeEach, describe, expect, it } from 'vitest';
import type { TrialInputs, TrialJob, TrialPool } from '../../../src/lab/trial-port.js';
import { createBrowserTrials, type TrialWorker } from '../../../src/platform/trials/browser-trials.js';
import type { TrialReply, TrialRequest } from '../../../src/platform/trials/messages.js';

/** A worker that does what the test says. */
class PlayedWorker implements TrialWorker {
  onmessage: TrialWorker['onmessage'] = null;
  onerror: TrialWorker['onerror'] = null;
  readonly heard: TrialRequest['type'][] = [];
  ended = false;
  postMessage({ type }: TrialRequest): void {
    this.heard.push(type);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: TrialReply): void {
    this.onmessage?.({ data } as MessageEvent<TrialReply>);
  }
  die(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }
}

const result = { metrics: { rmse: 1 } } as unknown as Extract<TrialReply, { type: 'made' }>['result'];
const job: TrialJob = { settings: {}, share: 1 };

describe('workers of a search', () => {
  let workers: PlayedWorker[];
  let pool: TrialPool;
  let told: { worker: number; share: number }[];
  const run = (signal = new AbortController().signal) => pool.run(job, { signal, progress: (progress) => void told.push(progress) });
  beforeEach(() => {
    [workers, told] = [[], []];
    const spawn = (): PlayedWorker => {
      workers.push(new PlayedWorker());
      return workers.at(-1)!;
    };
    pool = createBrowserTrials(spawn, 2).open({} as TrialInputs, 2);
  });

  it('load the rows once and are used again', async () => {
    for (const round of [1, 2]) {
      const making = run();
      workers[0]!.say({ type: 'ready' });
      workers[0]!.say({ type: 'progress', share: 0.5 });
      workers[0]!.say({ type: 'made', result });
      expect(await making).toBe(result);
      expect(workers[0]!.heard).toEqual(['load', ...Array.from({ length: round }, () => 'run')]);
    }
    expect(workers).toHaveLength(1);
    expect(told.slice(0, 2)).toEqual([{ worker: 1, share: 0 }, { worker: 1, share: 0.5 }]);
  });

  it('work side by side, and never more than the width', async () => {
    const both = [run(), run()];
    expect(workers).toHaveLength(2);
    await expect(run()).rejects.toMatchObject({ code: 'unexpected' });
    workers.forEach((worker) => worker.say({ type: 'made', result }));
    await Promise.all(both);
    pool.close();
    expect(workers.every(({ ended }) => ended)).toBe(true);
  });

  it('are made anew after one died or ran out of memory', async () => {
    const died = run();
    workers[0]!.say({ type: 'ready' });
    workers[0]!.die('crash');
    await expect(died).rejects.toMatchObject({ code: 'trial-died', data: { message: 'crash' } });
    const full = run();
    workers[1]!.say({ type: 'ready' });
    workers[1]!.say({ type: 'failed', code: 'unexpected', data: { message: 'Array buffer allocation failed' } });
    await expect(full).rejects.toMatchObject({ code: 'trial-died', data: { message: 'Array buffer allocation failed' } });
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
    const third = run();
    expect(workers[2]!.heard).toEqual(['load', 'run']);
    workers[2]!.say({ type: 'made', result });
    expect(await third).toBe(result);
  });

  it('that cannot start are no finding of a trial', async () => {
    const making = run();
    workers[0]!.die('');
    await expect(making).rejects.toMatchObject({ code: 'worker-failed' });
  });

  it('go on after settings that fail, and end with a cancel', async () => {
    const failing = run();
    workers[0]!.say({ type: 'ready' });
    workers[0]!.say({ type: 'failed', code: 'diverged', data: { epoch: 2 } });
    await expect(failing).rejects.toMatchObject({ code: 'diverged' });
    expect(workers[0]!.ended).toBe(false);
    const stop = new AbortController();
    const cancelled = run(stop.signal);
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]!.ended).toBe(true);
    await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
