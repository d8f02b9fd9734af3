import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/lab/engine.js';
import { openNodePlatform } from '../../src/platform/node-platform.js';
import { createShell } from '../../src/terminal/shell.js';
import { noSandbox } from '../platform/no-sandbox.js';
import { openTwins } from '../terminal/native-git.js';
import { formatError, NO_NETS, runLine } from '../terminal/open-shell.js';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A project on disk with a terminal, and native git in it or in a copy of it. */
async function openProject() {
  const top = mkdtempSync(join(tmpdir(), 'looplab-undo-'));
  folders.push(top);
  const dir = join(top, 'ours');
  let now = Date.UTC(2026, 0, 1);
  const platform = await openNodePlatform({ dir, nets: NO_NETS, sandbox: noSandbox, assets: new URL('../../public/', import.meta.url).pathname, now: () => (now += 1000) });
  const engine = await openEngine(platform);
  const shell = createShell({ engine, platform, serve: (r) => engine.serve(r), formatError, now: Date.now });
  const run = async (line: string): Promise<void> => {
    const { status, err } = await runLine(shell, line);
    expect([line, status, err]).toEqual([line, 0, err]);
  };
  const env = { ...process.env, HOME: top, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'L', GIT_AUTHOR_EMAIL: 'l@x', GIT_COMMITTER_NAME: 'L', GIT_COMMITTER_EMAIL: 'l@x' };
  const native = (line: string, at = dir): string => execFileSync('bash', ['-ec', line], { cwd: at, env, encoding: 'utf8' });
  const copy = (): string => {
    const to = join(top, `theirs-${folders.length}-${now}`);
    cpSync(dir, to, { recursive: true });
    // a copy has other times than the index remembers
    native('git update-index -q --refresh || true', to);
    return to;
  };
  return { run, native, copy, engine, dir };
}

const STATE = 'git rev-parse HEAD; git symbolic-ref HEAD; git status --porcelain; git ls-files -s; git rev-parse ORIG_HEAD';

describe('an undo and native git', () => {
  it('do the same to a commit, an amend, a merge and a reset', async () => {
    const { run, native, copy, engine } = await openProject();
    await run('git switch -qc side; echo s > s; git add s; git commit -qm Side; git switch -q main; echo keep > other; git add other; git commit -qm Other; echo mine >> other');
    for (const line of ['echo a > a; git add a; git commit -qm A', 'echo b > a; git add a; git commit -q --amend -m B', 'git stash -q; git merge -q side -m M; git stash pop -q', 'git stash -q; git reset -q --hard HEAD~1; git stash pop -q']) {
      await run(line);
      const { plan } = await engine.view('undoPlan');
      expect([line, plan?.refused]).toEqual([line, undefined]);
      const theirs = copy();
      native(plan!.same!, theirs);
      await run('lab undo');
      expect([line, native(STATE)]).toEqual([line, native(STATE, theirs)]);
      expect(native('git reflog -1 --format=%gs')).toBe(native('git reflog -1 --format=%gs', theirs));
      await run('lab undo');
    }
    expect(native('cat other')).toBe('keep\nmine\n');
    native('git fsck --strict --full');
  }, 30_000);

  it('agree on what a revert holds', async () => {
    const { run, native, copy, engine } = await openProject();
    await run('lab collect --dataset penguins; lab prepare --target species --split stratified');
    const { plan } = await engine.view('undoPlan');
    const theirs = copy();
    native(plan!.same!, theirs);
    await run('lab undo');
    expect(native('git rev-parse HEAD^{tree} HEAD~1; git status --porcelain; git log -1 --format=%s')).toBe(native('git rev-parse HEAD^{tree} HEAD~1; git status --porcelain; git log -1 --format=%s', theirs));
    await run('lab undo');
    native('git fsck --strict --full');
    expect(native('git diff HEAD~2 --stat; git status --porcelain')).toBe('');
  }, 30_000);
});

describe('git reset --keep', () => {
  it('is native git’s, when it moves and when it refuses', async () => {
    const twins = await openTwins();
    try {
      for (const line of ['echo a > a; echo k > k; git add .; git commit -qm A', 'echo b > a; git commit -qam B', 'echo mine >> k; git reset --keep HEAD~1; git status -s; cat a', 'git reset --keep HEAD@{1}; git status -s; cat a', 'echo c > a; git reset --keep HEAD~1', 'git status -s; git log --format=%s', 'git reset --keep HEAD -- a']) {
        const { mine, native } = await twins.both(line);
        expect([line, mine]).toEqual([line, native]);
      }
    } finally {
      twins.close();
    }
  });
});
