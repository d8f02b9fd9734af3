import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Git, Platform } from '../../../src/lab/platform.js';
import { openOnDisk } from '../storage/made-platforms.js';
import { nativeGit } from '../storage/native-git.js';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

let dir: string;
let p: Platform;
let git: Git;
let end: () => Promise<void>;
const native = (...args: string[]): Promise<string> => nativeGit(dir, ...args);
beforeEach(async () => {
  ({ dir, platform: p, end } = await openOnDisk());
  git = p.git;
  await git.init();
});
afterEach(() => end());

async function write(files: Record<string, string>): Promise<string[]> {
  for (const [path, content] of Object.entries(files)) await p.files.write(path, content);
  return Object.keys(files);
}

/** Our status in git's own two letters. */
async function porcelain(): Promise<string> {
  const letter = { unmodified: ' ', added: 'A', modified: 'M', deleted: 'D', untracked: '?' };
  const lines = (await git.status()).flatMap(({ path, staged, unstaged }) => {
    // git shows a path that left the index and is still here on two lines
    if (unstaged === 'untracked' && staged !== 'untracked') return [`${letter[staged]}  ${path}`, `?? ${path}`];
    return [`${letter[staged]}${letter[unstaged]} ${path}`];
  });
  return lines.sort().join('\n');
}

async function expectNativeAgrees(): Promise<void> {
  await p.save();
  // only what the test itself left behind may dangle
  expect((await native('fsck', '--strict', '--full')).replace(/(dangling commit|notice:) .*\n/g, '')).toBe('');
  const theirs = (await native('-c', 'core.quotepath=false', 'status', '--porcelain', '--no-renames', '-uall')).split('\n').filter((l) => l !== '');
  expect(await porcelain()).toBe(theirs.sort().join('\n'));
}

