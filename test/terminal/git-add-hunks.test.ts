import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShell, runLine } from './open-shell.js';
import { openTwins } from './native-git.js';

const CODE = "printf '%s\\n' 'first:' '  a: 1' '  b: 2' '  c: 3' '  d: 4' '' 'second:' '  e: 5' '  f: 6' '  g: 7' '  h: 8' '  i: 9' '  j: 10' 'third:' '  k: 11' '  l: 12' > conf.yaml";
const START = `seq 1 30 > a; echo b > b; echo gone > gone; printf 'no newline' > nn; ${CODE}; git add .; git commit -qm base`;
const TWO = "sed -i -e 's/^2$/two/' -e 's/^4$/four/' -e 's/^25$/XXV/' a; echo more >> b; echo new > untracked";
/** The answers to each question, line by line; what both print and what lies in the index after them must be the same. */
const ANSWERS: readonly (readonly [edit: string, answers: string, paths?: string])[] = [
  [TWO, 'y\\nn\\ny\\n'], [TWO, 's\\ny\\nn\\nq\\n'], [TWO, 's\\nn\\ny\\ny\\nn\\n'], [TWO, 'y\\n'], [TWO, '?\\nq\\n'], [TWO, 'z\\n\\nq\\n'], [TWO, 'a\\nn\\n'], [TWO, 'd\\ny\\n'], [TWO, 'j\\nK\\nJ\\nk\\ng\\n2\\nq\\n'],
  [TWO, '/XXV\\ny\\nq\\n'], [TWO, 'y\\n', 'b'], [TWO, 'Y\\nN\\nY\\n', 'a b'], [TWO, 'y\\n', 'untracked'], [TWO, 'y\\n', 'nope'],
  ['rm gone', 'y\\n'], ['rm gone', '?\\nn\\n'], ["printf 'no newline\\nmore' > nn", 'y\\n'], ["printf 'a\\n' > nn", 'y\\n'], ['> b', 'y\\n'], ['seq 1 5 > a; seq 20 25 >> a', 'J\\nK\\nk\\ng\\n/\\ns\\nn\\ny\\n'],
  ["sed -i -e 's/^2$/two/' -e 's/^25$/XXV/' a", 'K\\nk\\ng9\\ngx\\n/[\\n/zzz\\nJ\\n\\ns\\nq\\n'], ["sed -i -e '1i new first' -e '4,6d' -e '15a ins' a", 's\\ny\\ny\\nn\\n'], ["sed -i -e '1i new first' -e '4,6d' -e '15a ins' a", 's\\nn\\ny\\ny\\n'],
  ["sed -i -e 's/a: 1/a: x/' -e 's/d: 4/d: x/' -e '8d' -e 's/l: 12/l: 13/' conf.yaml", 's\\nn\\ny\\ny\\nn\\n'], ["echo '  m: 14' >> conf.yaml; sed -i 2d conf.yaml", 'n\\ny\\n'], ["sed -i -e 's/h: 8/h: 88/' -e 's/j: 10/j: 100/' conf.yaml", 's\\ny\\nn\\n'], ['git status >/dev/null', 'y\\n'],
];

describe('git add -p, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
    await twins.both(START);
  });
  afterAll(() => twins.close());
  /** Editing a hunk by hand is the one key that native git has more; a complaint stands behind its question or above all, as the streams come. */
  const lines = (out: string): string[] => out.replaceAll(/,e(?=,\?\])/g, '').replaceAll(']? ', ']?\n').split('\n').filter((line) => !line.startsWith('e - ')).sort();

  it.each(ANSWERS.map(([edit, answers, paths = '']) => ({ edit, answers, paths })))('$edit, answered $answers', async ({ edit, answers, paths }) => {
    await twins.both(edit);
    const { mine, native } = await twins.both(`printf '${answers}' | git add -p ${paths}`);
    expect([lines(mine.out), mine.status]).toEqual([lines(native.out), native.status]);
    for (const look of ['git ls-files -s', 'git diff --cached', 'git diff', 'git status --porcelain']) expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
    const shown = await twins.both('git diff --cached; git status -s; git reset -q --hard; rm -f untracked');
    expect(shown.mine.out).toBe(shown.native.out);
  });

  it('asks the one who sits there, question by question, and stages while verbs may run', async () => {
    const { shell, run } = await openShell();
    await run('seq 1 30 > a; git add a; git commit -qm base; sed -i -e "s/^2$/two/" -e "s/^25$/XXV/" a');
    let seen = '';
    const answers = ['n', 'y'];
    const asked: string[] = [];
    const { status } = await shell.run('git add -p', {
      onOutput: (text) => void (seen += text),
      readLine: async () => {
        asked.push(seen.split('\n').at(-1)!);
        return answers.shift();
      },
    });
    expect(status).toBe(0);
    expect(asked).toEqual(['(1/2) Stage this hunk [y,n,q,a,d,j,J,g,/,?]? ', '(2/2) Stage this hunk [y,n,q,a,d,K,g,/,?]? ']);
    expect((await run('git diff --cached --stat; git diff --shortstat')).out).toContain('1 insertion(+), 1 deletion(-)');
    expect((await run('git diff --cached')).out).toContain('+XXV');
  });

  it('says that it must be asked where nobody can be', async () => {
    const { shell } = await openShell();
    const { status, err } = await runLine(shell, 'echo 1 > a; git add a; git commit -qm base; echo 2 > a; git add -p');
    expect([status, err]).toEqual([1, 'error: -p asks about each change: type it on a line of its own in a terminal, or give the answers on standard input\n']);
    const piped = await shell.run('git add -p | cat', { onOutput: () => undefined, readLine: () => Promise.reject(new Error('asked unseen')) });
    expect(piped.status).toBe(0);
  });
});
