import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportProject } from '../../src/lab/archive.js';
import { createShell } from '../../src/terminal/shell.js';
import { formatError, runLine } from '../terminal/open-shell.js';
import { openLab } from './open-lab.js';

const CHECKER = new URL('../tools/check-export.mjs', import.meta.url).pathname;

describe('an exported project', () => {
  const folder = mkdtempSync(join(tmpdir(), 'looplab-checked-'));
  const git = (...args: string[]): string => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: { ...process.env, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' } });
  const check = (): { status: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CHECKER, folder], { encoding: 'utf8' });
    return { status, out: stdout + stderr };
  };
  /** Changes a file for one check and puts it back. */
  const spoiled = (path: string, spoil: (content: Buffer) => Buffer | string): string => {
    const whole = join(folder, path);
    const good = readFileSync(whole);
    chmodSync(whole, 0o644);
    writeFileSync(whole, spoil(good));
    const { status, out } = check();
    writeFileSync(whole, good);
    expect(status).toBe(1);
    return out;
  };

  beforeAll(async () => {
    const { engine, platform, act } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    await act('prepare');
    await act('pipeline');
    await act('reproduce');
    const shell = createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now });
    for (const line of ['mkdir -p extra/sub && echo a > extra/sub/é.txt && echo b > extra/Z.txt', 'dvc add extra', 'dvc remote add -d storage .lab/remotes/storage', 'dvc push', 'git add -A', 'git commit -m "Track more"']) {
      expect(await runLine(shell, line), line).toMatchObject({ status: 0, err: '' });
    }
    const parts: Uint8Array[] = [];
    for await (const part of exportProject(platform)) parts.push(part);
    for (const [path, content] of Object.entries(unzipSync(Buffer.concat(parts)))) {
      mkdirSync(path.endsWith('/') ? join(folder, path) : dirname(join(folder, path)), { recursive: true });
      if (!path.endsWith('/')) writeFileSync(join(folder, path), content);
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is a whole and clean repository to native git', () => {
    expect(git('fsck', '--strict', '--full')).toBe('');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('holds every object under its own md5, and manifests as DVC writes them', () => {
    expect(check()).toEqual({ status: 0, out: expect.stringMatching(/^\d\d+ objects, [6-9] outputs, 0 faults\n$/) });
  });

  it('brings the second store along, laid out as a remote of DVC', () => {
    const remote = join(folder, '.lab/remotes/storage/files/md5');
    const cache = join(folder, '.dvc/cache/files/md5');
    for (const head of readdirSync(remote)) for (const rest of readdirSync(join(remote, head))) expect(readFileSync(join(remote, head, rest)).equals(readFileSync(join(cache, head, rest)))).toBe(true);
    expect(existsSync(remote) && readdirSync(remote).length).toBeGreaterThan(4);
  });

  it('is found out when anything in it was changed', () => {
    const lock = readFileSync(join(folder, 'dvc.lock'), 'utf8');
    const id = /extra[\s\S]*/.test(readFileSync(join(folder, 'extra.dvc'), 'utf8')) ? /md5: (\w+\.dir)/.exec(readFileSync(join(folder, 'extra.dvc'), 'utf8'))![1]! : '';
    const manifest = `.dvc/cache/files/md5/${id.slice(0, 2)}/${id.slice(2)}`;
    expect(spoiled(manifest, (content) => content.toString().replace('", "relpath', '" , "relpath'))).toMatch(/other content[\s\S]*not as DVC writes it/);
    expect(spoiled('extra.dvc', (content) => content.toString().replace(/size: \d+/, 'size: 5'))).toContain('nfiles or size is wrong');
    expect(spoiled('dvc.lock', () => lock.replace(/md5: [0-9a-f]{32}\n/g, `md5: ${'0'.repeat(32)}\n`))).toContain('is not in the cache');
    expect(spoiled('pipeline/metrics.json', (content) => `${content.toString()} `)).toContain('is not what dvc.lock says');
  });
});
