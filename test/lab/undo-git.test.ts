import { describe, expect, it } from 'vitest';
import { openLab, openTerminal, planOf, type Lab } from './open-lab.js';

describe('undo of what git did', () => {
  const tip = (lab: Lab): Promise<string> => lab.platform.git.resolve('HEAD');

  it('moves back a commit, an amend, a reset and a merge as git reset --keep would, and forth again', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await run('git switch -c side; echo s > side.txt; git add .; git commit -qm Side; git switch -q main');
    for (const line of ['echo a > a.txt; git add a.txt; git commit -qm One', 'git commit -q --amend -m Uno', 'git merge -q side -m Both', 'git reset -q --hard HEAD~1']) {
      const before = await tip(lab);
      await run(line);
      const after = await tip(lab);
      expect([line, await planOf(lab)]).toMatchObject([line, { kind: 'move', redo: false, same: 'git reset --keep HEAD@{1}' }]);
      await run('lab undo');
      expect([line, await tip(lab), await lab.platform.git.status()]).toEqual([line, before, []]);
      expect(await planOf(lab)).toMatchObject({ redo: true, text: expect.not.stringContaining('HEAD@') as string });
      await run('lab undo');
      expect([line, await tip(lab), await lab.platform.git.status()]).toEqual([line, after, []]);
    }
    expect(await run('git reflog -1')).toContain('reset: moving to HEAD@{1}');
    const { steps, verdict } = await lab.engine.view('history');
    expect([verdict.ok, steps.at(-1)]).toMatchObject([true, { action: 'undo', object: { type: 'redo' }, after: await tip(lab) }]);
  });

  it('switches back, and says the command', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await run('git switch -qc idea');
    expect(await planOf(lab)).toMatchObject({ branch: 'main', same: 'git switch main', text: 'moving from main to idea' });
    await run('lab undo');
    expect((await lab.platform.git.head()).branch).toBe('main');
    await run('lab undo');
    expect((await lab.platform.git.head()).branch).toBe('idea');
    await run('git switch -q main; git branch -d idea');
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'unknown-branch' });
  });

  it('takes a rebase back as one act', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await run('lab team; git remote add origin lab://team; git push -qu origin main; git fetch -q');
    await run('echo 1 > one; git add .; git commit -qm One; echo 2 > two; git add .; git commit -qm Two');
    const before = await tip(lab);
    await run('git pull -q --rebase');
    expect(await tip(lab)).not.toBe(before);
    expect((await planOf(lab))?.refused).toBeUndefined();
    await run('lab undo');
    expect([await tip(lab), await lab.platform.git.status()]).toEqual([before, []]);
  });

  it('takes a rebase back whose log has lines of its own, and never one that is not finished', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await run('echo 1 > one; git add .; git commit -qm One; echo 2 > two; git add .; git commit -qm Two');
    const [two, one] = [await tip(lab), await lab.platform.git.resolve('HEAD~1')];
    await run('git reset -q --hard HEAD~2; echo 3 > three; git add .; git commit -qm Three');
    const three = await tip(lab);
    const line = (before: string, after: string, message: string): string => `${before} ${after} A <a@b> 1767225600 +0000\t${message}\n`;
    const log = async (ref: string): Promise<string> => new TextDecoder().decode(await lab.platform.files.read(`.git/logs/${ref}`));
    await lab.platform.files.write('.git/logs/HEAD', (await log('HEAD')) + line(two, one, 'rebase (start): checkout x') + line(one, one, 'commit: by hand in between') + line(one, three, 'rebase (pick): Three') + line(three, three, 'rebase (finish): returning to refs/heads/main'));
    await lab.platform.files.write('.git/logs/refs/heads/main', (await log('refs/heads/main')) + line(two, three, 'rebase (finish): refs/heads/main onto x'));
    await lab.platform.save();
    expect(await planOf(lab)).toMatchObject({ text: 'rebase', to: two, same: 'git reset --keep main@{1}' });
    await run('lab undo');
    expect([await tip(lab), await lab.platform.git.status()]).toEqual([two, []]);
    await lab.platform.files.write('.git/rebase-merge/done', 'pick\n');
    await lab.platform.save();
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-unfinished', data: { act: 'rebase' } });
    expect((await lab.engine.view('commitGraph')).doing).toBe('rebase');
  });

  it('refuses rather than lose a change, take from others, or break into a merge', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await run('lab team; git remote add origin lab://team; echo a > a.txt; git add .; git commit -qm A; echo b > a.txt');
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'local-changes', data: { files: ['a.txt'] } });
    expect(await run('cat a.txt')).toBe('b\n');
    await run('git restore a.txt; git push -qu origin main');
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-pushed', data: { remote: 'origin/main' } });
    await run('git switch -qc x; echo x > a.txt; git commit -qam X; git switch -q main; echo y > a.txt; git commit -qam Y; git merge x || true');
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-unfinished', data: { act: 'merge' } });
    await run('git merge --abort');
    await expect(lab.act('undo')).rejects.toMatchObject({ code: 'undo-no-move' });
  });

  it('knows whether the lab or git acted last', async () => {
    const lab = await openLab();
    const run = openTerminal(lab);
    await lab.act('collect', { dataset: 'chicago_ridership' });
    await run('echo a > a.txt; git add a.txt; git commit -qm Mine');
    expect(await planOf(lab)).toMatchObject({ kind: 'move', text: 'commit: Mine' });
    await lab.act('prepare', {});
    expect(await planOf(lab)).toMatchObject({ kind: 'act', text: 'lab prepare' });
    expect(await run('lab last')).toContain('lab undo takes back: lab prepare');
    await run('lab undo');
    expect(await run('ls')).toContain('a.txt');
  });
});
