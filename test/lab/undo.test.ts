import { describe, expect, it } from 'vitest';
import { verifyJournal } from '../../src/core/govern/journal.js';
import { openEngine } from '../../src/lab/engine.js';
import { loadRegistry, loadRuns, loadServices, loadWorld } from '../../src/lab/project/state.js';
import type { VerbArgs } from '../../src/lab/verb.js';
import { deployRidership, openLab, planOf, type Lab } from './open-lab.js';

/** Everything that an undo must bring back: tracked files, the lab's own state, and what is not committed. */
async function stateOf({ platform }: Lab): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = async (folder: string): Promise<void> => {
    for (const name of await platform.files.list(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (['.git', '.dvc/cache', '.lab/journal.jsonl', '.lab/undo', '.lab/course'].includes(path)) continue;
      if ((await platform.files.stat(path))?.type === 'directory') await visit(path);
      else found[path] = new TextDecoder().decode(await platform.files.read(path));
    }
  };
  await visit('');
  return found;
}

const journalOf = async ({ platform }: Lab) => new TextDecoder().decode(await platform.files.read('.lab/journal.jsonl'));

async function deployed(): Promise<Lab> {
  const lab = await openLab();
  await deployRidership(lab.act);
  return lab;
}

describe('undo of an act of the lab', () => {
  const acts: [string, [string, VerbArgs][]][] = [
    ['a living project', [
      ['collect', { dataset: 'chicago_ridership' }], ['contract', { infer: true }], ['clean', { step: 'limit', columns: ['temp'], rule: 'iqr', act: 'clip' }], ['prepare', {}], ['train', { model: 'linear' }],
      ['evaluate', {}], ['register', { name: 'ridership', alias: 'champion' }], ['alias', { name: 'ridership', alias: 'best', version: 1 }], ['deploy', { service: 'ridership' }],
      ['tune', { model: 'decision-tree', search: ['maxDepth=2..4'], trials: 1, folds: 2 }], ['export-runs', { format: 'mlflow' }], ['inject', { column: 'temp', offset: 2 }], ['pipeline', {}], ['undeploy', { service: 'ridership' }],
    ]],
    ['judging', [
      ['collect', { dataset: 'penguins' }], ['prepare', { target: 'species', split: 'stratified' }], ['leakage', {}], ['train', { model: 'decision-tree', name: 'a' }], ['evaluate', {}], ['train', { model: 'dummy', name: 'b' }], ['evaluate', {}],
      ['compare', { run: 'a', with: 'b', folds: 2 }], ['cross-validate', { run: 'a', folds: 2 }], ['weaknesses', { run: 'a' }], ['explain', { run: 'a' }],
    ]],
  ];
  it.each(acts)('brings every file back, inside git and outside, and a second undo brings the act back: %s', async (_name, all) => {
    const lab = await openLab();
    for (const [name, args] of all) {
      const before = await stateOf(lab);
      const done = await lab.act(name, args);
      const after = await stateOf(lab);
      expect([name, await planOf(lab)]).toMatchObject([name, { text: done.command, redo: false, kind: 'act' }]);
      expect([name, after]).not.toEqual([name, before]);
      await lab.act('undo');
      expect([name, await stateOf(lab)]).toEqual([name, before]);
      expect([name, (await planOf(lab))?.redo, (await planOf(lab))?.text]).toEqual([name, true, done.command]);
      await lab.act('undo');
      expect([name, await stateOf(lab)]).toEqual([name, after]);
      expect(await lab.platform.git.status()).toEqual([]);
    }
    expect(verifyJournal(await journalOf(lab))).toMatchObject({ ok: true });
  }, 60_000);

  it('reverts exactly that commit, and the journal says what was taken back', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    const { commit } = await lab.act('prepare', {});
    const report = await lab.act('undo');
    const [top, made] = await lab.platform.git.log({ depth: 2 });
    expect([top!.id, made!.id]).toEqual([report.commit, commit]);
    expect(top!.message).toMatch(/^Revert "prepare: .*"\n\nThis reverts commit [0-9a-f]{40}\.\n\nJournal: [0-9a-f]{64}\n$/);
    const { steps, verdict } = await lab.engine.view('history');
    expect(verdict.ok).toBe(true);
    expect(steps.at(-1)).toMatchObject({ action: 'undo', object: { type: 'undo', id: 'step-2' }, reason: 'lab prepare', commit: report.commit, command: 'lab undo' });
    await lab.act('undo');
    expect((await lab.platform.git.log({ depth: 1 }))[0]!.message).toMatch(/^Reapply "prepare: /);
    await lab.act('undo');
    expect((await lab.platform.git.log({ depth: 1 }))[0]!.message).toMatch(/^Revert "Reapply "prepare: /);
  });

  it('takes back a whole retraining and a promotion, services with their request counts kept', async () => {
    const lab = await deployed();
    await lab.act('advance', { days: 800 });
    const before = await stateOf(lab);
    await lab.act('retrain', {});
    await lab.act('undo');
    expect(await stateOf(lab)).toEqual(before);
    await lab.act('undo');
    const requests = (await loadServices(lab.platform)).services[0]!.requests;
    await lab.act('promote', { name: 'ridership', version: 2 });
    await lab.act('undo');
    expect((await loadServices(lab.platform)).services).toMatchObject([{ name: 'ridership', version: 1, requests }]);
    expect((await loadRegistry(lab.platform)).models['ridership']!.aliases['champion']).toBe(1);
  }, 60_000);

  it('leaves other changes alone, and gives the learner’s own changes from before the act back as changes', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    await lab.act('prepare', {});
    const params = new TextDecoder().decode(await lab.platform.files.read('params.yaml'));
    await lab.platform.files.write('params.yaml', `# mine\n${params}`);
    await lab.platform.files.write('README.md', 'other words\n');
    await lab.platform.save();
    const before = await stateOf(lab);
    await lab.act('train', { model: 'linear' });
    await lab.act('undo');
    expect(await stateOf(lab)).toEqual(before);
    expect((await lab.platform.git.status()).map(({ path, unstaged }) => [path, unstaged])).toEqual([['README.md', 'modified'], ['params.yaml', 'modified']]);
    await lab.act('undo');
    expect((await loadRuns(lab.platform)).length).toBe(1);
    expect((await lab.platform.git.status()).map(({ path }) => path)).toEqual(['README.md']);
  });

  it('refuses when a file of the act was changed since, and changes nothing then', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    await lab.act('prepare', {});
    await lab.platform.files.write('params.yaml', 'mine: 1\n');
    await lab.platform.save();
    const before = await stateOf(lab);
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-changed', data: { files: ['params.yaml'] } });
    expect((await planOf(lab))?.refused).toEqual({ code: 'undo-changed', data: { files: ['params.yaml'] } });
    expect(await stateOf(lab)).toEqual(before);
    await lab.platform.git.add(['params.yaml']);
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-changed' });
  });

  it('refuses what cannot be taken back, with the reason', async () => {
    const lab = await deployed();
    await lab.act('train', { model: 'dummy' });
    await lab.act('evaluate', {});
    await lab.act('register', { name: 'ridership' });
    const refusal = async (): Promise<unknown> => lab.act('undo').then(() => 'done', ({ code, data }: { code: string; data: { reason?: string } }) => [code, data.reason]);
    await lab.act('advance', { days: 3 });
    expect(await refusal()).toEqual(['undo-final', 'time']);
    expect((await loadWorld(lab.platform))!.now).not.toBe((await loadWorld(lab.platform))!.start);
    await lab.act('retire', { name: 'ridership', version: 2, reason: 'worse' });
    expect(await refusal()).toEqual(['undo-final', 'tombstone']);
    await lab.act('team');
    expect(await refusal()).toEqual(['undo-final', 'shared']);
    await lab.act('learn', { lesson: 'a', event: 'started' });
    await lab.act('learn', { lesson: 'a', event: 'restarted' });
    expect(await refusal()).toEqual(['undo-final', 'restart']);
  }, 30_000);

  it('has nothing to take back in a new project, and passes over notes of a lesson', async () => {
    const lab = await openLab();
    expect(await planOf(lab)).toBeUndefined();
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-nothing' });
    await lab.act('collect', { dataset: 'chicago_ridership' });
    await lab.act('learn', { lesson: 'a', event: 'passed', step: 'b' });
    expect((await planOf(lab))?.text).toBe('lab collect --dataset chicago_ridership');
  });

  it('holds across a tab that is killed: the record is saved with the act, and half an undo never shows', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    const before = await stateOf(lab);
    await lab.act('prepare', {});
    const open = async (): Promise<Lab> => {
      const platform = lab.platform.fork();
      const engine = await openEngine(platform);
      return { engine, platform, act: (name, args = {}) => engine.run(name, args) };
    };
    const failing = await open();
    const middle = await stateOf(failing);
    failing.platform.save = () => Promise.reject(new Error('killed'));
    await expect(failing.act('undo')).rejects.toThrow();
    expect(await stateOf(failing)).toEqual(middle);
    const reopened = await open();
    await reopened.act('undo');
    expect(await stateOf(reopened)).toEqual(before);
  });

  it('never takes back another act than was shown, nor one whose record was tampered with', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'chicago_ridership' });
    const { id } = (await planOf(lab))!;
    await lab.act('prepare', {});
    await expect(lab.act('undo', { act: id })).rejects.toMatchObject({ code: 'undo-moved-on' });
    const record = JSON.parse(new TextDecoder().decode(await lab.platform.files.read('.lab/undo/last.json'))) as { files: { path: string; before: string | null }[]; hash: string };
    for (const broken of ['{', JSON.stringify({ ...record, hash: '0'.repeat(64) }), JSON.stringify({ ...record, files: [{ path: '.git/config', before: null, after: null }] }), JSON.stringify({ ...record, commit: 'f'.repeat(40) })]) {
      await lab.platform.files.write('.lab/undo/last.json', broken);
      await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-no-record' });
    }
    const text = JSON.stringify({ ...record, files: [{ ...record.files[0]!, before: 'f'.repeat(32) }, ...record.files.slice(1)] });
    await lab.platform.files.write('.lab/undo/last.json', text);
    await lab.platform.save();
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-no-record' });
  });

  it('refuses to bring back a pointer to data that was cleared away', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'penguins' });
    await lab.act('undo');
    for (const { id } of await lab.platform.objects.list()) await lab.platform.objects.remove(id);
    await lab.platform.save();
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'object-missing' });
  });

  it('does not take back what the endpoint has counted since', async () => {
    const lab = await deployed();
    const { recipe } = await lab.engine.view('recipe');
    const inputs = recipe.steps.map(({ name }) => ({ name, datatype: 'FP64', shape: [1], data: [1] }));
    const ask = async (): Promise<void> => expect((await lab.engine.serve({ method: 'POST', path: 'v2/models/ridership/infer', body: JSON.stringify({ inputs }) })).status).toBe(200);
    const served = () => lab.engine.snapshot.services.map(({ version, requests }) => [version, requests]);
    await ask();
    await lab.act('train', { model: 'dummy' });
    await ask();
    await lab.act('undo');
    expect(served()).toEqual([[1, 2]]);
    await lab.act('train', { model: 'linear' });
    await lab.act('evaluate');
    await lab.act('register', { name: 'ridership', alias: 'next' });
    await lab.act('deploy', { service: 'ridership', version: 2 });
    await ask();
    await lab.act('undo');
    expect(served()).toEqual([[1, 3]]);
  });
});