describe('a repository that native git reads', () => {
  test('a new one', async () => {
    await p.save();
    expect(await native('status', '--porcelain', '-b')).toBe('## No commits yet on main\n');
    expect(await git.head()).toEqual({ branch: 'main' });
    expect(await git.log()).toEqual([]);
    expect(await git.status()).toEqual([]);
    await expect(git.commit('empty')).rejects.toMatchObject({ code: 'nothing-to-commit' });
    await expect(git.resolve('HEAD')).rejects.toMatchObject({ code: 'unknown-revision', data: { ref: 'HEAD' } });
  });

  test('the same commit id as native git for the same content, names and time', async () => {
    // names whose order differs between a file and a folder, and beyond ASCII
    const paths = await write({ 'a': '1', 'a-b': '2', 'a.b/c': '3', 'ab/z': '4', 'ab.txt': '5', 'z/y/x/w': '6', 'näme ü': '7', '\u{1f600}': '8', '\uffee': '9', 'B': '10' });
    const ours = await git.commitOnly(paths, 'the message\n\nwith a body');
    await p.save();
    await native('reset', '-q', '--soft', 'HEAD');
    expect((await native('write-tree')).trim()).toBe((await native('rev-parse', 'HEAD^{tree}')).trim());
    await native('read-tree', '--empty');
    await native('add', '-A');
    expect((await native('write-tree')).trim()).toBe((await native('rev-parse', `${ours}^{tree}`)).trim());
    expect(await native('log', '--format=%an|%ae|%at|%ai|%cn|%B')).toBe('Learner|learner@looplab.local|1767323045|2026-01-02 03:04:05 +0000|Learner|the message\n\nwith a body\n\n');
    await expectNativeAgrees();
  });

  test('add and commit, with removals, ignored files and folders', async () => {
    await write({ '.gitignore': 'ignored/\n*.log\n!keep.log\n', 'ignored/x': '1', 'a.log': '1', 'keep.log': '1', 'src/a': '1', 'src/b': '1', 'src/sub/.gitignore': 'c\n', 'src/sub/c': '1' });
    await git.add(['.']);
    await expectNativeAgrees();
    expect([...(await git.treeAt('INDEX')).keys()].sort()).toEqual(['.gitignore', 'keep.log', 'src/a', 'src/b', 'src/sub/.gitignore']);
    await git.commit('one');
    await p.files.remove('src/a');
    await write({ 'src/b': '2', 'src/new': '1' });
    await expectNativeAgrees();
    await git.add(['src']);
    await expectNativeAgrees();
    await git.commit('two');
    await expectNativeAgrees();
    expect(await git.status()).toEqual([]);
    await expect(git.add(['none'])).rejects.toMatchObject({ code: 'not-found', data: { path: 'none' } });
    await expect(git.add(['a.log'])).rejects.toMatchObject({ code: 'path-ignored' });
    await expect(git.commit('again')).rejects.toMatchObject({ code: 'nothing-to-commit' });
  });

  test('every state of a path reads as git shows it', async () => {
    await git.commitOnly(await write({ M1: 'x', M2: 'x', MM: 'x', D1: 'x', D2: 'x', DU: 'x', MD: 'x', same: 'x' }), 'base');
    await write({ M1: 'y', M2: 'y', MM: 'y', MD: 'y', A: 'y', AM: 'y', AD: 'y' });
    await p.files.remove('D2');
    await git.add(['M2', 'MM', 'MD', 'A', 'AM', 'AD', 'D2']);
    await write({ MM: 'z', AM: 'z', new: 'x' });
    for (const path of ['D1', 'MD', 'AD']) await p.files.remove(path);
    await git.removeFromIndex(['DU']);
    expect(await porcelain()).toBe(' D D1\n M M1\n?? DU\n?? new\nA  A\nAD AD\nAM AM\nD  D2\nD  DU\nM  M2\nMD MD\nMM MM');
    await expectNativeAgrees();
  });

  test('a change of the same size in the same moment is seen', async () => {
    await git.commitOnly(await write({ f: 'aaaa' }), 'one');
    await write({ f: 'bbbb' });
    expect(await git.status()).toEqual([{ path: 'f', staged: 'unmodified', unstaged: 'modified' }]);
  });

  test('commitOnly takes just its paths, as `git commit --only` does', async () => {
    await git.commitOnly(await write({ a: '1', 'd/b': '1', 'd/c': '1' }), 'one');
    await write({ a: '2', 'd/b': '2', staged: '1' });
    await git.add(['staged', 'a']);
    await p.files.remove('d/c');
    const id = await git.commitOnly(['d/b', 'd/c'], 'two');
    expect(text(await git.readAt('HEAD', 'a'))).toBe('1');
    expect([...(await git.treeAt('HEAD')).keys()]).toEqual(['a', 'd/b']);
    expect(await git.status()).toEqual([
      { path: 'a', staged: 'modified', unstaged: 'unmodified' },
      { path: 'staged', staged: 'added', unstaged: 'unmodified' },
    ]);
    await expectNativeAgrees();
    expect(await git.commitOnly(['d/b', 'd/c', 'never'], 'same')).toBeUndefined();
    expect(await git.resolve('HEAD')).toBe(id);
    await p.files.remove('d');
    await git.commitOnly(['d/b'], 'folder gone');
    expect([...(await git.treeAt('HEAD')).keys()]).toEqual(['a']);
    await expectNativeAgrees();
  });

  test('a file becomes a folder and a folder a file', async () => {
    await git.commitOnly(await write({ x: '1', 'y/z': '1' }), 'one');
    await p.files.remove('x');
    await p.files.remove('y');
    await git.commitOnly(['x', 'y/z', ...(await write({ 'x/in': '2', y: '2' }))], 'two');
    await expectNativeAgrees();
    expect([...(await git.treeAt('HEAD')).keys()]).toEqual(['x/in', 'y']);
    expect(await git.status()).toEqual([]);
  });

  test('links and executable files of native git', async () => {
    await p.save();
    await writeFile(join(dir, 'run'), '#!/bin/sh\n');
    await chmod(join(dir, 'run'), 0o755);
    await symlink('run', join(dir, 'link'));
    await native('add', '.');
    await native('commit', '-q', '-m', 'native');
    await expectNativeAgrees();
    await git.createBranch('other');
    await write({ more: '1' });
    await p.files.remove('link');
    await p.files.remove('run');
    await git.add(['.']);
    await git.commit('without');
    await git.switchTo('other');
    await expectNativeAgrees();
    expect(await git.status()).toEqual([]);
    expect(await native('ls-files', '-s')).toMatch(/^120000 .*link\n100755 .*run\n$/);
  });
});

