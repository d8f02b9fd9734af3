import { beforeEach, describe, expect, it } from 'vitest';
import type { Study } from '../../src/core/automl/study.js';
import { openLab } from './open-lab.js';

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
    await expect(tune({ model: 'lasso', name: 'x', search: ['l1=0.1..1'], trials: 0 })).rejects.toMatchObject({ code: 'flag-value' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random', testShare: 0.5 });
    await expect(tune({ trials: 1 })).rejects.toMatchObject({ code: 'study-differs' });
  });

  it('keeps the trials of earlier acts when one is cancelled', async () => {
    await tune({ model: 'random-forest', search: ['maxDepth=2..10'], method: 'random', trials: 2, name: 'kept' });
    const stop = new AbortController();
    const running = lab.engine.run('tune', { name: 'kept', trials: 50 }, { signal: stop.signal, progress: ({ done }) => done === 2 && stop.abort() });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect((await tune({ name: 'kept', trials: 1 })).trials).toHaveLength(3);
  });
});
