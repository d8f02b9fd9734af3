import { describe, expect, it } from 'vitest';
import { createShell } from '../../src/terminal/shell.js';
import { formatError, runLine } from '../terminal/open-shell.js';
import { openLab } from './open-lab.js';

async function openTerminal() {
  const lab = await openLab();
  const shell = createShell({ engine: lab.engine, platform: lab.platform, serve: (r) => lab.engine.serve(r), formatError, now: Date.now });
  const run = async (line: string): Promise<void> => {
    const { status, err } = await runLine(shell, line);
    expect([line, status, err]).toEqual([line, 0, err]);
  };
  return { ...lab, run };
}

describe('the graph of commits', () => {
  it('holds every branch, remote and tag, the verb that made a commit, and pages through old ones', async () => {
    const { engine, act, run, platform } = await openTerminal();
    await act('collect', { dataset: 'penguins' });
    await run('git switch -qc side; echo s > s; git add s; git commit -qm Side; git switch -q main; git tag -a v1 -m one; echo m > m; git add m; git commit -qm Mine; git merge -q side -m Both');
    await run('lab team; git remote add origin lab://team; git push -qu origin main; git fetch -q');
    const facts = await engine.view('commitGraph');
    expect(facts.refs.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['branch main', 'branch side', 'remote origin/main', 'tag v1']);
    expect(facts).toMatchObject({ branch: 'main', head: await platform.git.resolve('main'), main: await platform.git.resolve('main'), more: false, work: [] });
    expect(facts.refs.find(({ kind }) => kind === 'tag')!.id).toBe(await platform.git.resolve('v1'));
    expect(facts.commits.map(({ subject, verb }) => [subject.split(':')[0], verb])).toEqual([['Say in the README how we work together', undefined], ['Both', undefined], ['Mine', undefined], ['Side', undefined], ['collect', 'collect'], ['Start the project', undefined]]);
    const few = await engine.view('commitGraph', { limit: 2 });
    expect([few.commits.length, few.more]).toEqual([2, true]);
  });

  it('says what is not committed, and what waits to be ended', async () => {
    const { engine, run } = await openTerminal();
    await run('echo 1 > a; git add a; git commit -qm A; git switch -qc x; echo 2 > a; git commit -qam X; git switch -q main; echo 3 > a; git commit -qam Y; git merge x || true');
    await run('echo n > new; echo s > staged; git add staged');
    const { work, doing } = await engine.view('commitGraph');
    expect(doing).toBe('merge');
    expect(work.map(({ path, state }) => `${state} ${path}`).sort()).toEqual(['conflicted a', 'staged staged', 'untracked new']);
    await run('git merge --abort; echo t > README.md; git add README.md; echo u >> README.md');
    const states = (await engine.view('commitGraph')).work.filter(({ path }) => path === 'README.md').map(({ state }) => state);
    expect(states).toEqual(['staged', 'changed']);
  });

  it('gives a commit with its files, parents and step', async () => {
    const { engine, act, run, platform } = await openTerminal();
    const { commit } = await act('collect', { dataset: 'penguins' });
    const made = await engine.view('commitDetail', { id: commit!.slice(0, 8) });
    expect(made.step).toMatchObject({ seq: 1, command: 'lab collect --dataset penguins' });
    expect(made.parents).toMatchObject([{ subject: 'Start the project' }]);
    expect(made.files.map(({ path, state }) => `${state} ${path}`)).toEqual(['added data/.gitignore', 'added data/raw.csv.dvc', 'added data/raw.yaml']);
    await run('printf "a\\0b" > bin; sed -i "s/My model/Our model/" README.md; git rm -q --cached .dvcignore; rm .dvcignore; git add -A; git commit -qm Mixed');
    const mixed = await engine.view('commitDetail', { id: 'HEAD' });
    expect(mixed.files.map(({ path, state, change }) => [path, state, change.kind])).toEqual([['.dvcignore', 'removed', 'text'], ['README.md', 'changed', 'text'], ['bin', 'added', 'binary']]);
    expect(mixed.files[1]!.change).toMatchObject({ added: 1, removed: 1 });
    expect(mixed.step).toBeUndefined();
    const first = (await platform.git.log()).at(-1)!.id;
    expect((await engine.view('commitDetail', { id: first })).parents).toEqual([]);
    for (const id of ['nope', '', '../HEAD', 'f'.repeat(40)]) await expect(engine.view('commitDetail', { id })).rejects.toMatchObject({ code: 'unknown-revision' });
  });
});