describe('revisions', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = [];
    for (const n of ['0', '1', '2']) ids.push((await git.commitOnly(await write({ f: n }), `c${n}`))!);
    await git.createTag('light', 'HEAD~2');
    await git.createTag('v1', 'HEAD~1', 'annotated');
    await git.createBranch('side/branch', 'v1');
  });

  test.each([
    ['HEAD', 2], ['@', 2], ['main', 2], ['HEAD~', 1], ['HEAD^', 1], ['HEAD~1', 1], ['HEAD~2', 0], ['HEAD^^', 0], ['HEAD~1^', 0], ['HEAD^0', 2], ['light', 0],
    ['v1', 1], ['v1~1', 0], ['side/branch', 1], ['refs/heads/main', 2], ['refs/tags/v1', 1],
  ])('%s', async (ref, n) => {
    expect(await git.resolve(ref)).toBe(ids[n]);
    await p.save();
    expect((await native('rev-parse', `${ref}^{commit}`)).trim()).toBe(ids[n]);
  });

  test('full and short ids', async () => {
    expect(await git.resolve(ids[0]!)).toBe(ids[0]);
    expect(await git.resolve(ids[1]!.slice(0, 7))).toBe(ids[1]);
    expect(await git.resolve(`${ids[2]!.slice(0, 7)}~1`)).toBe(ids[1]);
  });

  test.each(['none', 'HEAD~3', 'HEAD^2', '', '~1', 'HEAD~x', '../config', 'config', 'abc', '0000000', 'f'.repeat(40), 'a b', '-x', 'HEAD..main', 'index'])('%j is unknown', async (ref) => {
    await expect(git.resolve(ref)).rejects.toMatchObject({ code: 'unknown-revision', data: { ref } });
  });

  test('a blob is no commit', async () => {
    const blob = (await git.treeAt('HEAD')).get('f')!;
    await expect(git.resolve(blob)).rejects.toMatchObject({ code: 'unknown-revision' });
  });

  test('content and files at a revision', async () => {
    expect(text(await git.readAt('HEAD~1', 'f'))).toBe('1');
    expect(text(await git.readAt('v1', 'f'))).toBe('1');
    expect(await git.readAt('HEAD', 'none')).toBeUndefined();
    expect(await git.readAt('HEAD', 'f/below')).toBeUndefined();
    await write({ f: 'staged' });
    await git.add(['f']);
    expect(text(await git.readAt('INDEX', 'f'))).toBe('staged');
    await p.save();
    expect((await git.treeAt('light')).get('f')).toBe((await native('rev-parse', 'light:f')).trim());
  });

  test('log: order, depth, merges', async () => {
    expect((await git.log({ depth: 2 })).map((c) => c.message)).toEqual(['c2\n', 'c1\n']);
    expect((await git.log({ ref: 'side/branch' })).map((c) => c.id)).toEqual([ids[1], ids[0]]);
    await p.save();
    await native('checkout', '-q', 'side/branch');
    await writeFile(join(dir, 'g'), 'x');
    await native('add', 'g');
    await native('commit', '-q', '-m', 'on side');
    await native('merge', '-q', '-m', 'merged', 'main');
    const log = await git.log();
    expect(log[0]).toMatchObject({ message: 'merged\n', author: { name: 'N', email: 'n@n' } });
    expect(log[0]!.parents).toHaveLength(2);
    expect(log.map((c) => c.id).sort()).toEqual((await native('rev-list', 'HEAD')).trim().split('\n').sort());
    expect(await git.resolve('HEAD^2')).toBe(ids[2]);
    expect(await git.head()).toMatchObject({ branch: 'side/branch' });
  });

  test('packed refs and objects', async () => {
    await p.save();
    await native('gc', '-q');
    expect(await git.branches()).toEqual(['main', 'side/branch']);
    expect(await git.tags()).toEqual(['light', 'v1']);
    expect(await git.resolve('v1')).toBe(ids[1]);
    expect(await git.resolve(ids[0]!.slice(0, 8))).toBe(ids[0]);
    expect((await git.log()).map((c) => c.id)).toEqual([...ids].reverse());
    await git.deleteTag('light');
    await git.switchTo('side/branch');
    await git.deleteBranch('main');
    await expectNativeAgrees();
    expect((await native('for-each-ref', '--format=%(refname)')).trim().split('\n')).toEqual(['refs/heads/side/branch', 'refs/tags/v1']);
  });

  test('a detached HEAD of native git', async () => {
    await p.save();
    await native('checkout', '-q', '--detach', 'HEAD~1');
    expect(await git.head()).toEqual({ commit: ids[1] });
    const id = await git.commitOnly(await write({ f: 'detached' }), 'detached');
    await p.save();
    expect((await native('rev-parse', 'HEAD')).trim()).toBe(id);
    await git.switchTo('main');
    await expectNativeAgrees();
    expect(await git.head()).toEqual({ branch: 'main', commit: ids[2] });
  });
});

