import { beforeAll, describe, expect, it, test } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import type { Engine } from '../../src/lab/engine.js';
import type { MemoryPlatform } from '../../src/platform/memory-platform.js';
import { deployRidership, openLab } from './open-lab.js';

type Act = Awaited<ReturnType<typeof openLab>>['act'];
const refusal = (code: string, data?: object) => expect.objectContaining(data ? { code, data: expect.objectContaining(data) } : { code });

describe('once around the loop', () => {
  let engine: Engine;
  let platform: MemoryPlatform;
  let act: Act;

  beforeAll(async () => {
    ({ engine, platform, act } = await openLab());
    await deployRidership(act);
  });

  it('collects only what is known today', () => {
    expect(engine.snapshot.data).toMatchObject({ dataset: 'chicago_ridership', rows: 1440, columns: 40, from: '2001-01-22', to: '2004-12-31', versions: 1 });
    expect(engine.snapshot.world).toMatchObject({ now: '2005-01-01', end: '2016-08-28' });
  });

  it('prepares with the last year as test rows', () => {
    expect(engine.snapshot.prepared).toMatchObject({ task: 'regression', target: 'ridership', trainRows: 1074, testRows: 366, split: { kind: 'time', testFrom: '2004-01-01' } });
  });

  it('ties the version to commit, data, run and metrics', async () => {
    const [version] = engine.snapshot.versions;
    const [run] = engine.snapshot.runs;
    expect(version).toMatchObject({ version: 1, aliases: ['champion'], runId: run!.id, dataDigest: engine.snapshot.data!.digest, modelDigest: run!.modelDigest });
    expect(version!.metrics['test.rmse']).toBe(run!.metrics['test.rmse']);
    const pointer = await platform.git.readAt(version!.commit!, 'models/model.json.dvc');
    expect(new TextDecoder().decode(pointer)).toContain(version!.modelDigest);
  });

  it('serves the numbers of the evaluation', async () => {
    const detail = await engine.view('evaluation');
    const { recipe } = await engine.view('recipe');
    const raw = await engine.view('table', { from: 1074, count: 5 });
    const inputs = recipe.steps.map(({ name }) => ({ name, datatype: 'FP64', shape: [5], data: raw.rows.map((row) => Number(row[raw.columns.findIndex((c) => c.name === name)])) }));
    const reply = await engine.serve({ method: 'POST', path: 'v2/models/ridership/infer', body: JSON.stringify({ inputs }) });
    expect(reply.status).toBe(200);
    const body = JSON.parse(reply.body) as { model_version: string; outputs: { name: string; data: number[] }[] };
    expect(body.model_version).toBe('1');
    expect(body.outputs[0]!.data).toEqual(detail.predicted.slice(0, 5));
  });

  it('lets real later rows arrive, and labels late', async () => {
    await act('advance', { days: 30 });
    const life = await engine.view('traffic');
    expect(life.dates[0]).toBe('2005-01-01');
    expect(life.dates).toHaveLength(30);
    expect(life.actual.filter((value) => value !== null)).toHaveLength(30 - 14);
    expect(engine.snapshot.services[0]!.requests).toBe(31);
  });

  it('sees the promise broken in the later years, for want of anybody who watches', async () => {
    await act('advance', { to: '2009-01-01' });
    const [monitor] = engine.snapshot.monitors;
    expect(monitor!.windows.length).toBe(15);
    expect(monitor!.alerts.some((alert) => alert.rule === 'error' && alert.value > alert.threshold)).toBe(true);
    expect(engine.snapshot.stages.monitor).toBe('attention');
    const late = monitor!.windows.at(-1)!;
    expect(late.error!).toBeGreaterThan(1.3 * monitor!.promise);
    expect(late.bias!).toBeLessThan(-1);
  });

  it('retrains on newer rows, compares on rows that neither saw, promotes and retires', async () => {
    const report = await act('retrain', {});
    const { comparison } = engine.snapshot;
    expect(comparison).toMatchObject({ champion: 1, challenger: 2, rows: 90 });
    expect(comparison!.challengerValue).toBeLessThan(comparison!.championValue);
    expect(report.lines.join('\n')).toContain('lab promote --name ridership --version 2');
    await expect(act('retire', { name: 'ridership', version: 1, reason: 'decayed' })).rejects.toEqual(refusal('still-used', { users: ['service ridership', 'alias champion'] }));
    await act('promote', { name: 'ridership', version: 2 });
    await act('retire', { name: 'ridership', version: 1, reason: 'decayed' });
    const [old] = engine.snapshot.versions;
    expect(old).toMatchObject({ status: 'retired', retired: { reason: 'decayed' } });
    expect(old!.retired!.evidence['requests served']).toBe(1461);
    expect(await engine.serve({ method: 'GET', path: 'v2/models/ridership/versions/1' })).toMatchObject({ status: 404 });
    await expect(act('deploy', { service: 'ridership', version: 1 })).rejects.toEqual(refusal('version-retired'));
  });

  it('refuses to judge a challenger on rows that the champion learned from', async () => {
    await expect(act('retrain', { holdoutDays: 200 })).rejects.toEqual(refusal('champion-saw-rows'));
    expect(engine.snapshot.versions).toHaveLength(2);
  });

  it('sees a sensor that changes its unit', async () => {
    await act('inject', { column: 'temp', kind: 'fahrenheit-to-celsius' });
    await act('advance', { days: 120 });
    expect(engine.snapshot.monitors[0]!.alerts.at(-1)).toMatchObject({ rule: 'drift', subject: 'temp', at: '2009-04-01' });
    const { features } = await engine.view('drift', { at: '2009-02-01' });
    expect(features[0]).toMatchObject({ feature: 'temp' });
  });

  it('has one journal step for each act, and a chain that holds', async () => {
    const { steps, verdict } = await engine.view('history');
    expect(verdict).toMatchObject({ ok: true, length: steps.length });
    expect(steps.map((step) => step.action)).toEqual(['collect', 'prepare', 'train', 'evaluate', 'register', 'deploy', 'advance', 'advance', 'retrain', 'promote', 'retire', 'inject', 'advance']);
  });

  it('opens again as it was left', async () => {
    const again = platform.fork();
    const { openEngine } = await import('../../src/lab/engine.js');
    const reopened = await openEngine(again);
    expect(reopened.snapshot).toEqual(engine.snapshot);
    expect(await reopened.view('traffic')).toEqual(await engine.view('traffic'));
  });
});

