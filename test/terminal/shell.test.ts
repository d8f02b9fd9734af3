import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { openShell, runLine, formatError } from './open-shell.js';
import { createShell } from '../../src/terminal/shell.js';

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a lasting bash', () => {
  const cases: readonly [string, readonly string[], string][] = [
    ['variables', ['x=1', 'echo $x'], '1\n'],
    ['exported variables', ['export A="b c"', 'echo "$A"'], 'b c\n'],
    ['unset variables', ['x=1', 'unset x', 'echo "[$x]"'], '[]\n'],
    ['the folder', ['mkdir d', 'cd d', 'pwd'], '/home/learner/project/d\n'],
    ['functions', ['f() { echo "f $1"; }', 'f 2'], 'f 2\n'],
    ['arrays', ['a=(1 "2 3")', 'a+=(4)', 'echo "${#a[@]} ${a[1]}"'], '3 2 3\n'],
    ['the last status', ['false', 'echo $?'], '1\n'],
    ['an option', ['set -u', 'echo $nope || echo never'], ''],
    ['aliases of pipes and files', ["printf 'b\\na\\n' > f", 'sort f | head -1'], 'a\n'],
    ['several statements on a line', ['for i in 1 2; do echo $i; done; echo end'], '1\n2\nend\n'],
    ['a here document', ['cat <<E\n  kept  \nE\n'], '  kept  \n'],
    ['wide characters', ['echo "مرحبا 你好"'], 'مرحبا 你好\n'],
    ['wide characters through a file and a pipe', ['echo "é你" > f', 'cat f | cat'], 'é你\n'],
    ['globs', ['touch a.txt b.txt', 'echo *.txt'], 'a.txt b.txt\n'],
    ['~', ['cd /', 'cd ~/project', 'pwd'], '/home/learner/project\n'],
    ['find', ['mkdir -p a/b', 'echo x > a/b/c', 'find a -type f'], 'a/b/c\n'],
    ['gzip and back', ['echo hello > f', 'gzip f', 'gunzip f.gz', 'cat f'], 'hello\n'],
    ['input of if and for', ['echo a | if true; then cat; fi', 'echo b | for i in 1; do cat; done'], 'b\n'],
    ['/dev/null', ['echo x > /dev/null', 'echo ok'], 'ok\n'],
    ['scratch files outside the project', ['echo x > /tmp/f', 'cat /tmp/f'], 'x\n'],
  ];
  it.each(cases)('carries %s', async (_name, lines, want) => {
    const { run } = await openShell();
    let last = { out: '', err: '' };
    for (const line of lines) last = await run(line);
    expect(last.out).toBe(want);
  });

  it('ends on exit and begins anew', async () => {
    const { run } = await openShell();
    await run('x=1; cd /tmp');
    expect(await run('exit 3; echo no')).toMatchObject({ status: 3, ended: true, out: '', folder: '/home/learner/project' });
    expect((await run('echo "[$x]"')).out).toBe('[]\n');
  });

  it('stops a script at a failure only under set -e', async () => {
    const { run } = await openShell();
    expect(await run('false\necho go')).toMatchObject({ out: 'go\n', status: 0 });
    expect(await run('set -e\nfalse || true\nif false; then :; fi\nfalse && true\necho on\nfalse\necho no')).toMatchObject({ out: 'on\n', status: 1, ended: true });
  });

  it('says what is wrong with bad lines', async () => {
    const { run } = await openShell();
    expect(await run('echo "open')).toMatchObject({ status: 2, out: '' });
    expect((await run('if')).err).toContain('syntax error');
    expect((await run('gti status')).err).toBe("bash: gti: command not found\nDid you mean 'git'?\n");
    expect((await run('gti status')).status).toBe(127);
    expect((await run('')).status).toBe(127);
  });
});