describe('branches and tags', () => {
  beforeEach(async () => {
    await git.commitOnly(await write({ both: 'same', 'only/main': '1', changes: 'main' }), 'one');
    await git.createBranch('side');
    await git.switchTo('side');
    await p.files.remove('only');
    await git.commitOnly(['only/main', ...(await write({ changes: 'side', 'only-side': '1' }))], 'two');
    await git.switchTo('main');
  });

  test('switching brings the working tree along', async () => {
    expect(await p.files.list('')).toEqual(['.git', 'both', 'changes', 'only']);
    await git.switchTo('side');
    expect(await p.files.list('')).toEqual(['.git', 'both', 'changes', 'only-side']);
    expect(text(await p.files.read('changes'))).toBe('side');
    await expectNativeAgrees();
    expect(await git.status()).toEqual([]);
  });

  test('a local change of a file that is alike on both branches stays', async () => {
    await write({ both: 'mine', untracked: 'x' });
    await git.switchTo('side');
    expect(text(await p.files.read('both'))).toBe('mine');
    await expectNativeAgrees();
  });

  test.each([
    ['changed', async () => void (await write({ changes: 'mine' })), ['changes']],
    ['staged', async () => (await write({ changes: 'mine' }), git.add(['changes'])), ['changes']],
    ['untracked in the way', async () => void (await write({ 'only-side': 'mine' })), ['only-side']],
    ['changed, to be removed', async () => void (await write({ 'only/main': 'mine' })), ['only/main']],
    ['an untracked folder in the way', async () => void (await write({ 'only-side/x': 'mine' })), ['only-side']],
  ])('refused when a file would be lost: %s', async (_what, prepare: () => Promise<void>, files) => {
    await prepare();
    const before = await porcelain();
    await expect(git.switchTo('side')).rejects.toMatchObject({ code: 'local-changes', data: { files } });
    expect(await porcelain()).toBe(before);
    expect(await git.head()).toMatchObject({ branch: 'main' });
    await p.save();
    await expect(native('checkout', 'side')).rejects.toThrow();
  });

  test('an untracked folder beside what is removed stays', async () => {
    await write({ 'only/mine': 'x' });
    await git.switchTo('side');
    expect(await p.files.list('only')).toEqual(['mine']);
    await expectNativeAgrees();
  });

  test.each(['', 'HEAD', '@', '-x', 'a..b', 'a b', '/a', 'a/', 'a//b', '.a', 'a/.b', 'a.lock', 'a.lock/b', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[', 'a\\b', 'a@{b', 'a.', '\x01'])('the name %j is refused, as git does', async (name) => {
    await expect(git.createBranch(name)).rejects.toMatchObject({ code: 'bad-name' });
    await expect(git.createTag(name)).rejects.toMatchObject({ code: 'bad-name' });
    if (name !== '@') await expect(native('check-ref-format', '--branch', name)).rejects.toThrow();
  });

  test('names that are taken, absent or in use', async () => {
    await expect(git.createBranch('side')).rejects.toMatchObject({ code: 'name-taken', data: { name: 'side' } });
    await expect(git.createBranch('side/below')).rejects.toMatchObject({ code: 'name-taken' });
    await expect(git.createBranch('new', 'none')).rejects.toMatchObject({ code: 'unknown-revision' });
    await expect(git.switchTo('none')).rejects.toMatchObject({ code: 'unknown-branch', data: { branch: 'none' } });
    await expect(git.deleteBranch('none')).rejects.toMatchObject({ code: 'unknown-branch' });
    await expect(git.deleteBranch('main')).rejects.toMatchObject({ code: 'current-branch' });
    await expect(git.deleteTag('none')).rejects.toMatchObject({ code: 'unknown-tag' });
    await git.createTag('t');
    await expect(git.createTag('t')).rejects.toMatchObject({ code: 'name-taken' });
    await git.deleteBranch('side');
    expect(await git.branches()).toEqual(['main']);
  });

  test('an annotated tag has its message and tagger', async () => {
    await git.createTag('v2', 'side', 'two\nlines');
    await p.save();
    expect(await native('for-each-ref', 'refs/tags/v2', '--format=%(objecttype)|%(taggername)|%(contents)')).toBe('tag|Learner|two\nlines\n\n');
    expect(await native('fsck', '--strict', '--full')).toBe('');
  });
});

describe('hostile repositories', () => {
  test('a tree or an index with a path that leads outside is not followed', async () => {
    await git.commitOnly(await write({ f: '1' }), 'one');
    await p.save();
    const blob = (await native('hash-object', '-w', 'f')).trim();
    const { execFileSync } = await import('node:child_process');
    for (const name of ['..', '.git', '.GIT', 'git~1']) {
      const row = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
      const tree = execFileSync('git', ['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'], { cwd: dir, input: row }).toString().trim();
      const commit = (await native('commit-tree', tree, '-m', 'evil')).trim();
      await writeFile(join(dir, '.git/refs/heads/evil'), `${commit}\n`);
      await expect(git.switchTo('evil')).rejects.toMatchObject({ code: 'git-unsafe-path', data: { path: name } });
    }
    expect(await readFile(join(dir, 'f'), 'utf8')).toBe('1');
  });

  test('a link in the project does not lead a write outside', async () => {
    await p.save();
    await symlink('/tmp', join(dir, 'out'));
    await expect(p.files.write('out/evil', 'x').then(() => p.save())).rejects.toMatchObject({ code: 'bad-path' });
    await expect(p.files.read('out/anything')).rejects.toMatchObject({ code: 'bad-path' });
    await symlink('/etc/hostname', join(dir, 'host'));
    await expect(p.files.read('host')).rejects.toMatchObject({ code: 'bad-path' });
  });
});
