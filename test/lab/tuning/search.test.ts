import { describe, expect, it } from 'vitest';
import { withTrial, type Proposal, type Study, type Trial } from '../../../src/core/automl/study.js';
import { searchOn, type SearchLimits } from '../../../src/lab/tuning/search.js';

const plan: Study = { version: 1, name: 's', model: 'lasso', metric: 'rmse', method: 'random', space: [{ kind: 'number', name: 'l1', low: 0, high: 1, log: false, whole: false }], steps: 3, starts: 9, folds: 3, seed: 1, preparedDigest: '', trials: [] };

interface Open {
  readonly at: number;
  readonly proposal: Proposal;
  end(): void;
  fail(cause: Error): void;
}

/** A search whose trials end when the test says so, on a clock that the test sets. */
function play(study: Study, limits: SearchLimits) {
  const open: Open[] = [];
  const clock = { now: 0 };
  const [stop, pause] = [new AbortController(), new AbortController()];
  const most = { running: 0, aborted: 0 };
  const done = searchOn<number>(study, limits, {
    signal: stop.signal,
    pausing: pause.signal,
    now: () => clock.now,
    make: (at, proposal, signal) =>
      new Promise((resolve, fail) => {
        open.push({ at, proposal, fail, end: () => resolve(Number(proposal.configuration['l1'])) });
        most.running = Math.max(most.running, open.length);
        signal.addEventListener('abort', () => (most.aborted++, fail(new Error('stopped'))));
      }),
    keep: async (before, { at, proposal, made }) => withTrial(before, at, { ...proposal, loss: made, score: made, deviation: null, milliseconds: 1 } satisfies Trial, clock.now),
    tell: () => undefined,
  });
  done.catch(() => undefined);
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const end = async (which: number): Promise<void> => {
    open.splice(which, 1)[0]!.end();
    await turn();
  };
  return { open, clock, done, stop, pause, most, end, turn };
}

/** Ends trials, always the one at this place of those that run, until the search is over. */
async function playOut(study: Study, limits: SearchLimits, which: (running: number) => number): Promise<Study> {
  const played = play(study, limits);
  await played.turn();
  while (played.open.length > 0) await played.end(which(played.open.length));
  expect(played.most.running).toBeLessThanOrEqual(limits.workers);
  return (await played.done).study;
}

const found = ({ trials }: Study): unknown => trials.map(({ configuration, resource }) => [configuration, resource]);

describe('trials at once', () => {
  it.each(['random', 'grid', 'halving', 'hyperband'] as const)('%s comes out the same with one worker and with three, last first or first first', async (method) => {
    const one = await playOut({ ...plan, method }, { workers: 1, trials: 22 }, () => 0);
    for (const which of [(n: number) => n - 1, () => 0]) expect(found(await playOut({ ...plan, method }, { workers: 3, trials: 22 }, which))).toEqual(found(one));
  });

  it('TPE of a width comes out the same whichever ends first and however many run, and stands on what lies before', async () => {
    const tpe = { ...plan, method: 'tpe', width: 3 } as const;
    const [first, last, one] = [await playOut(tpe, { workers: 3, trials: 30 }, () => 0), await playOut(tpe, { workers: 3, trials: 30 }, (n) => n - 1), await playOut(tpe, { workers: 1, trials: 30 }, () => 0)];
    expect(found(last)).toEqual(found(first));
    expect(found(one)).toEqual(found(first));
    const other = await playOut({ ...tpe, width: 1 }, { workers: 3, trials: 30 }, (n) => n - 1);
    expect(found(other)).not.toEqual(found(first));
    // no two trials by chance are the same one
    expect(new Set(first.trials.slice(0, 10).map(({ configuration }) => configuration['l1'])).size).toBe(10);
  });

  it('goes on from a file with a gap: the missing trial is made, those that had ended ahead are not', async () => {
    const whole = await playOut(plan, { workers: 1, trials: 6 }, () => 0);
    const cut = [0, 2, 3].reduce<Study>((study, at) => withTrial(study, at, whole.trials[at]!, 0), plan);
    expect([cut.trials.length, cut.ahead?.map(({ at }) => at)]).toEqual([1, [2, 3]]);
    const made: number[] = [];
    const played = play(cut, { workers: 2, trials: 3 });
    await played.turn();
    while (played.open.length > 0) {
      made.push(played.open[0]!.at);
      await played.end(0);
    }
    expect(made).toEqual([1, 4, 5]);
    expect(found((await played.done).study)).toEqual(found(whole));
  });
});

describe('the end of a search', () => {
  it('begins no trial after its time, and lets those that run end', async () => {
    const played = play(plan, { workers: 2, trials: Infinity, until: 5000 });
    await played.turn();
    played.clock.now = 4999;
    await played.end(0);
    expect(played.open.map(({ at }) => at)).toEqual([1, 2]);
    played.clock.now = 5000;
    await played.end(0);
    expect(played.open.map(({ at }) => at)).toEqual([2]);
    await played.end(0);
    expect(await played.done).toMatchObject({ end: 'time', study: { trials: { length: 3 } } });
  });

  it('pauses when those that run have ended', async () => {
    const played = play(plan, { workers: 3, trials: 50 });
    await played.turn();
    played.pause.abort();
    await played.end(2);
    expect(played.open).toHaveLength(2);
    await played.end(0);
    await played.end(0);
    expect(await played.done).toMatchObject({ end: 'paused', study: { trials: { length: 3 } } });
  });

  it('stops the others when one fails for good or when it is cancelled', async () => {
    const failed = play(plan, { workers: 3, trials: 50 });
    await failed.turn();
    failed.open[1]!.fail(new Error('no disk'));
    await expect(failed.done).rejects.toThrow('no disk');
    expect(failed.most.aborted).toBe(3);
    const cancelled = play(plan, { workers: 2, trials: 50 });
    await cancelled.turn();
    cancelled.stop.abort();
    await expect(cancelled.done).rejects.toThrow('stopped');
  });

  it('is at once when nothing is left to make', async () => {
    expect(await play({ ...plan, method: 'grid', trials: (await playOut({ ...plan, method: 'grid' }, { workers: 2, trials: 99 }, () => 0)).trials }, { workers: 2, trials: 5 }).done).toMatchObject({ end: 'made', study: { trials: { length: 3 } } });
  });
});
