import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { openEngine } from '../../src/lab/engine.js';
import type { RerunReport } from '../../src/lab/rerun.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

describe('the board of runs', () => {
  let lab: Lab;
  const boardOf = () => lab.engine.view('board');
  const runNamed = async (name: string) => (await boardOf()).find((run) => run.name === name)!;
  beforeAll(async () => {
    lab = await openLab();
    await lab.act('collect', { dataset: 'concrete' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await lab.act('train', { model: 'linear', name: 'ridge', set: ['l2=1'] });
    await lab.act('evaluate');
    await lab.act('train', { model: 'gradient-boosting', name: 'trees', set: ['iterations=20'] });
  }, 60_000);

  it('keeps a note as MLflow does, and takes it away again', async () => {
    await lab.act('note', { run: 'ridge', text: '# Why\n\nA **plain** start <script>alert(1)</script>' });
    const noted = await runNamed('ridge');
    expect(noted.note).toContain('A **plain** start');
    expect(noted.tags['mlflow.note.content']).toBe(noted.note);
    expect(noted.ownTags).toEqual([]);
    expect((await lab.engine.view('history')).steps.at(-1)).toMatchObject({ action: 'note', reason: '# Why', object: { type: 'run-tags', id: noted.id } });
    await lab.act('export-runs', { format: 'mlflow' });
    expect(new TextDecoder().decode(await lab.platform.files.read(`mlruns/1/${noted.id}/tags/mlflow.note.content`))).toBe(noted.note);
    await lab.act('note', { run: 'ridge', text: ' ' });
    expect((await runNamed('ridge')).note).toBeUndefined();
  });

  it('sets and removes tags, which a judgement of the run does not lose', async () => {
    await lab.act('tag-run', { run: 'ridge', set: ['stage=tried', 'owner=me=you'] });
    await lab.act('evaluate', { run: 'ridge' });
    expect((await runNamed('ridge')).tags).toMatchObject({ stage: 'tried', owner: 'me=you', task: 'regression' });
    await lab.act('tag-run', { run: 'ridge', remove: ['owner'] });
    expect((await runNamed('ridge')).ownTags).toEqual(['stage']);
  });

  it.each([
    [{ run: 'ridge', set: ['nothing'] }, 'flag-value'],
    [{ run: 'ridge', set: ['../../x=1'] }, 'flag-value'],
    [{ run: 'ridge', set: ['a/b=1'] }, 'flag-value'],
    [{ run: 'ridge', set: ['.hidden=1'] }, 'flag-value'],
    [{ run: 'ridge', set: ['task=mine'] }, 'reserved-tag'],
    [{ run: 'ridge', set: ['mlflow.user=mine'] }, 'reserved-tag'],
    [{ run: 'ridge', remove: ['never'] }, 'unknown-run-tag'],
    [{ run: 'ridge' }, 'flag-required'],
    [{ run: 'nobody', set: ['a=1'] }, 'unknown-run'],
  ])('refuses tags %j', async (args, code) => {
    await expect(lab.act('tag-run', args)).rejects.toMatchObject({ code });
  });

  it('refuses a note that MLflow would refuse', async () => {
    await expect(lab.act('note', { run: 'ridge', text: 'x'.repeat(8001) })).rejects.toMatchObject({ code: 'flag-value' });
  });

  it('keeps a training that was stopped, and never takes it for a model', async () => {
    const stop = new AbortController();
    const running = lab.engine.run('train', { model: 'gradient-boosting', name: 'stopped', set: ['iterations=50'] }, { signal: stop.signal, progress: ({ done }) => void (done === 5 && stop.abort(new LabError('cancelled'))) });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const stopped = await runNamed('stopped');
    expect(stopped).toMatchObject({ ended: 'KILLED', modelDigest: '', points: 5 });
    expect(lab.engine.snapshot.runs.map(({ name }) => name)).toEqual(['ridge', 'trees']);
    await expect(lab.act('register', { run: 'stopped', name: 'x' })).rejects.toMatchObject({ code: 'unknown-run' });
    await lab.act('note', { run: 'stopped', text: 'too slow' });
    expect((await runNamed('stopped')).note).toBe('too slow');
    await lab.act('export-runs', { format: 'mlflow' });
    expect(new TextDecoder().decode(await lab.platform.files.read(`mlruns/1/${stopped.id}/meta.yaml`))).toContain('status: 5');
    await lab.act('export-runs', { format: 'tensorboard' });
    expect((await lab.platform.files.list('runs')).some((name) => name.startsWith('stopped-'))).toBe(true);
  });

  it('keeps a training that failed, with the reason', async () => {
    await expect(lab.act('train', { model: 'dense-net', name: 'no-trainer' })).rejects.toMatchObject({ code: 'needs-net-trainer' });
    expect(await runNamed('no-trainer')).toMatchObject({ ended: 'FAILED', status: 'FAILED', failure: { code: 'needs-net-trainer', data: { model: 'dense-net' } } });
    expect(await runNamed('no-trainer')).not.toMatchObject({ id: (await runNamed('stopped')).id });
    await expect(lab.act('train', { model: 'linear', name: 'never', set: ['l2=-1'] })).rejects.toThrow();
    expect(await runNamed('never')).toBeUndefined();
  });

  it('gives curves with the time of each step', async () => {
    const [curve] = await lab.engine.view('runCurves', { runs: ['trees'] });
    expect(curve!.points).toHaveLength(20);
    expect(curve!.points.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const times = curve!.points.map(({ at }) => at);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times[0]).toBeGreaterThan(0);
    await expect(lab.engine.view('runCurves', { runs: ['nobody'] })).rejects.toMatchObject({ code: 'unknown-run' });
    expect(await lab.engine.view('runHistograms', { run: 'trees' })).toEqual([]);
  });

  it('tells the acts that led to a run, and what it left', async () => {
    const origin = await lab.engine.view('runOrigin', { run: 'ridge' });
    expect(origin.acts.map(({ command }) => command)).toEqual(['lab collect --dataset concrete', expect.stringMatching(/^lab prepare /), 'lab train --model linear --set l2=1 --name ridge']);
    expect(origin).toMatchObject({ data: true, prepared: true, model: true, commit: { here: true, subject: expect.stringMatching(/^prepare/) } });
    expect(origin.artefacts.map(({ name }) => name)).toEqual(['data/raw.csv', 'prepared/recipe.json', 'prepared/split.json', 'model.json', 'run.json']);
    expect(origin.artefacts.every(({ size, here }) => size > 0 && here)).toBe(true);
    const { content } = await lab.engine.view('artefactContent', { run: 'ridge', name: 'model.json' });
    expect(JSON.parse(new TextDecoder().decode(content))).toMatchObject({ model: { kind: 'linear' } });
    await expect(lab.engine.view('artefactContent', { run: 'ridge', name: '../secrets' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('trains a run again from its own data, whatever stands in the project', async () => {
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id', 'age'], split: 'random' });
    const { result } = await lab.act('rerun', { run: 'ridge' });
    const report = result as RerunReport;
    expect(report.same).toBe('bits');
    expect(report.metrics['train.rmse']![0]).toBe(report.metrics['train.rmse']![1]);
    const again = await runNamed('ridge-again');
    expect(again.tags['looplab.rerunOf']).toBe((await runNamed('ridge')).id);
    expect(lab.engine.snapshot.prepared!.features).toBe(7);
  });

  it('tells two runs apart by parameters, data, recipe and code', async () => {
    await lab.act('train', { model: 'linear', name: 'without-age', set: ['l2=10'] });
    const diff = await lab.engine.view('runDiff', { a: 'ridge', b: 'without-age' });
    expect(diff.params).toContainEqual({ name: 'l2', a: '1', b: '10' });
    expect(diff.data.find(({ name }) => name === 'md5')).toMatchObject({ a: diff.data[0]!.b });
    expect(diff.recipe.find(({ name }) => name === 'input age')).toEqual({ name: 'input age', a: expect.stringContaining('numeric') });
    const params = diff.code.files.find(({ path }) => path === 'params.yaml');
    expect(params).toMatchObject({ state: 'changed', change: { kind: 'text' } });
    expect(params!.change.kind === 'text' && params!.change.hunks.flatMap(({ lines }) => lines)).toContain('+  l2: 10');
    expect(diff.code.files.every(({ path }) => !path.startsWith('mlruns/') && !path.startsWith('.lab/'))).toBe(true);
    await expect(lab.engine.view('runDiff', { a: 'ridge', b: 'ridge' })).rejects.toMatchObject({ code: 'same-run' });
  });

  it('says what is gone when its data were removed, and does not pretend to train it again', async () => {
    const { dataDigest } = await runNamed('ridge');
    await lab.platform.objects.remove(dataDigest);
    await lab.platform.save();
    const reopened = await openEngine(lab.platform);
    expect(await reopened.view('runOrigin', { run: 'ridge' })).toMatchObject({ data: false, prepared: true });
    await expect(reopened.run('rerun', { run: 'ridge' })).rejects.toMatchObject({ code: 'object-missing' });
    const diff = await reopened.view('runDiff', { a: 'ridge', b: 'trees' });
    expect(diff.recipe).toEqual([]);
  });
});
