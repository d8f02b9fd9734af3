import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins } from './native-git.js';

/** After each line both must have printed the same; native git must then find the same state in ours. */
const STORY = [
  'seq 1 12 > a.txt; mkdir src; echo one > src/one.ts; echo k > keep; git add .; git commit -qm base; sed -i s/^3$/three/ a.txt; git commit -qam "Three in words"; git blame a.txt',
  'git blame -L 2,4 a.txt', 'git blame -L 11,+5 a.txt', 'git blame -L ,2 a.txt', 'git blame -L 40 a.txt', 'git blame nope', 'git blame HEAD~1 a.txt', 'git blame HEAD -- keep',
  'git mv keep kept', 'git mv nope x', 'git mv kept a.txt', 'git mv kept a.txt x', 'git mv kept src', 'ls src', 'git mv src lib; ls lib', 'echo u > u; git mv u v', 'rm u; git mv -v a.txt b.txt', 'git mv b.txt none/b.txt', 'git mv b.txt a.txt; echo local >> lib/one.ts; git mv lib/one.ts lib/two.ts; cat lib/two.ts',
  'git restore lib/two.ts; cat lib/two.ts; git commit -qm moved --no-edit; git restore --source=HEAD~1 -- a.txt src; ls src', 'rm -r src; git restore --source HEAD~2 a.txt; git restore --staged --source HEAD~2 a.txt', 'git restore --staged --worktree a.txt; git diff HEAD', 'git restore --source nope a.txt', 'git restore --source=HEAD~1 lib; ls', 'git restore .; git restore nope',
  'mkdir -p out/deep; echo t > t1; echo t > out/deep/t2; echo t > lib/t3; git clean', 'git clean -n', 'git clean -nd', 'git clean -f', 'git status -s', 'git clean -fd out', 'git clean -fd; git status -s; git clean -n -- nope',
  'git rev-parse HEAD HEAD~1', 'git rev-parse --short HEAD', 'git rev-parse --abbrev-ref HEAD', 'git rev-parse --is-inside-work-tree --git-dir', 'git rev-parse --verify -q nope', 'git rev-parse --verify nope', 'git rev-parse --verify main', 'git rev-parse a.txt',
  'git switch -qc left HEAD~1; echo l > l; git add l; git commit -qm "Left (1)"', 'git switch -q main; echo r > r; git add r; git commit -qm "Right one"', 'git merge -q left; git log --graph --oneline', 'git log --graph --all --oneline --decorate', 'git log --graph', 'git log --graph -n 2',
  'git switch -q left; echo l2 > l2; git add l2; git commit -qm "Left two"', 'git switch -qc third HEAD~2; echo t > t; git add t; git commit -qm Third', 'git log --graph --all --oneline --decorate', 'git log --all --oneline', 'git log --graph --all',
  'git switch -q main; git merge -q left; git log --graph --oneline --all', 'git merge -q third; git log --graph --oneline --all', 'git switch -qc fourth left~1; echo 4 > 4; git add 4; git commit -qm Fourth; git merge -q third; git log --graph --oneline --all --decorate', 'git switch -q main; git merge -q fourth; git log --graph --oneline', 'git log --graph --all --stat -n 3',
  'git log --oneline --grep Left', 'git log --oneline --grep "Left (1)"', 'git log --oneline --grep "o[nx]e"', 'git log --oneline --author Ada -n 2', 'git log --oneline --author Bob', 'git log --oneline --grep two -- l2', 'git log --oneline --all -- l2', 'git log --graph --reverse', 'git log --graph --oneline --all -- l', 'git log --graph --oneline --all --grep eft',
  'git branch -a', 'git branch -a -v',
  'git stash', 'git stash list', 'git stash pop', 'echo w >> keep; git mv 4 four; echo n > n; git stash', 'git status -s; git stash list; git stash show', 'git stash show -p', 'git stash apply', 'git reset -q --hard; git clean -f; git stash push -u -m nothing; git stash pop',
  'echo w > a.txt; echo n > n; mkdir -p d/e; echo e > d/e/f; git add n; git stash push -u -m "With all"; ls', 'git stash list; git stash show stash@{0}', 'git stash pop stash@{7}', 'git stash drop nope', 'git stash pop', 'git stash -q; git stash list', 'git stash drop', 'git stash drop 5', 'rm -r d; git stash list; git stash clear; git stash list', 'git stash apply',
  'seq 5 > a.txt; git add a.txt; git commit -qm five; sed -i s/3/drei/ a.txt; git stash -q; sed -i s/3/trois/ a.txt; git commit -qam trois; git stash pop', 'cat a.txt', 'git stash', 'git checkout -q . 2>/dev/null; git reset -q --hard; git stash list; git stash clear', 'rm a.txt; git stash; git stash pop -q; git status -s; git restore .',
];

describe('a day of git, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
    // our terminal is one: names stand beside commits; renames are not looked for
    const settings = 'git config status.renames false; git config diff.renames false; git config log.decorate short';
    for (const dir of [undefined, twins.ours]) twins.native(settings, dir);
  });
  afterAll(() => twins.close());

  it.each(STORY)('%s', async (line) => {
    const { mine, native } = await twins.both(line);
    expect([mine.out, mine.status]).toEqual([native.out, native.status]);
    for (const look of ['git status --porcelain=v2', 'git ls-files -s', 'git log --all --format="%H %P"']) expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
  });

  it('leaves a repository that native git finds whole', () => {
    expect(twins.native('git fsck --strict --full --no-dangling', twins.ours)).toEqual({ out: '', status: 0 });
  });
});
