import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins } from './native-git.js';

const PLAIN = 'GIT_EDITOR=true ';
/** After each line both must have printed the same lines (the two streams are not interleaved alike); native git must then find the same state in ours. */
const STORY = [
  'seq 1 10 > a; echo p > p; git add .; git commit -qm base; git switch -q -c topic; sed -i "s/^3$/three/" a; git commit -qam "Three in topic"; echo t > t; git add t; git commit -qm "Add t"; echo same > same; git add same; git commit -qm "Same change"',
  'git switch -q main; sed -i "s/^3$/drei/" a; git commit -qam "Drei in main"; git cherry-pick topic', 'git switch -q topic; git rebase nope', 'git rebase --continue', 'git rebase --abort', 'git rebase --skip', 'git rebase --quit', 'git rebase', 'git rebase main~1~1; git reflog --decorate -n 2',
  'echo x >> p; git rebase main', 'git add p; git rebase main', 'echo y >> p; git rebase main', 'git reset -q --hard; git status -s',
  'git rebase main', 'cat a; cat .git/rebase-merge/onto 2>/dev/null | wc -l >/dev/null', 'git status', 'git status -sb', 'git branch; git branch -v', 'git reflog --decorate -n 3', 'git rebase main', 'git rebase --continue', 'git switch main', 'git commit -m early',
  'sed -i -e "/^[<=>]/d" a; git rebase --continue', 'git add a; git status', 'REBASE --continue', 'git log --format="%h %an %s%n%b"; git reflog --decorate; git reflog --decorate topic', 'git status', 'git rebase main', 'git rebase topic',
  'git switch -q main; git rebase main topic; git reflog --decorate -n 3', 'git switch -q -c behind main~1; git rebase main; git reflog --decorate -n 3', 'git switch -q -c up main~1; echo z > z; git add z; git commit -qm z; git branch -u main >/dev/null; git rebase; git reflog --decorate -n 3; git status',
  'git switch -q -c c main~2; sed -i "s/^3$/tri/" a; git commit -qam "Tri"; git rebase main', 'git status; git rebase --abort; git status; git reflog --decorate -n 3; git log --oneline --decorate', 'git rebase main 2>/dev/null >/dev/null; git rebase --skip; git log --oneline --decorate -2; git reflog --decorate -n 3',
  'git switch -q -c d main~2; sed -i "s/^3$/tre/" a; git commit -qam "Tre"; echo w > w; git add w; git commit -qm w; git rebase main 2>/dev/null >/dev/null; echo mine > a; git add a; git commit --no-edit; git status; git reflog --decorate -n 1', 'git rebase --continue; git log --oneline --decorate -3',
  'git rebase --onto nope main', 'git rebase main nope', 'git rebase --onto main~2 main; git log --oneline --decorate -3; git status', 'git rebase --quit; git reset -q --hard; git switch -q d; git status',
  'git switch -q -c e main~2; echo q > q; git add q; git commit -qm q; git switch -q main; echo Q > Q1; git add Q1; git commit -qm Q1; git switch -q e; echo other > Q1; git rebase main', 'git status -s; rm Q1; git rebase main; git log --oneline --decorate -3',
  'git switch -q -c f main~1; echo 1 > f1; git add f1; git commit -qm f1; echo 2 > f2; git add f2; git commit -qm f2; git rm -q f2; git commit -qm "no f2"; echo 3 > f2; git rebase main', 'git rebase --abort; git status -s; rm f2; git rebase -q main; git log --oneline --decorate -4',
  'git switch -q -c g main~2; sed -i "s/^3$/ga/" a; git commit -qam one; sed -i "s/^ga$/gb/" a; git commit -qam two; sed -i "s/^8$/eight/" a; git commit -qam three; git rebase main', 'echo both > a; git add a; REBASE --continue', 'git status', 'seq 1 9 > a; git add a; REBASE --continue', 'git status', 'git rebase --abort; git status; git log --oneline --decorate -4',
  'git switch -q -c h main~3; git reset -q --hard; git switch -q -c h main~3; echo h > h; git add h; git commit -qm h; git switch -q -c side; echo s > s; git add s; git commit -qm s; git switch -q h; echo h2 >> h; git commit -qam h2; git merge -q --no-edit side 2>/dev/null; git rebase main; git log --oneline --decorate -5', 'git reflog --decorate -n 6',
  'git switch -q -c del main~3; git rm -q p; git commit -qm "no p"; git switch -q main; echo more >> p; git commit -qam "more p"; git rebase main del', 'git status; git rm -q p; git status', 'REBASE --continue', 'git log --oneline --decorate -2',
];
const CONTINUE = /\bREBASE\b/g;

describe('git rebase, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
  });
  afterAll(() => twins.close());

  /** Progress that native git shows and wipes is left out. */
  const lines = (out: string): string[] => out.replace(/Rebasing \(\d+\/\d+\)\r|\r *\r|\r\x1b\[K/g, '').split('\n').sort();

  it.each(STORY)('%s', async (line) => {
    const { mine, native } = await twins.both(line.replace(CONTINUE, 'git rebase'), line.replace(CONTINUE, `${PLAIN}git rebase`));
    expect([lines(mine.out), mine.status]).toEqual([lines(native.out), native.status]);
    for (const look of ['git status --porcelain=v2', 'git ls-files -s', 'git log --all --format="%H %P %D"', 'git reflog']) {
      expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
    }
  });

  it('can be gone on with by native git, and goes on with what native git began', async () => {
    await twins.both('git switch -q -c handed main~4; sed -i "s/^3$/tres/" a; git commit -qam tres; echo later > later; git add later; git commit -qm later; git rebase main >/dev/null 2>&1; seq 1 5 > a; git add a');
    const copy = join(twins.top, 'copy');
    cpSync(twins.ours, copy, { recursive: true });
    expect(twins.native('git status', copy).out).toBe(twins.native('git status').out);
    expect(twins.native(`${PLAIN}git rebase --continue >/dev/null 2>&1; git log -2 --format=%s%n%an; git status; ls .git | grep -c rebase`, copy)).toEqual(twins.native(`${PLAIN}git rebase --continue >/dev/null 2>&1; git log -2 --format=%s%n%an; git status; ls .git | grep -c rebase`));
    expect(twins.native('git fsck --strict --full --no-dangling', copy)).toEqual({ out: '', status: 0 });
    twins.native('git rebase --abort; git rebase main', twins.ours);
    const { mine } = await twins.both('git status | head -1; echo done > a; git add a; git rebase --continue; git log -2 --format=%s; git status -s');
    expect(mine.out).toContain('rebase in progress');
    expect(mine.out).toContain('Successfully rebased and updated refs/heads/handed.\n');
    expect(execFileSync('git', ['fsck', '--strict', '--full', '--no-dangling'], { cwd: twins.ours, env: twins.env, encoding: 'utf8' })).toBe('');
  });
});
