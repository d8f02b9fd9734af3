import { setTimeout as after } from 'node:timers/promises';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../../src/lab/platform.js';
import { createGit } from '../../../src/platform/git/git-adapter.js';
import type { PromisesFs } from '../../../src/platform/git/promises-fs.js';
import { openNodePlatform } from '../../../src/platform/node-platform.js';
import { openNodeDisk } from '../../../src/platform/storage/node-disk.js';
import { stageOver } from '../../../src/platform/storage/staged-fs.js';
import { noSandbox } from '../no-sandbox.js';
import { noNets, openInMemory, openOnDisk, type Opened } from '../storage/made-platforms.js';

const states = async (platform: Platform): Promise<string[]> => (await platform.git.status()).map((e) => `${e.staged} ${e.unstaged} ${e.path}`);

describe('what is remembered of files', () => {
  let opened: Opened & { dir: string };
  let platform: Platform;
  beforeEach(async () => {
    opened = await openOnDisk();
    // the real clock, as files have it
    platform = await openNodePlatform({ dir: opened.dir, nets: noNets, sandbox: noSandbox, assets: opened.dir });
    await platform.git.init();
    for (let i = 0; i < 5; i++) await platform.files.write(`f${i}`, `content ${i}\n`);
    await platform.git.add(['.']);
    await platform.git.commit('base');
    await platform.save();
  });
  afterEach(() => opened.end());

  test('a change of the same length is seen at once, also within a tick of the clock', async () => {
    for (let i = 0; i < 40; i++) {
      await writeFile(join(opened.dir, 'f0'), `content ${i % 2 === 0 ? 'x' : '0'}\n`);
      expect(await states(platform)).toEqual(i % 2 === 0 ? ['unmodified modified f0'] : []);
    }
  });

  test('a change whose time was set back is seen', async () => {
    await after(60);
    expect(await states(platform)).toEqual([]);
    await writeFile(join(opened.dir, 'f1'), 'CONTENT 1\n');
    await utimes(join(opened.dir, 'f1'), 1, 1);
    expect(await states(platform)).toEqual(['unmodified modified f1']);
  });

  test('what is staged or thrown away counts, not what was seen before', async () => {
    await after(60);
    await platform.files.write('f2', 'content X\n');
    expect(await states(platform)).toEqual(['unmodified modified f2']);
    await platform.discard();
    expect(await states(platform)).toEqual([]);
    await platform.files.write('f2', 'content Y\n');
    await platform.git.add(['f2']);
    await platform.files.write('f2', 'content Z\n');
    expect(await states(platform)).toEqual(['modified modified f2']);
  });

  test('files that did not change are not read again', async () => {
    await after(60);
    const staged = stageOver(await openNodeDisk(opened.dir), Date.now);
    const reads: string[] = [];
    const counting: PromisesFs = { ...staged, readFile: (path, options) => (reads.push(path), staged.readFile(path, options)) };
    const git = createGit(counting, opened.dir, { now: Date.now });
    const contents = (): string[] => reads.splice(0).filter((path) => /\/f\d$/.test(path));
    expect([await git.status(), contents().length]).toEqual([[], 5]);
    expect([await git.status(), contents().length]).toEqual([[], 0]);
    await writeFile(join(opened.dir, 'f3'), 'changed 3\n');
    await after(60);
    expect((await git.status()).map((e) => e.path)).toEqual(['f3']);
    expect(contents()).toEqual([join(opened.dir, 'f3')]);
  });

  test('a new rule of .gitignore holds at once', async () => {
    await platform.files.write('build/out.txt', '1');
    await platform.files.write('deep/er/x.log', '1');
    expect(await states(platform)).toEqual(['untracked untracked build/out.txt', 'untracked untracked deep/er/x.log']);
    await platform.files.write('.gitignore', 'build/\n');
    expect(await states(platform)).toEqual(['untracked untracked .gitignore', 'untracked untracked deep/er/x.log']);
    await platform.files.write('deep/.gitignore', '*.log\n');
    await platform.files.write('.gitignore', 'built/\n');
    expect(await states(platform)).toEqual(['untracked untracked .gitignore', 'untracked untracked build/out.txt', 'untracked untracked deep/.gitignore']);
  });
});

describe('what is remembered of objects', () => {
  test.each([['on disk', openOnDisk], ['in memory', openInMemory]] as const)('a commit that was discarded is gone, %s', async (_name, open) => {
    const { platform, end } = await open();
    await platform.git.init();
    await platform.files.write('a', '1');
    const first = await platform.git.commitOnly(['a'], 'one');
    await platform.save();
    await platform.files.write('a', '2');
    const second = (await platform.git.commitOnly(['a'], 'two'))!;
    expect((await platform.git.log()).map((c) => c.id)).toEqual([second, first]);
    expect((await platform.git.treeAt(second)).size).toBe(1);
    await platform.discard();
    await expect(platform.git.resolve(second)).rejects.toMatchObject({ code: 'unknown-revision' });
    await expect(platform.git.createBranch('lost', second)).rejects.toMatchObject({ code: 'unknown-revision' });
    expect((await platform.git.log()).map((c) => c.id)).toEqual([first]);
    await end();
  });

  test('an object that is taken away is missed, though it was read before', async () => {
    const { platform } = await openInMemory();
    await platform.git.init();
    await platform.files.write('a', '1');
    const id = (await platform.git.commitOnly(['a'], 'one'))!;
    await platform.save();
    expect(await platform.git.log()).toHaveLength(1);
    await platform.files.remove(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
    await expect(platform.git.log()).rejects.toThrow();
  });
});
