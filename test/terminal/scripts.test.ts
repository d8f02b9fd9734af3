import { describe, expect, it } from 'vitest';
import { openShell } from './open-shell.js';

describe('a script in a file', () => {
  it('runs once, with its words, its folder and its status', async () => {
    const { run } = await openShell();
    await run("printf 'echo \"$0 $1 $#\"\\nx=inside\\ncd sub\\npwd\\necho out > made\\nexit 3\\n' > script.sh; mkdir sub; x=outside");
    const first = await run('bash script.sh "a b" c');
    expect(first).toMatchObject({ err: '', status: 3, ended: false });
    expect(first.out).toMatch(/^script\.sh a b 2\n.*\/sub\n$/);
    expect((await run('echo $x; cat sub/made; bash script.sh | head -n 1; sh script.sh q > kept; cat kept')).out).toMatch(/^outside\nout\nscript\.sh {2}0\nscript\.sh q 1\n/);
  });

  it('calls another script, the project’s own commands, and itself only so deep', async () => {
    const { run } = await openShell();
    await run("printf 'git status --short\\nbash two.sh\\n' > one.sh; printf 'echo two\\n' > two.sh; printf 'bash again.sh\\n' > again.sh");
    expect(await run('bash one.sh')).toMatchObject({ out: expect.stringContaining('?? one.sh') as string, status: 0 });
    expect((await run('bash one.sh')).out).toMatch(/two\n$/);
    const endless = await run('bash again.sh');
    expect(endless.status).not.toBe(0);
    expect(endless.err).not.toBe('');
    expect(await run('echo still here')).toMatchObject({ out: 'still here\n', status: 0 });
  });

  it('fails as bash does when there is none, and a refused file fails one command alone', async () => {
    const { run } = await openShell();
    expect(await run('bash none.sh')).toMatchObject({ status: 127, err: expect.stringContaining('none.sh') as string });
    await run("printf 'echo a > .git/config\\necho after\\n' > refused.sh");
    const refused = await run('bash refused.sh');
    expect(refused.out).toBe('after\n');
    expect(refused.err).toMatch(/\.git\/config/);
  });

  it('is read with source into the shell itself', async () => {
    const { run } = await openShell();
    await run("printf 'y=5\\ncd /tmp\\n' > lib.sh");
    expect(await run('source lib.sh; echo $y; pwd')).toMatchObject({ out: '5\n/tmp\n', status: 0 });
  });
});

describe('cp over a file that is there', () => {
  it('takes its place, in the project, from outside, and with the usual options', async () => {
    const { run } = await openShell();
    await run('echo 1 > a; echo 2 > b; mkdir d; echo 3 > d/a; echo 4 > /tmp/t');
    expect(await run('cp a b')).toMatchObject({ err: '', status: 0 });
    expect(await run('cp a d; cp b d/a; cp -v a b; cp /tmp/t a; cp a /tmp/t')).toMatchObject({ out: "'a' -> '/home/learner/project/b'\n", err: '', status: 0 });
    expect((await run('cat a b d/a /tmp/t')).out).toBe('4\n1\n1\n4\n');
    expect(await run('cp -n b a; cat a')).toMatchObject({ out: '4\n', status: 0 });
    await run('mkdir e; echo 9 > e/a; echo 8 > e/z');
    expect(await run('cp -r e/. d; cat d/a d/z')).toMatchObject({ out: '9\n8\n', err: '', status: 0 });
    expect(await run('mv b a; cat a; ls b')).toMatchObject({ out: '1\n', status: 2 });
  });

  it('still refuses what may not be written', async () => {
    const { run } = await openShell();
    await run('echo 1 > a');
    expect((await run('cp a .git/config')).err).toMatch(/git-folder-protected|ermission denied/);
    expect(await run('cp a a')).toMatchObject({ status: 1, err: expect.stringContaining('same file') as string });
  });
});
