import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins } from './native-git.js';

/** After each line both must have printed the same lines (the two streams are not interleaved alike); native git must then find the same state in ours. */
const STORY = [
  "seq 1 30 > a.txt; printf 'lr: 1\\nepochs: 2\\n' > params.yaml; echo k > keep; git add .; git commit -qm base; git reflog --decorate",
  'git switch -c feature; sed -i "s/^lr.*/lr: 5/" params.yaml; git commit -qam "Raise lr"; echo f > f.txt; git add f.txt; git commit -qm "Add f"; git log --oneline --decorate',
  'git switch main; git merge feature', 'git merge feature', 'git reflog --decorate', 'git reflog --decorate feature', 'git reflog show --decorate main -n 1', 'git log --oneline --decorate',
  'git reset --hard HEAD~2', 'git merge --no-ff feature', 'git log --decorate', 'git show --decorate -s HEAD', 'git reset --hard HEAD@{1}; git status', 'git log --oneline --decorate ORIG_HEAD',
  'sed -i -e "/^3$/s/3/three/" a.txt; git commit -qam three; git merge feature', 'git status; git log --format=%s%n%P', 'cat params.yaml a.txt | head -5',
  'git switch -q -c left; sed -i "s/^lr.*/lr: 7/" params.yaml; git commit -qam left; git switch -q main; sed -i "s/^lr.*/lr: 8/" params.yaml; sed -i -e "/^20$/s/20/twenty/" a.txt; git commit -qam right',
  'git merge left', 'cat params.yaml', 'git status', 'git status -s', 'git commit -m early', 'git merge left 2>&1 | tail -1', 'git ls-files -s 2>/dev/null >/dev/null; git merge --abort; git status; git merge --abort',
  'git merge left', 'git add keep', 'printf "lr: 9\\nepochs: 2\\n" > params.yaml; git status -s; git add params.yaml; git status', 'git commit -m "Merge left by hand"', 'git log --oneline --decorate', 'git log -1 --decorate', 'git status',
  'git merge --ff-only left', 'git switch -q left; echo l >> keep; git commit -qam l; git switch -q main; git merge --ff-only left 2>&1 | tail -1',
  'git rm -q f.txt; git commit -qm gone; git switch -q left; git switch -q -c del feature; echo more >> f.txt; git commit -qam more; git switch -q main; git merge del', 'git status', 'git status -s', 'git rm -q f.txt; git status', 'git commit -q --no-edit; git log -1 --format=%B',
  'git switch -q -c aa; echo one > both; git add both; git commit -qm one; git switch -q main; echo two > both; git add both; git commit -qm two; git merge aa', 'git status', 'cat both', 'git commit -aqm joined; git status -s; git log -1 --format=%p',
  'echo x >> keep; git switch -q aa; git status -s; git switch -q main; git restore keep',
  'git switch -q -c dirty; echo y >> keep; git commit -qam y; git switch -q main; echo z >> keep; git merge dirty', 'git restore keep; git merge --no-ff -m "With words" dirty; git log -1 --format=%s',
  'git switch -q -c new; echo n > n; git add n; git commit -qm n; git switch -q main; echo other > n; git merge new', 'rm n; git merge -q new; cat n',
  'echo fix >> keep; git commit -qam wrong; git commit --amend -m right; git log --oneline --decorate -2', 'echo more >> keep; git add keep; git commit --amend --no-edit; git reflog --decorate -n 4',
  'git switch -q -c topic HEAD~3; echo t > t; git add t; git commit -qm "Topic t"; sed -i "s/^lr.*/lr: 11/" params.yaml; git commit -qam "Topic lr"; git switch -q main; git cherry-pick topic~1', 'git log -1 --format="%an %ad %s"',
  'sed -i "s/^lr.*/lr: 12/" params.yaml; git commit -qam "Main lr"; git cherry-pick topic', 'cat params.yaml', 'git status', 'git cherry-pick --continue', 'git cherry-pick --abort; git status', 'git cherry-pick topic 2>&1 | tail -1; printf "lr: 11\\nepochs: 2\\n" > params.yaml; git add params.yaml; git commit --no-edit; git log -1 --decorate',
  'git revert --no-edit HEAD', 'git log -1 --format=%B', 'git revert --no-edit HEAD~3', 'git status', 'git revert --abort; git status -s; git reflog --decorate -n 3',
  'echo s > s; git add s; git reset; git status -s; git add s; git reset s; echo q >> keep; git reset keep; git reset --mixed HEAD~1', 'git add keep; git reset --soft HEAD~1; git status -s; git reset -q --hard; git reset nope', 'git reset --hard nope',
  'git branch -m topic renamed; git branch; git reflog --decorate renamed -n 1; git branch -m main trunk; git branch --show-current; git branch -m nope x; git branch -m trunk renamed; git branch -m main', 'git reflog --decorate -n 3', 'git cherry-pick --abort', 'git revert --continue', 'git merge nope', 'git reflog nope',
];

describe('merging, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
  });
  afterAll(() => twins.close());

  it.each(STORY)('%s', async (line) => {
    const { mine, native } = await twins.both(line);
    const lines = (out: string): string[] => out.split('\n').sort();
    expect([lines(mine.out), mine.status]).toEqual([lines(native.out), native.status]);
    for (const look of ['git status --porcelain=v2', 'git ls-files -s', 'git log --all --format="%H %P %D"', 'git reflog']) {
      expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
    }
  });

  it('leaves a repository that native git finds whole', () => {
    expect(twins.native('git fsck --strict --full --no-dangling', twins.ours)).toEqual({ out: '', status: 0 });
  });
});
