import { beforeEach, describe, expect, it } from 'vitest';
import type { Study } from '../../src/core/automl/study.js';
import { LabError } from '../../src/core/lab-error.js';
import { createRandom } from '../../src/core/random.js';
import { openEngine } from '../../src/lab/engine.js';
import type { TrialRunner } from '../../src/lab/trial-port.js';
import { createLocalTrials } from '../../src/lab/tuning/local-trials.js';
import type { MemoryPlatform } from '../../src/platform/memory-platform.js';
import { openLab } from './open-lab.js';

const changedFiles = async (platform: MemoryPlatform): Promise<string[]> => (await platform.git.status()).filter(({ staged, unstaged }) => staged !== 'unmodified' || unstaged !== 'unmodified').map(({ path }) => path);

/** Trials whose ends come in a shuffled order, which is noted. */
function shuffled(platform: MemoryPlatform, seed: number, order: number[]): TrialRunner {
  const random = createRandom(seed);
  const local = createLocalTrials({ platform, breathe: async () => undefined });
  return {
    width: 3,
    open(inputs, width) {
      const pool = local.open(inputs, width);
      let begun = 0;
      return {
        async run(job, hooks) {
          const at = begun++;
          const result = await pool.run(job, hooks);
          await new Promise((resolve) => setTimeout(resolve, 25 * random()));
          order.push(at);
          return result;
        },
        close: () => pool.close(),
      };
    },
  };
}

