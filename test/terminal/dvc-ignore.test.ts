import { beforeEach, describe, expect, it } from 'vitest';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { openLab } from '../lab/open-lab.js';
import { formatError, runLine } from './open-shell.js';

describe('.dvcignore', () => {
  let shell: Shell;
  let lab: Awaited<ReturnType<typeof openLab>>;
  const run = (line: string) => runLine(shell, line);
  const out = async (line: string): Promise<string> => {
    const result = await run(line);
    expect(result, line).toMatchObject({ status: 0, err: '' });
    return result.out;
  };

  beforeEach(async () => {
    lab = await openLab();
    const { engine, platform } = lab;
    shell = createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now });
    await run("mkdir -p set/sub set/cache; printf a > set/a.csv; printf b > set/sub/b.csv; printf t > set/notes.tmp; printf c > set/cache/c.csv; printf '*.tmp\\ncache/\\n' >> .dvcignore");
  });

  it('keeps files out of what dvc add collects, and leaves them where they are', async () => {
    await out('dvc add -q set');
    expect(await out('cat set.dvc')).toContain('size: 2\n  nfiles: 2\n');
    expect(await out('find set -type f | sort')).toBe('set/a.csv\nset/cache/c.csv\nset/notes.tmp\nset/sub/b.csv\n');
    expect(await out('cat set/notes.tmp set/sub/b.csv')).toBe('tb');
    expect(await out('dvc status')).toBe('Data and pipelines are up to date.\n');
    await out('printf more > set/new.tmp');
    expect(await out('dvc status')).toBe('Data and pipelines are up to date.\n');
    await out("printf '!new.tmp\\n' >> .dvcignore");
    expect(await out('dvc status')).toContain('modified:           set');
  });

  it('gives the hash that the folder has without those files', async () => {
    await out('mkdir plain; cp set/a.csv plain/a.csv; mkdir plain/sub; cp set/sub/b.csv plain/sub/b.csv; dvc add -q set plain');
    expect(await out('grep md5: set.dvc')).toBe(await out('grep md5: plain.dvc'));
  });

  it('refuses what is ignored itself, and a folder with an ignore file of its own', async () => {
    expect(await run('dvc add set/notes.tmp')).toMatchObject({ status: 255, err: "ERROR: Path 'set/notes.tmp' is ignored by\n.dvcignore:4:*.tmp\n" });
    expect(await run('dvc add set/cache')).toMatchObject({ status: 255, err: "ERROR: Path 'set/cache' is ignored by\n.dvcignore:5:cache/\n" });
    await run("printf 'a.csv\\n' > set/.dvcignore");
    expect((await run('dvc add set')).err).toContain('dvcignore-inside {"path":"set"}');
    expect((await run('ls set.dvc')).err).toContain('No such file');
  });

  it('tells which pattern it is', async () => {
    expect(await out('dvc check-ignore -d set/notes.tmp set/a.csv set/cache/c.csv')).toBe('.dvcignore:4:*.tmp\tset/notes.tmp\n.dvcignore:5:cache/\tset/cache/c.csv\n');
    expect(await run('dvc check-ignore set/a.csv')).toMatchObject({ out: '', status: 1 });
  });

  it('holds for what stages depend on and write', async () => {
    await run("mkdir src; printf \"import { readText, writeText } from 'looplab';\\nwriteText('made/x.csv', readText('set/a.csv'));\\nwriteText('made/log.tmp', String(Math.random()));\\n\" > src/make.ts");
    await run("printf 'stages:\\n  make:\\n    cmd: node src/make.ts\\n    deps:\\n    - set\\n    - src/make.ts\\n    outs:\\n    - made\\n' > dvc.yaml");
    await out('dvc repro');
    expect(await out('grep nfiles dvc.lock')).toBe('      nfiles: 2\n      nfiles: 1\n');
    await out('printf other > set/notes.tmp');
    expect(await out('dvc repro')).toContain("Stage 'make' didn't change, skipping");
    await out('printf other > set/a.csv');
    expect(await out('dvc status')).toContain('modified:           set');
    await run("printf 'made\\n' >> .dvcignore");
    expect((await run('dvc repro')).err).toContain('path-dvcignored');
  });
});
