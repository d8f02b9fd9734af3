import { beforeAll, describe, expect, it } from 'vitest';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { openLab } from '../lab/open-lab.js';
import { formatError, runLine } from './open-shell.js';

const POINTER = 'outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: foo\n';

describe('dvc with data', () => {
  let shell: Shell;
  let lab: Awaited<ReturnType<typeof openLab>>;
  const run = (line: string, signal?: AbortSignal) => runLine(shell, line, signal);
  const out = async (line: string): Promise<string> => {
    const result = await run(line);
    expect(result).toMatchObject({ status: 0, err: '' });
    return result.out;
  };

  beforeAll(async () => {
    lab = await openLab();
    const { engine, platform } = lab;
    shell = createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now });
  });

  it('adds a file as DVC does: pointer, ignore line, object; and it can still be read', async () => {
    await run('printf foo > foo');
    expect(await out('dvc add foo')).toBe('\nTo track the changes with git, run:\n\n\tgit add foo.dvc .gitignore\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n');
    expect(await out('cat foo.dvc')).toBe(POINTER);
    expect(await out('cat .gitignore')).toBe('/.lab\n/foo\n');
    expect(await out('cat foo')).toBe('foo');
    expect(await out('ls')).toContain('foo\nfoo.dvc\n');
    expect(await lab.platform.objects.has('acbd18db4cc2f85cedef654fccc4a4d8')).toBe(true);
    expect((await out('git status')).includes('foo.dvc')).toBe(true);
  });

  it('adds a folder with the golden manifest', async () => {
    await run("mkdir -p data/sub; printf 'x,y\\n1,2\\n' > data/a.csv; printf 'h\\xc3\\xa9llo\\n' > data/sub/é.txt; printf '\\x00\\x01' > data/Z.bin; printf 'q\\n' > data/sub/b.csv");
    await out('dvc add -q data');
    expect(await out('cat data.dvc')).toBe('outs:\n- md5: 04529693302fbbd56d64c222b8ffd4e7.dir\n  size: 19\n  nfiles: 4\n  hash: md5\n  path: data\n');
    expect(await out('ls data data/sub')).toBe('data:\nZ.bin\na.csv\nsub\n\ndata/sub:\nb.csv\né.txt\n');
    await out('git add -A');
    await out('git commit -m "track data"');
  });

  it('changes tracked data after unprotect: status, diff, commit', async () => {
    expect((await run('echo more >> foo')).err).toContain('tracked-data-protected');
    await out('dvc unprotect foo');
    await out('printf more >> foo');
    expect(await out('dvc status')).toBe('foo.dvc:\n\tchanged outs:\n\t\tmodified:           foo\n');
    expect(await out('dvc diff')).toBe('Modified:\n    foo\n\nfiles summary: 1 modified\n');
    expect(await out('dvc diff --show-hash --json')).toContain('"modified":[{"path":"foo","hash":{"old":"acbd18db4cc2f85cedef654fccc4a4d8"');
    expect(await run('dvc checkout')).toMatchObject({ status: 255, err: "ERROR: unable to remove 'foo' without a confirmation. Use `-f` to force.\n" });
    await out('dvc commit');
    expect(await out('cat foo')).toBe('foomore');
    expect(await out('dvc status')).toBe('Data and pipelines are up to date.\n');
    await run('git commit -am "more"');
    await out('git show HEAD~1:foo.dvc > foo.dvc');
    expect(await out('cat foo')).toBe('foo');
    await out('git restore foo.dvc');
  });

  it('checks out over a changed copy when forced', async () => {
    await out('dvc unprotect foo');
    await out('echo lost > foo');
    expect(await out('dvc checkout -f')).toBe('M\tfoo\n');
    expect(await out('cat foo')).toBe('foomore');
  });

  it('pushes to a second store, loses the cache and pulls it back', async () => {
    expect(await run('dvc push')).toMatchObject({ status: 255, err: expect.stringContaining('dvc-no-remote') });
    expect(await run('dvc remote add far s3://bucket')).toMatchObject({ status: 255, err: expect.stringContaining('dvc-far-remote') });
    expect(await out('dvc remote add -d storage .lab/remotes/storage')).toBe("Setting 'storage' as a default remote.\n");
    expect(await out('cat .dvc/config')).toBe('[core]\n    remote = storage\n[\'remote "storage"\']\n    url = ../.lab/remotes/storage\n');
    expect(await out('dvc remote list')).toBe('storage\t/home/learner/project/.lab/remotes/storage\t(default)\n');
    expect((await run('dvc remote add storage .lab/remotes/b')).status).toBe(251);
    expect(await out('dvc status -c')).toContain('\tnew:                foo\n');
    expect(await out('dvc push')).toBe('6 files pushed\n');
    expect(await out('dvc push')).toBe('Everything is up to date.\n');
    expect(await out('dvc status -c')).toBe("Cache and remote 'storage' are in sync.\n");
    expect(await out('ls .lab/remotes/storage/files/md5/04')).toBe('529693302fbbd56d64c222b8ffd4e7.dir\n');
    for (const { id } of await lab.platform.objects.list()) await lab.platform.objects.remove(id);
    await lab.platform.save();
    expect(await out('dvc status')).toBe('data.dvc:\n\tchanged outs:\n\t\tnot in cache:       data\nfoo.dvc:\n\tchanged outs:\n\t\tnot in cache:       foo\n');
    expect(await run('dvc checkout')).toMatchObject({ status: 255, err: 'ERROR: Checkout failed for following targets:\ndata\nfoo\nIs your cache up to date?\n<https://error.dvc.org/missing-files>\n' });
    expect(await out('dvc pull')).toBe('A\tdata\nA\tfoo\n2 files added and 6 files fetched\n');
    expect(await out('cat data/a.csv foo')).toBe('x,y\n1,2\nfoomore');
  });

  it('finds a damaged object of the remote, and data that is nowhere', async () => {
    const path = '.lab/remotes/storage/files/md5/44/1077cc9e57554dd476bdfb8b8b8102';
    await lab.platform.objects.remove('441077cc9e57554dd476bdfb8b8b8102');
    const good = await lab.platform.files.read(path);
    await lab.platform.files.write(path, 'damaged');
    expect(await run('dvc pull')).toMatchObject({ status: 255, err: expect.stringContaining('dvc-corrupt-object') });
    await lab.platform.files.remove(path);
    await lab.platform.objects.remove('441077cc9e57554dd476bdfb8b8b8102');
    expect(await run('dvc pull')).toMatchObject({ status: 255, err: expect.stringContaining('Missing cache files:\nmd5: 441077cc9e57554dd476bdfb8b8b8102\n') });
    await lab.platform.objects.put('441077cc9e57554dd476bdfb8b8b8102', good);
    await lab.platform.save();
    expect(await out('dvc push')).toBe('1 file pushed\n');
  });

  it('collects garbage, never without a yes, and keeps what is in use', async () => {
    expect(await run('dvc gc')).toMatchObject({ status: 255, err: expect.stringContaining('needs to be set') });
    expect((await run('dvc gc -w')).status).toBe(1);
    await run('dvc unprotect foo; printf again > foo; dvc add -q foo; dvc push; git restore foo.dvc');
    expect(await lab.platform.objects.list()).toHaveLength(7);
    const collected = await run('echo y | dvc gc -w -c');
    expect(collected).toMatchObject({ status: 0, err: 'WARNING: This will remove all cache except items used in the workspace of the current repo.\n', out: "Removed 1 objects from repo cache.\nRemoved 1 objects from remote 'storage'.\n" });
    expect((await run('dvc gc -A -f')).out).toBe("No unused 'repo' cache to remove.\n");
    expect(await out('cat foo')).toBe('foomore');
    expect(await out('cat data/sub/b.csv')).toBe('q\n');
  });

  it('refuses what git tracks, what is missing and what belongs to a tool; removes a pointer and leaves the data', async () => {
    expect(await run('dvc add README.md')).toMatchObject({ status: 255, err: expect.stringContaining("output 'README.md' is already tracked by SCM (e.g. Git).") });
    expect(await run('dvc add none')).toMatchObject({ status: 255, err: "ERROR: output 'none' does not exist\n" });
    expect((await run('dvc add .git')).status).toBe(255);
    expect((await run('dvc add ../../x')).err).toContain('dvc-outside');
    expect((await run('dvc remove nothing.dvc')).err).toContain('dvc-no-target');
    await out('dvc remove foo.dvc');
    expect(await out('cat foo')).toBe('foomore');
    expect(await out('cat .gitignore')).not.toContain('foo');
    expect((await run('dvc init')).err).toBe("ERROR: failed to initiate DVC - '.dvc' exists. Use `-f` to force.\n");
  });
});
