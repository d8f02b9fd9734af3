import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync, zipSync, zlibSync, type Zippable } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chainAct, formatEntry, type JournalEntry } from '../../../src/core/govern/journal.js';
import { md5Hex } from '../../../src/core/version/md5.js';
import { exportProject, importProject } from '../../../src/lab/archive.js';
import { ZIP_LIMITS } from '../../../src/lab/archive/zip-reader.js';
import type { Platform } from '../../../src/lab/platform.js';
import { openInBrowser, openInMemory, openOnDisk, type Opened } from './made-platforms.js';
import { collect, nativeGit, unpackTo } from './native-git.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = bytes('a,b\n1,2\n'.repeat(5000));
const CSV_ID = md5Hex(csv);

function journal(length: number): string {
  let last: JournalEntry | undefined;
  let text = '';
  for (let i = 0; i < length; i++) {
    last = chainAct({ ts: '2026-01-01T00:00:00Z', actor: 'learner', action: 'train', object: { type: 'run', id: `r${i}` }, command: 'lab train' }, last);
    text += formatEntry(last);
  }
  return text;
}

/** A project with history, a branch, a tag, an object and a journal. */
async function fill(p: Platform): Promise<void> {
  await p.git.init();
  await p.files.write('.gitignore', '/.lab\n');
  await p.files.write('README.md', '# hi\n');
  await p.files.write('deep/er/file.txt', 'one\n');
  await p.git.commitOnly(['.gitignore', 'README.md', 'deep/er/file.txt'], 'first');
  await p.git.createTag('v1', 'HEAD', 'the first');
  await p.git.createBranch('side');
  await p.files.write('deep/er/file.txt', 'two\n');
  await p.git.commitOnly(['deep/er/file.txt'], 'second');
  await p.files.write('.lab/journal.jsonl', journal(5));
  await p.objects.put(CSV_ID, csv);
  await p.save();
}

const exported = async (p: Platform): Promise<Uint8Array> => collect(exportProject(p));

describe.each([
  ['memory', openInMemory],
  ['disk', openOnDisk],
  ['browser', openInBrowser],
])('export from and import into %s', (_name, open: () => Promise<Opened>) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
    await fill(opened.platform);
  });
  afterEach(() => opened.end());

  test('native git finds a whole and clean repository in the export', async () => {
    const dir = await unpackTo(await exported(opened.platform));
    expect(await nativeGit(dir, 'fsck', '--strict', '--full')).toBe('');
    expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
    expect(await nativeGit(dir, 'log', '--format=%s', '--all')).toBe('second\nfirst\n');
    expect(await readFile(join(dir, '.dvc/cache/files/md5', CSV_ID.slice(0, 2), CSV_ID.slice(2)))).toEqual(Buffer.from(csv));
    await rm(dir, { recursive: true });
  });

  test('an import replaces all of the project, and what it exports again is the same', async () => {
    const zip = await exported(opened.platform);
    await opened.platform.files.write('extra.txt', 'x');
    await opened.platform.objects.put(md5Hex(bytes('extra')), bytes('extra'));
    await opened.platform.git.commitOnly(['extra.txt'], 'third');
    await opened.platform.save();
    expect(await importProject(zip, opened.platform)).toMatchObject({ objects: 1, leftOut: [] });
    const again = await opened.reopen();
    expect((await again.git.log()).map((c) => c.message)).toEqual(['second\n', 'first\n']);
    expect(await again.git.status()).toEqual([]);
    expect(await again.files.stat('extra.txt')).toBeUndefined();
    expect(await again.objects.list()).toEqual([{ id: CSV_ID, size: csv.length }]);
    const [before, after] = [unzipSync(zip), unzipSync(await exported(again))];
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
    for (const [name, content] of Object.entries(before)) expect(Buffer.compare(after[name]!, content), name).toBe(0);
  });

  test('a refused import leaves the old project as it was', async () => {
    const before = unzipSync(await exported(opened.platform));
    const broken = { ...before, '.git/HEAD': bytes('ref: refs/heads/none\n') };
    await expect(importProject(zipSync(broken), opened.platform)).rejects.toMatchObject({ code: 'import-broken-git' });
    expect(unzipSync(await exported(await opened.reopen()))).toEqual(before);
  });
});