describe('bounds', { timeout: 60_000 }, () => {
  it.each(['while true; do :; done', 'while true; do echo x; done', 'f() { f; }; f', 'for ((;;)); do true; done'])('ends %s', async (line) => {
    const { run } = await openShell();
    const started = performance.now();
    const { status, err } = await run(line);
    expect(status).not.toBe(0);
    expect(err.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(30_000);
    expect((await run('echo alive')).out).toBe('alive\n');
  });

  it('stops at once when cancelled, and lives on', async () => {
    const { run } = await openShell();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const started = performance.now();
    expect((await run('sleep 30; echo no', stop.signal)).status).toBe(130);
    expect(performance.now() - started).toBeLessThan(3000);
    expect((await run('echo $?')).out).toBe('130\n');
  });

  it('does not print more than a bound', async () => {
    const { run } = await openShell();
    const { out, err, status } = await run('x=$(printf "%2000000s" a); for i in 1 2 3 4 5 6 7 8 9 10; do echo "$x"; done');
    expect(out.length).toBeLessThan(18 << 20);
    expect(status).not.toBe(0);
    expect(err).not.toBe('');
  });

  it('passes bytes through files unharmed', async () => {
    const { run, platform } = await openShell();
    await platform.files.write('b', Uint8Array.of(255, 0, 254));
    await run('cp b c; cat b c > d');
    expect([...(await platform.files.read('d'))]).toEqual([255, 0, 254, 255, 0, 254]);
  });
});

describe('the project folder', () => {
  const MD5 = '0cc175b9c0f1b6a831c399e269772661';
  const pointer = (id: string, path: string): string => `outs:\n- md5: ${id}\n  size: 1\n  hash: md5\n  path: ${path}\n`;

  async function withData() {
    const opened = await openShell();
    const { platform } = opened;
    await platform.objects.put(MD5, new TextEncoder().encode('a'));
    await platform.objects.put('11111111111111111111111111111111.dir', new TextEncoder().encode(`[{"md5": "${MD5}", "relpath": "x/y.txt"}]`));
    await platform.files.write('data/raw.csv.dvc', pointer(MD5, 'raw.csv'));
    await platform.files.write('data/prepared.dvc', pointer('11111111111111111111111111111111.dir', 'prepared'));
    await platform.save();
    return opened;
  }

  it('shows tracked data at its path', async () => {
    const { run } = await withData();
    expect((await run('cat data/raw.csv')).out).toBe('a');
    expect((await run('ls data')).out).toBe('prepared\nprepared.dvc\nraw.csv\nraw.csv.dvc\n');
    expect((await run('cat data/prepared/x/y.txt; ls data/prepared data/prepared/x; wc -c < data/raw.csv')).out).toContain('y.txt');
    expect((await run('cp data/raw.csv copy; cat copy')).out).toBe('a');
    expect((await run('[ -d data/prepared ] && [ -f data/raw.csv ] && [ ! -e data/nope ] && echo yes')).out).toBe('yes\n');
  });

  it.each([
    ['echo x > data/raw.csv', 'tracked-data-protected'],
    ['echo x >> data/raw.csv', 'tracked-data-protected'],
    ['rm data/raw.csv', 'tracked-data-protected'],
    ['mv data/raw.csv away', 'tracked-data-protected'],
    ['echo x > data/prepared/x/y.txt', 'tracked-data-protected'],
    ['mkdir data/prepared/z', 'tracked-data-protected'],
    ['echo x > .git/HEAD', 'git-folder-protected'],
    ['rm -rf .git', 'git-folder-protected'],
    ['mv .git away', 'git-folder-protected'],
    ['echo x > .git/objects/aa/bb', 'git-folder-protected'],
    ['echo x >> .lab/journal.jsonl', 'lab-folder-protected'],
    ['cd ..; rm -r project', 'mount point'],
    ['for f in a b; do echo x > .git/$f; done', 'git-folder-protected'],
    ['ln -s README.md link', 'links-not-kept'],
    ['touch run.sh; chmod +x run.sh', 'file-modes-not-kept'],
  ])('refuses %s', async (line, code) => {
    const { run, platform } = await withData();
    await platform.files.write('.lab/journal.jsonl', '{}\n');
    await platform.save();
    const { err, status } = await run(line);
    expect(err).toContain(code);
    expect(status).not.toBe(0);
    expect(decode(await platform.files.read('.git/HEAD'))).toBe('ref: refs/heads/main\n');
    expect(decode(await platform.objects.get(MD5))).toBe('a');
  });

  it('reads .git, and leads nowhere above the project', async () => {
    const { run } = await withData();
    expect((await run('cat .git/HEAD')).out).toBe('ref: refs/heads/main\n');
    const outside = await run('cat ../../../etc/passwd; echo x > ../outside; ls ..');
    expect(outside.out).toBe('outside\nproject\n');
    expect(outside.err).toContain('No such file or directory');
  });

  it.each([
    ['mkdir a; mkdir a', 'File exists'],
    ['mkdir a/b/c', 'No such file or directory'],
    ['echo x > a/b', 'No such file or directory'],
    ['touch f; echo x > f/g', 'f/g'],
    ['mkdir a; echo x > a', 'directory'],
    ['mkdir -p a/b; rmdir a', 'not empty'],
    ['rm nope', 'No such file'],
    ['cat nope', 'No such file'],
    ['mkdir a; cp -r a a/b', 'itself'],
    ['mkdir a; mv a a/b', 'a'],
  ])('fails as bash does: %s', async (line, words) => {
    const { run } = await openShell();
    const { err, status } = await run(line);
    expect(status).not.toBe(0);
    expect(err.toLowerCase()).toContain(words.toLowerCase());
  });

  it('fails the one command whose target cannot be written', async () => {
    const { run, platform } = await openShell();
    expect(await run('for i in 1 2; do echo $i > no/f || echo else; done')).toMatchObject({
      out: 'else\nelse\n',
      err: 'bash: no/f: No such file or directory\nbash: no/f: No such file or directory\n',
      status: 0,
    });
    expect((await run('set -e; echo x > no/f; echo never')).ended).toBe(true);
    expect((await run('echo a | tr a b > f; cat < f > g; { echo c; echo d; } >> g; f() { echo e >> g; }; f; cat g')).out).toBe('b\nc\nd\ne\n');
    expect((await run("printf '1\\n2\\n' | while read n; do echo n$n > h$n; done; cat h1 h2; rm h1 h2")).out).toBe('n1\nn2\n');
    expect(await platform.files.list('')).toEqual(['.git', 'f', 'g']);
  });

  it('does what the usual commands do', async () => {
    const { run, platform } = await openShell();
    await run('mkdir -p a/b; echo 1 > a/b/f; cp -r a c; mv c/b/f c/g; rm -r a; sed -i s/1/2/ c/g; echo 3 | tee -a c/g');
    expect(decode(await platform.files.read('c/g'))).toBe('2\n3\n');
    expect(await platform.files.list('')).toEqual(['.git', 'c']);
  });
});

describe('durability', () => {
  it('saves each statement that wrote, and no other', async () => {
    const { platform, engine } = await openShell();
    let saves = 0;
    const counted = { ...platform, save: async () => { saves++; await platform.save(); } };
    const shell = createShell({ engine, platform: counted, serve: engine.serve, formatError, now: Date.now });
    await runLine(shell, 'ls; cat nope; echo $HOME');
    expect(saves).toBe(0);
    await runLine(shell, 'for i in 1 2 3; do echo $i > f$i; done');
    expect(saves).toBe(1);
    await platform.discard();
    expect(decode(await platform.files.read('f3'))).toBe('3\n');
    expect(engine.reloads).toBe(1);
  });

  it('forgets what could not be saved, and says so', async () => {
    const { platform, engine } = await openShell();
    const full = { ...platform, save: () => Promise.reject(new LabError('quota-full')) };
    const shell = createShell({ engine, platform: full, serve: engine.serve, formatError, now: Date.now });
    const { err, status } = await runLine(shell, 'echo x > f');
    expect(err).toContain('quota-full');
    expect(status).toBe(1);
    expect(await platform.files.stat('f')).toBeUndefined();
    expect((await runLine(shell, 'echo alive')).out).toBe('alive\n');
  });

  it('waits with its first write until a running verb has ended, but not with reading', async () => {
    const { engine, run } = await openShell();
    let finish = (): void => undefined;
    const verb = engine.exclusive(() => new Promise<void>((resolve) => { finish = resolve; }));
    expect((await run('echo read')).out).toBe('read\n');
    let written = false;
    const line = run('echo x > f').then(() => { written = true; });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(written).toBe(false);
    finish();
    await Promise.all([verb, line]);
    expect(written).toBe(true);
  });

  it('can be cancelled while it waits', async () => {
    const { engine, run } = await openShell();
    let finish = (): void => undefined;
    const verb = engine.exclusive(() => new Promise<void>((resolve) => { finish = resolve; }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect((await run('echo x > f', stop.signal)).status).toBe(130);
    finish();
    await verb;
    expect((await run('echo y > g; cat g')).out).toBe('y\n');
    expect((await run('ls')).out).toBe('g\n');
  });
});
