import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { parseLock } from '../../src/core/pipeline/lock-file.js';
import { exportProject } from '../../src/lab/archive.js';
import type { StageReport } from '../../src/lab/reproduce.js';
import { openLab } from './open-lab.js';

describe('reproduce', () => {
  let lab: Awaited<ReturnType<typeof openLab>>;
  const text = async (path: string): Promise<string> => new TextDecoder().decode(await lab.platform.files.read(path));
  const reproduce = async (args = {}): Promise<StageReport[]> => ((await lab.act('reproduce', args)).result as { stages: StageReport[] }).stages;
  const outcomes = async (args = {}): Promise<string[]> => (await reproduce(args)).map(({ stage, outcome }) => `${stage} ${outcome}`);
  const edit = async (path: string, from: string, to: string): Promise<void> => {
    const old = await text(path);
    expect(old).toContain(from);
    await lab.platform.files.write(path, old.replace(from, to));
    await lab.platform.save();
  };

  beforeAll(async () => {
    lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    await lab.act('pipeline');
  });

  it('runs everything first, says why, and writes the lock, the metrics and the ignore lines', async () => {
    expect(await outcomes({ dry: true })).toEqual(['prepare would-run', 'train would-run', 'evaluate would-run']);
    const stages = await reproduce();
    expect(stages.map(({ outcome }) => outcome)).toEqual(['ran', 'ran', 'ran']);
    expect(stages[0]!.changes).toContainEqual(expect.objectContaining({ kind: 'dep', path: 'data/raw.csv', state: 'new' }));
    expect(stages[0]!.printed).toMatch(/training rows/);
    const lock = parseLock(await text('dvc.lock'));
    expect(lock['prepare']!.outs[0]).toMatchObject({ path: 'pipeline/prepared', nfiles: 2 });
    expect(await lab.platform.objects.has(lock['train']!.outs[0]!.md5)).toBe(true);
    expect(JSON.parse(await text('pipeline/metrics.json'))).toHaveProperty('rmse');
    expect(await text('pipeline/.gitignore')).toBe('/prepared\n/model.json\n');
  }, 60_000);

  it('skips what did not change', async () => {
    expect(await outcomes()).toEqual(['prepare skipped', 'train skipped', 'evaluate skipped']);
  });

  it('runs only what a parameter changes, and takes the way back from the run cache', async () => {
    const before = await text('dvc.lock');
    await edit('params.yaml', 'model: linear', 'model: dummy');
    const stages = await reproduce();
    expect(stages.map(({ outcome }) => outcome)).toEqual(['skipped', 'ran', 'ran']);
    expect(stages[1]!.changes).toEqual([expect.objectContaining({ kind: 'param', key: 'pipeline.train', state: 'modified' })]);
    await edit('params.yaml', 'model: dummy', 'model: linear');
    expect(await outcomes()).toEqual(['prepare skipped', 'train from-cache', 'evaluate from-cache']);
    expect(await text('dvc.lock')).toBe(before);
  }, 60_000);

  it('takes the run cache along in an export', async () => {
    const parts: Uint8Array[] = [];
    for await (const part of exportProject(lab.platform)) parts.push(part);
    const zip = Buffer.concat(parts).toString('latin1');
    expect(zip).toMatch(/\.dvc\/cache\/runs\/([0-9a-f]{2})\/\1[0-9a-f]{62}\/[0-9a-f]{64}/);
  });

  it('keeps the last good state when a stage fails, with file and line, and a repeat works', async () => {
    const before = await text('dvc.lock');
    await edit('src/train.ts', "console.log(", 'throw new Error("no");\nconsole.log(');
    const error = await lab.act('reproduce').catch((cause: unknown) => LabError.from(cause));
    expect(error).toMatchObject({ code: 'stage-error', data: { stage: 'train', file: 'src/train.ts', line: 10, message: 'Error: no' } });
    expect(await text('dvc.lock')).toBe(before);
    await edit('src/train.ts', 'throw new Error("no");\n', '');
    expect(await outcomes()).toEqual(['prepare skipped', 'train skipped', 'evaluate skipped']);
  }, 60_000);

  it.each([
    ['a command that is not node', 'cmd: node src/train.ts', 'cmd: python train.py', 'stage-command'],
    ['a dependency that is missing', '- data/raw.csv\n    - src/data.ts', '- data/none.csv\n    - src/data.ts', 'stage-no-dep'],
    ['an output that is not written', '- pipeline/model.json\n  evaluate', '- pipeline/other.json\n  evaluate', 'stage-no-output'],
  ])('refuses %s', async (_what, from, to, code) => {
    await edit('dvc.yaml', from, to);
    await expect(lab.act('reproduce')).rejects.toMatchObject({ code });
    await edit('dvc.yaml', to, from);
  }, 60_000);

  it('can be stopped', async () => {
    await edit('src/evaluate.ts', 'const recipe', 'for (;;) {}\nconst recipe');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1500);
    await expect(lab.engine.run('reproduce', {}, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  }, 60_000);
});