describe('an import is refused', () => {
  let zip: Zippable;
  let opened: Opened;
  beforeEach(async () => {
    opened = await openInMemory();
    await fill(opened.platform);
    zip = unzipSync(await exported(opened.platform));
  });
  const load = (content: Zippable, limits = ZIP_LIMITS) => importProject(zipSync(content), opened.platform, limits);

  test.each([
    ['nothing', new Uint8Array()],
    ['text', bytes('hello, I am not a zip at all, though I am long enough')],
    ['a cut zip', zipSync({ a: bytes('hello') }).subarray(0, 60)],
    ['a zip without its start', zipSync({ a: bytes('hello'.repeat(100)), b: bytes('x') }).slice(40)],
  ])('%s', async (_what, content) => {
    await expect(importProject(content, opened.platform)).rejects.toMatchObject({ code: 'import-not-zip' });
  });

  test('content that does not fit its checksum', async () => {
    const packed = zipSync({ ...zip, 'zz.txt': [bytes('checked content'), { level: 0 }] });
    packed[Buffer.from(packed).indexOf('checked content')]! ^= 1;
    await expect(importProject(packed, opened.platform)).rejects.toMatchObject({ code: 'import-not-zip', data: { reason: 'checksum of zz.txt' } });
  });

  test.each([
    '../evil', 'a/../../evil', '/etc/passwd', 'a\\..\\evil', 'C:/evil', 'C:evil', 'a//b', './a', 'nul\0byte', '.GIT/config', '.Git/hooks/x', 'sub/.git/config',
    '.git./config', '.git /config', 'git~1/config', '.g\u200cit/config', '.git::$INDEX_ALLOCATION/config', 'README.md/below',
  ])('the path %j', async (path) => {
    await expect(load({ ...zip, [path]: bytes('x') })).rejects.toMatchObject({ code: 'import-bad-path' });
  });

  test('a symbolic link', async () => {
    const link: Zippable = { ...zip, link: [bytes('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] };
    await expect(load(link)).rejects.toMatchObject({ code: 'import-bad-path', data: { path: 'link' } });
  });

  test('a bomb, whatever its header says', async () => {
    const packed = zipSync({ ...zip, bomb: [new Uint8Array(30_000_000), { level: 9 }] });
    const name = Buffer.from(packed).lastIndexOf('bomb');
    new DataView(packed.buffer).setUint32(name - 46 + 24, 10, true);
    await expect(importProject(packed, opened.platform)).rejects.toMatchObject({ code: 'import-bomb', data: { path: 'bomb' } });
  });

  test('a bomb inside a git object', async () => {
    await expect(load({ ...zip, [`.git/objects/aa/${'b'.repeat(38)}`]: zlibSync(new Uint8Array(30_000_000), { level: 9 }) })).rejects.toMatchObject({ code: 'import-bomb' });
  });

  test('too many entries, too many bytes', async () => {
    await expect(load(zip, { ...ZIP_LIMITS, entries: 5 })).rejects.toMatchObject({ code: 'import-too-big' });
    await expect(load(zip, { ...ZIP_LIMITS, totalBytes: 10_000 })).rejects.toMatchObject({ code: 'import-too-big' });
  });

  test('a project without git', async () => {
    await expect(load({ 'README.md': bytes('x') })).rejects.toMatchObject({ code: 'import-no-git' });
    await expect(load({ '.git': bytes('gitdir: /elsewhere') })).rejects.toMatchObject({ code: 'import-no-git' });
  });

  test.each(['commit', 'tree', 'blob'])('a repository that lost a %s', async (kind) => {
    const { git } = opened.platform;
    const head = await git.resolve('HEAD');
    const lost = kind === 'commit' ? head : kind === 'blob' ? (await git.treeAt('HEAD')).get('README.md')! : await treeOf(zip, head);
    const path = `.git/objects/${lost.slice(0, 2)}/${lost.slice(2)}`;
    expect(Object.keys(zip)).toContain(path);
    const { [path]: _, ...rest } = zip;
    await expect(load(rest)).rejects.toMatchObject({ code: 'import-broken-git' });
    await expect(load({ ...rest, [path]: zlibSync(bytes('blob 1\0x')) })).rejects.toMatchObject({ code: 'import-broken-git' });
    await expect(load({ ...rest, [path]: bytes('rubbish') })).rejects.toMatchObject({ code: 'import-broken-git' });
  });

  test('an index that is damaged', async () => {
    await expect(load({ ...zip, '.git/index': bytes('DIRCxxxx'.repeat(20)) })).rejects.toMatchObject({ code: 'import-broken-git' });
  });

  test('a journal that was changed', async () => {
    const lines = journal(5).split('\n');
    lines[2] = lines[2]!.replace('learner', 'mallory');
    await expect(load({ ...zip, '.lab/journal.jsonl': bytes(lines.join('\n')) })).rejects.toMatchObject({ code: 'import-broken-journal', data: { seq: 3 } });
  });

  test('an object that is not what its name says', async () => {
    await expect(load({ ...zip, [`.dvc/cache/files/md5/${CSV_ID.slice(0, 2)}/${CSV_ID.slice(2)}`]: bytes('other') })).rejects.toMatchObject({
      code: 'import-object-mismatch',
      data: { id: CSV_ID },
    });
  });
});

describe('remotes and clones in an archive', () => {
  const team = async (): Promise<Opened> => {
    const opened = await openInMemory();
    const { git, files, save } = opened.platform;
    await fill(opened.platform);
    await git.writeConfig(`${await git.readConfig()}[remote "origin"]\n\turl = lab://team\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[remote "bad"]\n\turl = https://ada:secret@example.org/x\n`);
    await git.shared('team').create();
    await git.openRemote('lab://team').push([{ ref: 'refs/heads/main', before: undefined, after: await git.resolve('main') }]);
    await files.makeFolder('copy');
    await git.inFolder('copy').init();
    await save();
    return opened;
  };

  test('come back whole; native git clones from the bare repository', async () => {
    const opened = await team();
    const zip = await exported(opened.platform);
    const again = await openInMemory();
    expect((await importProject(zip, again.platform)).leftOut).toEqual(['.git/config']);
    expect(await again.platform.git.readConfig()).not.toContain('secret');
    expect(await again.platform.git.readConfig()).toContain('url = lab://team');
    expect((await again.platform.git.shared('team').refs()).refs).toEqual(new Map([['refs/heads/main', await opened.platform.git.resolve('main')]]));
    const dir = await unpackTo(await exported(again.platform));
    expect(await nativeGit(join(dir, '.lab/remotes/team.git'), 'fsck', '--strict', '--full')).toBe('');
    await nativeGit(dir, 'clone', '-q', '.lab/remotes/team.git', 'native');
    expect(await readFile(join(dir, 'native/deep/er/file.txt'), 'utf8')).toBe('two\n');
    await opened.end();
    await again.end();
  });

  test('bring no hook and no setting that could run a program', async () => {
    const opened = await team();
    const zip = unzipSync(await exported(opened.platform));
    const bad = ['.lab/remotes/team.git/hooks/pre-receive', '.lab/clones/copy.git/hooks/post-checkout', '.lab/clones/copy.git/commondir', '.lab/remotes/team.git/objects/info/alternates'];
    const evil = bytes('[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = evil\n');
    const report = await importProject(zipSync({ ...zip, ...Object.fromEntries(bad.map((b) => [b, bytes('evil')])), '.lab/remotes/team.git/config': evil }), opened.platform);
    expect(report.leftOut).toEqual(expect.arrayContaining([...bad, '.lab/remotes/team.git/config']));
    expect(Object.keys(unzipSync(await exported(opened.platform))).filter((path) => bad.includes(path))).toEqual([]);
    expect(new TextDecoder().decode(await opened.platform.files.read('.lab/remotes/team.git/config'))).toBe('[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
    const broken = unzipSync(await exported(opened.platform));
    const object = Object.keys(broken).find((path) => path.startsWith('.lab/remotes/team.git/objects/') && !path.endsWith('/'))!;
    await expect(importProject(zipSync({ ...broken, [object]: bytes('x') }), opened.platform)).rejects.toMatchObject({ code: 'import-broken-git' });
    await opened.end();
  });
});

describe('an import is made harmless', () => {
  test('hooks, programs in the config and ways out of .git are left out', async () => {
    const opened = await openInMemory();
    await fill(opened.platform);
    const zip = unzipSync(await exported(opened.platform));
    const evil = `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = "touch /tmp/pwned"\n\thooksPath = /tmp/hooks\n\tsshCommand = evil\n\tautocrlf = false
[alias]\n\tst = !touch /tmp/pwned\n[filter "x"]\n\tclean = evil\n[include]\n\tpath = /etc/evil\n[user]\n\tname = Ada\n[remote "origin"]\n\turl = ext::sh -c evil\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
    const bad = ['.git/hooks/post-checkout', '.git/commondir', '.git/objects/info/alternates', '.git/worktrees/w/gitdir', '.git/config.worktree', '.git/refs/heads/main.lock'];
    const report = await importProject(zipSync({ ...zip, ...Object.fromEntries(bad.map((b) => [b, bytes('evil')])), '.git/config': bytes(evil) }), opened.platform);
    expect([...report.leftOut].sort()).toEqual([...bad, '.git/config'].sort());
    const dir = await unpackTo(await exported(opened.platform));
    const config = await readFile(join(dir, '.git/config'), 'utf8');
    expect(config).toBe(
      '[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tautocrlf = false\n[user]\n\tname = Ada\n[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n',
    );
    expect(await nativeGit(dir, 'config', '--local', '--list')).not.toMatch(/evil|touch|hooks/i);
    for (const path of bad) await expect(readFile(join(dir, path))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
    await rm(dir, { recursive: true });
  });

  test('a repository that native git made, packed and with executable files, comes in whole', async () => {
    const disk = await openOnDisk();
    const { dir } = disk;
    await nativeGit(dir, 'init', '-q', '-b', 'trunk');
    await writeFile(join(dir, 'run.sh'), '#!/bin/sh\n');
    await chmod(join(dir, 'run.sh'), 0o755);
    for (let i = 0; i < 3; i++) {
      await writeFile(join(dir, 'näme.txt'), `line ${i}\n`.repeat(50));
      await nativeGit(dir, 'add', '.');
      await nativeGit(dir, 'commit', '-q', '-m', `c${i}`);
    }
    await nativeGit(dir, 'gc', '-q');
    const zip = await exported(disk.platform);
    const opened = await openInBrowser();
    await importProject(zip, opened.platform);
    expect(await opened.platform.git.head()).toMatchObject({ branch: 'trunk' });
    expect((await opened.platform.git.log()).map((c) => c.message)).toEqual(['c2\n', 'c1\n', 'c0\n']);
    const out = await unpackTo(await exported(opened.platform));
    expect(await nativeGit(out, 'fsck', '--strict', '--full')).toBe('');
    await rm(out, { recursive: true });
    await opened.end();
    await disk.end();
  });

  test('a project in a folder of its own inside the zip', async () => {
    const opened = await openInMemory();
    await fill(opened.platform);
    const zip = unzipSync(await exported(opened.platform));
    await importProject(zipSync(Object.fromEntries(Object.entries(zip).map(([k, v]) => [`mine/${k}`, v]))), opened.platform);
    expect(await opened.platform.git.status()).toEqual([]);
  });

  test('data that pack like a bomb are exported so that they can be imported', async () => {
    const opened = await openInMemory();
    await fill(opened.platform);
    const flat = new Uint8Array(20_000_000).fill(48);
    await opened.platform.objects.put(md5Hex(flat), flat);
    await opened.platform.save();
    await importProject(await exported(opened.platform), opened.platform);
    expect(await opened.platform.objects.has(md5Hex(flat))).toBe(true);
  });
});

async function treeOf(zip: Zippable, commit: string): Promise<string> {
  const { unzlibSync } = await import('fflate');
  const content = unzlibSync(zip[`.git/objects/${commit.slice(0, 2)}/${commit.slice(2)}`] as Uint8Array);
  return /tree ([0-9a-f]{40})/.exec(new TextDecoder().decode(content))![1]!;
}