describe('searching for settings', () => {
  let lab: Awaited<ReturnType<typeof openLab>>;
  const tune = async (args: Record<string, unknown>): Promise<Study> => (await lab.act('tune', args as never)).result as Study;
  beforeEach(async () => {
    lab = await openLab();
    await lab.act('collect', { dataset: 'concrete' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
  });

  it('goes on where it stopped, to the same trials as in one go', async () => {
    const args = { model: 'lasso', search: ['l1=0.001..10:log'], method: 'tpe', trials: 12 };
    const whole = await tune(args);
    expect(whole.trials).toHaveLength(12);
    const first = await tune({ ...args, trials: 5, name: 'parts' });
    const rest = await tune({ name: 'parts', trials: 7 });
    expect(first.trials).toHaveLength(5);
    expect(rest.trials.map(({ configuration, score }) => [configuration, score])).toEqual(whole.trials.map(({ configuration, score }) => [configuration, score]));
  });

  it('makes a run of each trial, judged on folds of the training rows, and reports the best', async () => {
    const study = await tune({ model: 'decision-tree', search: ['maxDepth=1..12'], method: 'grid', steps: 4, trials: 99 });
    expect(study.trials.map(({ configuration }) => configuration['maxDepth'])).toEqual([1, 4, 9, 12].map((value) => expect.closeTo(value, -1)));
    const { runs } = lab.engine.snapshot;
    expect(runs.map(({ id }) => id)).toEqual(study.trials.map(({ run }) => run));
    for (const [at, run] of runs.entries()) expect(run.metrics['cv.rmse']).toBe(study.trials[at]!.score);
    const report = JSON.parse(new TextDecoder().decode(await lab.platform.files.read('reports/tuning.json'))) as { best: { score: number } };
    expect(report.best.score).toBe(Math.min(...study.trials.map(({ score }) => score!)));
    // a deep tree does better on these data than a stump, by scikit-learn's numbers too
    expect(study.trials[0]!.score!).toBeGreaterThan(1.5 * report.best.score);
  });

  it('halving gives the better third three times as many rows', async () => {
    const study = await tune({ model: 'decision-tree', search: ['maxDepth=1..20', 'minRowsLeaf=1..50'], method: 'halving', starts: 9, trials: 99 });
    expect(study.trials.map(({ resource }) => Math.round(resource * 9))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9]);
    const best = study.trials.slice(0, 9).sort((a, b) => a.loss! - b.loss!).slice(0, 3);
    expect(study.trials.slice(9, 12).map(({ configuration }) => configuration)).toEqual(best.map(({ configuration }) => configuration));
  });

  it('refuses another search under the same name, and a plan that cannot be read', async () => {
    await tune({ model: 'lasso', search: ['l1=0.1..1'], trials: 1 });
    await expect(tune({ model: 'lasso', search: ['l1=0.1..2'], trials: 1 })).rejects.toMatchObject({ code: 'study-differs' });
    await expect(tune({ name: 'new' })).rejects.toMatchObject({ code: 'flag-required' });
    await expect(tune({ model: 'lasso', name: 'x', search: ['l1=2..1'] })).rejects.toMatchObject({ code: 'bad-dimension' });
    for (const wrong of [{ trials: 0 }, { workers: 0 }, { workers: 1.5 }, { workers: 99 }, { seconds: 0 }, { folds: 1 }]) await expect(tune({ model: 'lasso', name: 'x', search: ['l1=0.1..1'], ...wrong })).rejects.toMatchObject({ code: 'flag-value' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random', testShare: 0.5 });
    await expect(tune({ trials: 1 })).rejects.toMatchObject({ code: 'study-differs' });
  });

  it('keeps the trials that have ended when it is cancelled, and says how many', async () => {
    await tune({ model: 'random-forest', search: ['maxDepth=2..10'], method: 'random', trials: 2, name: 'kept' });
    const before = lab.engine.snapshot;
    const stop = new AbortController();
    const running = lab.engine.run('tune', { name: 'kept', trials: 50 }, { signal: stop.signal, progress: ({ done }) => done === 2 && stop.abort() });
    await expect(running).rejects.toMatchObject({ code: 'cancelled', data: { kept: 2 } });
    expect(lab.engine.snapshot.journal.head).toBe(before.journal.head);
    expect(lab.engine.snapshot.runs).toHaveLength(4);
    expect(await changedFiles(lab.platform)).toEqual([]);
    expect((await tune({ name: 'kept', trials: 1 })).trials).toHaveLength(5);
  });

  it('is whole after a kill at any moment: ended trials are there, the tree is clean, and the rest comes out the same', async () => {
    const args = { model: 'decision-tree', search: ['maxDepth=1..12', 'minRowsLeaf=1..40'], method: 'tpe', trials: 14, workers: 3, name: 'cut' };
    const forks: MemoryPlatform[] = [];
    const head = lab.engine.snapshot.journal.head;
    const whole = (await lab.engine.run('tune', args, { progress: ({ search }) => void ((search?.ended === 5 || search?.ended === 12) && forks.push(lab.platform.fork())) })).result as Study;
    for (const [platform, ended] of [[forks[0]!, 5], [forks.at(-1)!, 12]] as const) {
      const engine = await openEngine(platform);
      expect(engine.snapshot.journal.head).toBe(head);
      expect(engine.snapshot.runs).toHaveLength(ended);
      expect(await changedFiles(platform)).toEqual([]);
      expect(await engine.view('study')).toMatchObject({ name: 'cut', left: null });
      const rest = (await engine.run('tune', { name: 'cut', trials: 14 - ended })).result as Study;
      expect(rest.trials.map(({ configuration, score, run }) => [configuration, score, run])).toEqual(whole.trials.map(({ configuration, score, run }) => [configuration, score, run]));
      expect(await changedFiles(platform)).toEqual([]);
    }
  });

  it('keeps what was saved when a save fails, and ends', async () => {
    const { platform } = lab;
    const save = platform.save.bind(platform);
    let saves = 0;
    Object.assign(platform, { save: async () => (++saves > 2 ? Promise.reject(new LabError('quota-full')) : save()) });
    await expect(tune({ model: 'lasso', search: ['l1=0.1..1'], method: 'random', trials: 5 })).rejects.toMatchObject({ code: 'quota-full' });
    Object.assign(platform, { save });
    expect((await lab.engine.view('study'))?.trials).toHaveLength(2);
    expect((await tune({ trials: 3 })).trials).toHaveLength(5);
  });

  it('finds the same with one worker and with three, in whatever order trials end', async () => {
    const ends: number[][] = [];
    const searches = [['grid', 'steps'], ['random', 'seed'], ['hyperband', 'starts']] as const;
    const found = async (workers: number, seed: number, method: string): Promise<unknown> => {
      const order: number[] = [];
      ends.push(order);
      Object.assign(lab.platform, { trials: shuffled(lab.platform, seed, order) });
      const study = await tune({ model: 'decision-tree', search: ['maxDepth=1..12', 'minRowsLeaf=1..40'], method, steps: 3, starts: 9, trials: 20, workers, name: `${method}-${workers}-${seed}` });
      expect(study.ahead).toBeUndefined();
      return study.trials.map(({ configuration, score, resource }) => [configuration, score, resource]);
    };
    for (const [method] of searches) expect(await found(3, 1, method)).toEqual(await found(1, 2, method));
    expect(await found(3, 3, 'tpe')).toEqual(await found(3, 4, 'tpe'));
    expect(ends.some((order) => order.some((at, i) => i > 0 && at < order[i - 1]!))).toBe(true);
  });

  it('takes the death of a worker as a finding, and ends without a model when all fail', async () => {
    const params = await lab.platform.files.read('params.yaml');
    const dead: TrialRunner = { width: 2, open: () => ({ run: () => Promise.reject(new LabError('trial-died', { message: 'out of memory' })), close: () => undefined }) };
    Object.assign(lab.platform, { trials: dead });
    const report = await lab.act('tune', { model: 'lasso', search: ['l1=0.1..1'], method: 'random', trials: 3 });
    const { trials } = report.result as Study;
    expect(trials.map(({ failure, reason, run }) => [failure, reason, run])).toEqual(Array.from({ length: 3 }, () => ['trial-died', 'out of memory', undefined]));
    expect(report.lines).toContain('no trial has worked');
    expect(await lab.platform.files.read('params.yaml')).toEqual(params);
    expect(lab.engine.snapshot.runs).toEqual([]);
  });

  it('leaves the best trial’s settings and model in the project, and an undo takes all of it back', async () => {
    const before = await lab.platform.files.read('params.yaml');
    const study = await tune({ model: 'decision-tree', search: ['maxDepth=1..12'], method: 'grid', trials: 4 });
    const best = [...study.trials].sort((a, b) => a.loss! - b.loss!)[0]!;
    expect(new TextDecoder().decode(await lab.platform.files.read('params.yaml'))).toContain(`maxDepth: ${best.configuration['maxDepth']}`);
    const run = lab.engine.snapshot.runs.find(({ id }) => id === best.run)!;
    expect(new TextDecoder().decode(await lab.platform.files.read('models/model.json.dvc'))).toContain(run.modelDigest);
    await lab.act('undo');
    expect(await lab.platform.files.read('params.yaml')).toEqual(before);
    expect(lab.engine.snapshot.runs).toEqual([]);
    expect(await lab.engine.view('study')).toBeUndefined();
  });
});
