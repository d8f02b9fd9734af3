import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = new URL('../../src/cli.ts', import.meta.url).pathname;
const TSX = new URL('../../node_modules/.bin/tsx', import.meta.url).pathname;
const WAIT = 60_000;

let top = '';
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'looplab-cli-'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

interface Ended {
  out: string;
  err: string;
  status: number | null;
}

function runCli(args: readonly string[], input = '', onOutput: (text: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined): Promise<Ended> {
  const child = spawn(TSX, [CLI, ...args], { cwd: top, env: { ...process.env, GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org' } });
  const text = { out: '', err: '' };
  child.stdout.on('data', (d: Buffer) => {
    text.out += d.toString();
    onOutput(text.out, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (d: Buffer) => (text.err += d.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ ...text, status })));
}

const native = (dir: string, ...args: string[]): string => execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', HOME: top } });

describe('npm run lab', () => {
  it('makes a project that native git reads and finds whole', { timeout: WAIT }, async () => {
    const dir = join(top, 'deep', 'new');
    const script = join(top, 'script.sh');
    writeFileSync(script, 'set -e\nlab collect --dataset chicago_ridership\nmkdir src\nfor n in a b; do\n  echo "// $n" > src/$n.ts\ndone\ngit add .\ngit commit -m "Two sources"\ngit tag v1\necho "// more" >> src/a.ts\ngit status --short\n');
    const { out, err, status } = await runCli(['--project', dir, script]);
    expect([err, status]).toEqual(['', 0]);
    expect(out).toContain('2 files changed, 2 insertions(+)');
    expect(out).toMatch(/ M src\/a\.ts\n$/);
    expect(native(dir, 'fsck', '--strict', '--full')).toBe('');
    expect(native(dir, 'status', '--porcelain')).toBe(' M src/a.ts\n');
    expect(native(dir, 'log', '-1', '--format=%s|%an <%ae>|%D')).toBe('Two sources|Ada <ada@example.org>|HEAD -> main, tag: v1\n');
    const again = await runCli(['--project', dir], 'git log -1 --format=%H\nwc -l < data/raw.csv\nlab verify\n');
    const lines = again.out.split('\n');
    expect(lines[0]).toBe(native(dir, 'rev-parse', 'HEAD').trim());
    expect(Number(lines[1])).toBeGreaterThan(1000);
    expect(lines[2]).toMatch(/^1 steps, each holds/);
    expect(again.status).toBe(0);
  });

  it.each([
    ['echo one\nfalse\necho two', 'one\ntwo\n', 0],
    ['false', '', 1],
    ['set -e\nfalse\necho two', '', 1],
    ['echo one\nexit 7\necho two', 'one\n', 7],
    ['nosuch', '', 127],
    ['lab train --bogus 1', '', 2],
    ['', '', 0],
    ['# only a comment\n', '', 0],
    ['f() {\n  echo "in $1"\n}\ncat <<E\nhere\nE\nf x', 'here\nin x\n', 0],
    ['if', '', 2],
  ])('%j ends as bash ends', { timeout: WAIT }, async (input, out, status) => {
    expect(await runCli(['--project', join(top, 'ends')], input)).toMatchObject({ out, status });
  });

  it.each([
    [[], '--project DIR is needed'],
    [['--project'], 'project'],
    [['--project', 'x', '--foo'], '--foo'],
    [['--project', 'x', 'a', 'b'], "unexpected word 'b'"],
    [['--project', 'x', 'no-such-script'], "cannot read 'no-such-script'"],
    [['--project', 'x', '--lang', 'xx'], '--lang'],
  ])('refuses %j', { timeout: WAIT }, async (args, words) => {
    const { out, err, status } = await runCli(args);
    expect([out, status]).toEqual(['', 2]);
    expect(err).toContain(words);
    expect(err).toContain('usage: npm run lab');
    expect(existsSync(join(top, 'x'))).toBe(false);
  });

  it('fails with words when the folder cannot be made', { timeout: WAIT }, async () => {
    writeFileSync(join(top, 'file'), '');
    const { err, status } = await runCli(['--project', join(top, 'file', 'sub')], 'ls');
    expect(status).toBe(1);
    expect(err).toMatch(/^lab: /);
  });

  it('stops with 130 at Ctrl-C and keeps what was finished', { timeout: WAIT }, async () => {
    const dir = join(top, 'stopped');
    const { status, out } = await runCli(['--project', dir], 'echo kept > f\necho go\nsleep 50\necho never\n', (text, kill) => {
      if (text.includes('go\n')) kill('SIGINT');
    });
    expect([status, out]).toEqual([130, 'go\n']);
    expect(readFileSync(join(dir, 'f'), 'utf8')).toBe('kept\n');
  });

  it('writes the project as a zip that unpacks to it', { timeout: WAIT }, async () => {
    const dir = join(top, 'zipped');
    const zip = join(top, 'project.zip');
    const { status } = await runCli(['--project', dir], `echo a > f; git add f; git commit -qm a; lab export --file ${zip}\n`);
    expect(status).toBe(0);
    execFileSync('python3', ['-c', `import zipfile; zipfile.ZipFile(${JSON.stringify(zip)}).extractall(${JSON.stringify(join(top, 'out'))})`]);
    expect(native(join(top, 'out'), 'fsck', '--strict')).toBe('');
    expect((await runCli(['--project', dir], `lab export --file ${zip}\n`)).status).toBe(1);
  });
});
