import { describe, expect, it } from 'vitest';
import { openLab } from './open-lab.js';

describe('data beside those of the live world', () => {
  it('are judged on their own test rows, and searches are listed by name', async () => {
    const { engine } = await openLab();
    await engine.run('collect', { dataset: 'chicago_ridership' });
    await engine.run('prepare', { target: 'ridership' });
    expect(await engine.view('studies')).toEqual([]);
    await engine.run('train', { model: 'linear', name: 'line' });
    await engine.run('collect', { dataset: 'concrete' });
    await engine.run('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await engine.run('tune', { model: 'linear', search: ['l2=0.1..10:log'], method: 'grid', steps: 2, trials: 2, name: 'mix' });
    await engine.run('evaluate', { run: 'mix-1' });
    const { metrics } = engine.snapshot.runs.find((run) => run.name === 'mix-1')!;
    const again = await engine.view('recompute', { run: 'mix-1' });
    expect(again.rows).toBe(metrics['test.rows']);
    expect(again.metrics['rmse']).toBe(metrics['test.rmse']);
    // The ridership is judged on the first days of the world, which no split can choose.
    expect((await engine.view('recompute', { run: 'line' })).rows).toBe(90);
    expect((await engine.view('studies')).map(({ name, trials }) => [name, trials.length])).toEqual([['mix', 2]]);
  }, 60_000);
});