describe('refusals leave everything as it was', () => {
  let engine: Engine;
  let act: Act;

  beforeAll(async () => {
    ({ engine, act } = await openLab());
    await act('collect', { dataset: 'penguins' });
  });

  test.each<[string, string, Parameters<Act>[1], string]>([
    ['an unknown verb', 'fly', {}, 'unknown-verb'],
    ['an unknown flag', 'collect', { datasets: 'penguins' }, 'unknown-flag'],
    ['a flag of the wrong type', 'collect', { dataset: 3 }, 'flag-value'],
    ['a number that is none', 'advance', { days: Number.NaN }, 'flag-value'],
    ['neither set nor file', 'collect', {}, 'collect-what'],
    ['an unknown set', 'collect', { dataset: 'x' }, 'unknown-dataset'],
    ['a file that is not there', 'collect', { file: 'x.csv' }, 'not-found'],
    ['a type that is none', 'collect', { dataset: 'penguins', types: ['year=colour'] }, 'flag-value'],
    ['training before preparing', 'train', { model: 'linear' }, 'missing-step'],
    ['an unknown target', 'prepare', { target: 'x' }, 'unknown-column'],
    ['a split by time without time', 'prepare', { target: 'species', split: 'time' }, 'split-needs-time'],
    ['a clock without live data', 'advance', { days: 1 }, 'no-live-data'],
    ['evaluating nothing', 'evaluate', {}, 'no-runs'],
    ['deploying nothing', 'deploy', { service: 'x' }, 'unknown-model'],
  ])('%s', async (_name, verb, args, code) => {
    const before = engine.snapshot;
    await expect(act(verb, args)).rejects.toEqual(refusal(code));
    expect(engine.snapshot).toEqual(before);
  });
});

test('a cancelled verb leaves nothing behind', async () => {
  const { engine, act } = await openLab();
  await deployRidership(act);
  const before = engine.snapshot;
  const stop = new AbortController();
  const running = engine.run('advance', { to: '2016-01-01' }, { signal: stop.signal, progress: (p) => p.done > 300 && stop.abort(new LabError('cancelled')) });
  await expect(running).rejects.toEqual(refusal('cancelled'));
  expect(engine.snapshot).toEqual(before);
  await expect(engine.view('traffic')).rejects.toEqual(refusal('no-traffic'));
});

test('classification goes the same way', async () => {
  const { engine, act } = await openLab();
  await act('collect', { dataset: 'chicago_ridership' });
  await act('prepare', { target: 'busy' });
  await act('train', { model: 'logistic' });
  await act('evaluate', { threshold: 0.3 });
  await act('register', { name: 'busy-day', alias: 'champion' });
  await act('deploy', { service: 'busy-day' });
  await act('advance', { to: '2007-01-01' });
  const [run] = engine.snapshot.runs;
  expect(run!.metrics['test.logLoss']!).toBeLessThan(run!.metrics['baseline.logLoss']!);
  expect(engine.snapshot.monitors[0]).toMatchObject({ metric: 'logLoss' });
  expect(engine.snapshot.monitors[0]!.windows.length).toBe(7);
});
