import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openNodePlatform } from '../../../src/platform/node-platform.js';
import { noNets } from './made-platforms.js';
import { nativeGit } from './native-git.js';
import { noSandbox } from '../no-sandbox.js';

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'looplab-save-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));
const open = () => openNodePlatform({ dir, nets: noNets, sandbox: noSandbox, assets: 'public' });

describe('a save on disk', () => {
  test('leaves nothing of its own behind, and objects are read-only', async () => {
    const p = await open();
    await p.git.init();
    await p.files.write('a', '1');
    await p.objects.put('0'.repeat(32), new Uint8Array(2));
    await p.git.commitOnly(['a'], 'one');
    expect(await readdir(dir)).toEqual([]);
    await p.save();
    expect((await readdir(dir)).sort()).toEqual(['.dvc', '.git', 'a']);
    expect((await readdir(join(dir, '.git'))).filter((n) => n.includes('looplab'))).toEqual([]);
    expect((await stat(join(dir, `.dvc/cache/files/md5/00/${'0'.repeat(30)}`))).mode & 0o777).toBe(0o444);
    expect((await stat(join(dir, 'a'))).mode & 0o777).toBe(0o644);
  });

  test('that was decided and interrupted is completed when the project opens', async () => {
    await mkdir(join(dir, '.git/looplab-save'), { recursive: true });
    await writeFile(join(dir, 'old'), 'x');
    await writeFile(join(dir, '.git/looplab-save/0'), 'new');
    // body 1 had been moved already
    await writeFile(join(dir, 'moved'), 'moved');
    const steps = [{ path: 'old', act: 'remove' }, { path: 'f', act: 'folder' }, { path: 'f/new', act: 'file', body: 0 }, { path: 'moved', act: 'file', body: 1 }, { path: 'none/gone', act: 'remove' }];
    await writeFile(join(dir, '.git/looplab-save/manifest.json'), JSON.stringify(steps));
    await open();
    expect((await readdir(dir)).sort()).toEqual(['.git', 'f', 'moved']);
    expect(await readFile(join(dir, 'f/new'), 'utf8')).toBe('new');
    expect(await readFile(join(dir, 'moved'), 'utf8')).toBe('moved');
    expect(await readdir(join(dir, '.git'))).toEqual([]);
  });

  test('that was not decided is dropped', async () => {
    await mkdir(join(dir, '.git/looplab-save.draft'), { recursive: true });
    await writeFile(join(dir, '.git/looplab-save.draft/manifest.json'), '[{"path":"x","act":"folder"}]');
    await open();
    expect(await readdir(dir)).toEqual(['.git']);
    expect(await readdir(join(dir, '.git'))).toEqual([]);
  });

  test.each([['../out'], ['/tmp/looplab-out'], ['link/out']])('never writes to %s, whatever a list in the folder says', async (path) => {
    await symlink(tmpdir(), join(dir, 'link'));
    await mkdir(join(dir, '.looplab-save'));
    await writeFile(join(dir, '.looplab-save/manifest.json'), JSON.stringify([{ path, act: 'folder' }]));
    await expect(open()).rejects.toMatchObject({ code: 'bad-path' });
  });

  test('survives kills at random moments: always the last act that said saved, or the next', async () => {
    let last = 0;
    for (let kill = 0; kill < 8; kill++) {
      const said = await actsUntilKilled(80 + Math.random() * 500);
      const p = await open();
      const count = (await p.git.log()).length;
      expect([said || last, (said || last) + 1]).toContain(count);
      expect(await p.git.status()).toEqual([]);
      expect(await nativeGit(dir, 'fsck', '--strict', '--full')).toBe('');
      expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
      last = count;
    }
    expect(last).toBeGreaterThan(8);
  }, 120_000);
});

/** Runs acts in a process of its own, kills it some time after its first act, and gives the last act that it said was saved. */
async function actsUntilKilled(milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/platform/storage/node-acts.ts', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  await new Promise<void>((started) => {
    child.stdout.on('data', (data: Buffer) => {
      said += String(data);
      started();
    });
    child.once('close', () => started());
  });
  setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await ended;
  return Number(said.trimEnd().split('\n').at(-1));
}
