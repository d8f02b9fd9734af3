import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, unzlibSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportProject } from '../../src/lab/archive.js';
import type { Credentials } from '../../src/lab/remote-port.js';
import { openEngine } from '../../src/lab/engine.js';
import { openNodePlatform } from '../../src/platform/node-platform.js';
import { Logins } from '../../src/terminal/logins.js';
import { createShell } from '../../src/terminal/shell.js';
import { noSandbox } from '../platform/no-sandbox.js';
import { LOGIN, openGitServer } from './git-http-server.js';
import { formatError, NO_NETS, runLine } from './open-shell.js';

const SECRETS = [LOGIN.password, Buffer.from(LOGIN.password).toString('base64'), Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')];

describe('a remote behind git http-backend', () => {
  let server: Awaited<ReturnType<typeof openGitServer>>;
  let dir: string;
  let answers: (Credentials | undefined)[] = [];
  const asked: { url: string; username: string }[] = [];
  let shell: ReturnType<typeof createShell>;
  let platform: Awaited<ReturnType<typeof openNodePlatform>>;
  let said = '';

  const run = async (line: string, signal?: AbortSignal) => {
    const result = await runLine(shell, line, signal);
    said += result.out + result.err;
    return result;
  };
  const ok = async (line: string): Promise<string> => {
    const { out, err, status } = await run(line);
    expect([line, status, out + err]).toEqual([line, 0, out + err]);
    return out + err;
  };
  const native = (line: string): string => execFileSync('bash', ['-c', line], { cwd: dir, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: dir, GIT_CONFIG_NOSYSTEM: '1' } });

  beforeAll(async () => {
    server = await openGitServer();
    dir = mkdtempSync(join(tmpdir(), 'looplab-http-project-'));
    let clock = Date.UTC(2026, 0, 1);
    platform = await openNodePlatform({ dir, nets: NO_NETS, sandbox: noSandbox, assets: dir, now: () => (clock += 1000) });
    const engine = await openEngine(platform);
    const logins = new Logins(async (question) => {
      asked.push(question);
      return answers.shift();
    });
    shell = createShell({ engine, platform, serve: (r) => engine.serve(r), formatError, now: Date.now, logins });
  });
  beforeEach(() => {
    server.state.fault = 'none';
  });
  afterAll(async () => {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('asks for a name and a password, and does not go on without', async () => {
    await ok(`git remote add origin ${server.url}`);
    answers = [undefined];
    expect(await run('git push -u origin main')).toMatchObject({ status: 128, err: `fatal: could not read Username for '${new URL(server.url).origin}': terminal prompts disabled\n` });
    expect(asked).toEqual([{ url: server.url, username: '' }]);
    answers = [{ username: 'ada', password: 'wrong' }];
    expect(await run('git push -u origin main')).toMatchObject({ status: 128, err: `fatal: Authentication failed for '${server.url}/'\n` });
    expect(server.native('git -C team.git for-each-ref')).toBe('');
  });

  it('pushes with them, and asks no more', async () => {
    answers = [LOGIN];
    expect(await ok('git push -u origin main')).toContain(' * [new branch]      main -> main\n');
    const times = asked.length;
    await ok('echo 1 > a; git add a; git commit -qm one; git tag -a -m words v1; git push; git push --tags');
    expect(asked.length).toBe(times);
    expect(server.native('git -C team.git rev-parse main').trim()).toBe(await platform.git.resolve('main'));
    expect(server.native('git -C team.git cat-file -t v1').trim()).toBe('tag');
    expect(server.native('git -C team.git fsck --strict --full 2>&1')).toBe('');
  });

  it('fetches what native git pushed: packs, deltas, tags, other branches', async () => {
    server.native('git clone -q team.git peer; cd peer; seq 1 5000 > long.txt; git add .; git commit -qm long; for i in 1 2 3 4 5; do echo $i >> long.txt; git commit -qam "more $i"; done; git tag w; git push -q origin main w; git push -q origin main:side; git -C ../team.git repack -adq');
    const fetched = await ok('git fetch');
    expect(fetched).toContain(`From ${server.url.replace(/\.git$/, '')}\n`);
    expect(fetched).toMatch(/ {3}\w{7}\.\.\w{7} {2}main {7}-> origin\/main\n/);
    expect(fetched).toContain(' * [new branch]      side       -> origin/side\n * [new tag]         w          -> w\n');
    await ok('git pull');
    expect(readFileSync(join(dir, 'long.txt'), 'utf8')).toBe(server.native('cat peer/long.txt'));
    expect(native('git fsck --strict --full --no-dangling 2>&1; git status --porcelain')).toBe('');
    expect(native('git log -1 --format=%H').trim()).toBe(server.native('git -C team.git rev-parse main').trim());
  });

  it('refuses to lose what others have pushed, and merges', async () => {
    server.native('cd peer; echo p > p; git add p; git commit -qm peer; git push -q');
    await ok('echo m > m; git add m; git commit -qm mine');
    expect((await run('git push')).err).toContain(' ! [rejected]        main -> main (fetch first)\n');
    await ok('git pull --no-rebase; git push');
    expect(server.native('cd peer; git pull -q; ls')).toBe('README.md\na\nlong.txt\nm\np\n');
    await ok('git push origin HEAD:gone; git push origin --delete gone');
    expect((await run('git push origin main:bad..name')).status).toBe(128);
  });

  it('clones', async () => {
    await ok(`git clone ${server.url} copy; cd copy; git log --oneline -1; cd ..`);
    expect(native('export GIT_DIR=.lab/clones/copy.git GIT_WORK_TREE=copy; git status --porcelain; git fsck --strict --full 2>&1; git rev-parse HEAD').trim()).toBe(await platform.git.resolve('main'));
    expect(await ok('git status')).toContain('working tree clean');
  });

  it.each([
    ['forbidden', 'git fetch', 128, 'The requested URL returned error: 403'],
    ['broken', 'git fetch', 128, 'The requested URL returned error: 500'],
    ['not-git', 'git fetch', 128, 'not valid: is this a git repository?'],
    ['moved', 'git fetch', 128, 'unable to access'],
    ['forbidden', 'git push', 128, '403'],
    ['none', 'git fetch http://127.0.0.1:1/x.git', 128, 'unable to access'],
    ['none', 'git fetch ftp://host/x', 128, 'cannot be reached from here'],
    ['none', 'git fetch http://example.org/x', 128, 'cannot be reached from here'],
    ['none', 'git fetch file:///etc', 128, 'cannot be reached from here'],
    ['none', 'git clone https://u:hunter2@example.org/x', 128, 'a password in an address would be kept'],
    ['none', 'git remote add bad https://u:hunter2@example.org/x', 128, 'a password in an address would be kept'],
    ['none', 'git remote add bad javascript:alert', 128, 'cannot be reached from here'],
    ['none', 'git fetch lab://../../x', 128, 'cannot be reached from here'],
  ] as const)('%s: %s', async (fault, line, status, words) => {
    server.state.fault = fault;
    const before = native('git for-each-ref; git status --porcelain');
    const result = await run(line);
    expect([result.status, result.err]).toEqual([status, expect.stringContaining(words)]);
    expect(native('git for-each-ref; git status --porcelain')).toBe(before);
  });

  it('says that a repository is not there', async () => {
    const missing = server.url.replace('team', 'none');
    expect(await run(`git fetch ${missing}`)).toMatchObject({ status: 128, err: `fatal: repository '${missing}/' not found\n` });
    expect(await run(`git clone ${missing} away`)).toMatchObject({ status: 128 });
    expect(readdirSync(dir)).not.toContain('away');
  });

  it.each(['cut-fetch', 'corrupt'] as const)('keeps nothing of a fetch that is %s, and a repeat works', async (fault) => {
    server.native(`cd peer; git pull -q; seq 1 90000 | shuf --random-source=<(yes) > ${fault}; git add .; git commit -qm ${fault}; git push -q`);
    const before = [...walk(join(dir, '.git'))].filter((path) => path.includes('/objects/')).sort();
    server.state.fault = fault;
    const result = await run('git fetch');
    expect([result.status, result.err]).toEqual([128, expect.stringMatching(/cut short|not whole/)]);
    expect([...walk(join(dir, '.git'))].filter((path) => path.includes('/objects/')).sort()).toEqual(before);
    server.state.fault = 'none';
    await ok('git pull');
    expect(native(`git fsck --strict --full --no-dangling 2>&1; md5sum < ${fault}`)).toBe(server.native(`md5sum < peer/${fault}`));
  });

  it.each(['cut-push-before', 'cut-push-after'] as const)('loses nothing when the connection ends in the middle of a push (%s), and a repeat works', async (fault) => {
    await ok(`echo ${fault} > ${fault}; git add .; git commit -qm ${fault}`);
    const mine = await platform.git.resolve('main');
    server.state.fault = fault;
    expect((await run('git push')).status).toBe(128);
    expect(await platform.git.resolve('main')).toBe(mine);
    expect(native('git status --porcelain')).toBe('');
    server.state.fault = 'none';
    expect(await ok('git push')).toContain(fault === 'cut-push-after' ? 'Everything up-to-date' : 'main -> main');
    expect(server.native('git -C team.git rev-parse main').trim()).toBe(mine);
    expect(await ok('git status')).toContain("up to date with 'origin/main'");
    expect(server.native('git -C team.git fsck --strict --full --no-dangling 2>&1')).toBe('');
  });

  it('passes on what a hook of the server says, and its refusal', async () => {
    server.native("printf '#!/bin/sh\\necho the rules of the house\\nexit 1\\n' > team.git/hooks/pre-receive; chmod +x team.git/hooks/pre-receive");
    await ok('echo h > h; git add h; git commit -qm h');
    const result = await run('git push');
    expect(result).toMatchObject({ status: 1 });
    expect(result.err).toContain('remote: the rules of the house');
    expect(result.err).toContain(' ! [remote rejected] main -> main (pre-receive hook declined)\n');
    server.native('rm team.git/hooks/pre-receive');
    await ok('git push');
  });

  it('refuses a history with a file that would lie outside the project or in .git', async () => {
    server.native(`cd peer; git fetch -q; b=$(echo x | git hash-object -w --stdin); t=$(printf '100644 blob %s\\t.GIT' $b | git mktree); c=$(git commit-tree -m evil -p origin/main $t); git push -q origin $c:refs/heads/evil`);
    const refs = native('git for-each-ref');
    expect((await run('git fetch')).err).toContain('git-unsafe-path');
    expect(native('git for-each-ref')).toBe(refs);
    server.native('git -C team.git update-ref -d refs/heads/evil');
    await ok('git fetch');
  });

  it('stops when it is asked to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await run('git fetch', stop.signal)).status).toBe(130);
  });

  it('forgets passwords on demand', async () => {
    await ok('git credential-cache exit');
    answers = [undefined];
    expect((await run('git fetch')).status).toBe(128);
    answers = [LOGIN];
    await ok('git fetch');
  });

  it('keeps no password: not in the project, its export, its journal, or what was said', async () => {
    const parts: Buffer[] = [];
    for await (const part of exportProject(platform)) parts.push(Buffer.from(part));
    // git's own objects are packed once more inside
    const texts = Object.entries(unzipSync(Buffer.concat(parts))).map(([path, bytes]) => Buffer.from(/\/objects\/[0-9a-f]{2}\//.test(path) ? unzlibSync(bytes) : bytes));
    const holds = (word: string): boolean => [said, ...texts, ...[...walk(dir)].map((path) => readFileSync(path))].some((text) => text.includes(word));
    for (const seen of [server.url, 'Start the project', 'the rules of the house']) expect(holds(seen)).toBe(true);
    for (const secret of [...SECRETS, 'hunter2']) expect(holds(secret)).toBe(false);
    expect(native('git config --get remote.origin.url').trim()).toBe(server.url);
  });
});

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else yield path;
  }
}
