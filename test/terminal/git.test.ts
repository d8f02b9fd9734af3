import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins } from './native-git.js';

const same = (twins: Awaited<ReturnType<typeof openTwins>>, line: string, tidy = (s: string): string => s) =>
  twins.both(line).then(({ mine, native }) => expect({ line, ...mine, out: tidy(mine.out) }).toEqual({ line, ...native, out: tidy(native.out) }));

/** One story, line by line; after each line both must have printed the same. */
const STORY = [
  'git status', 'git status -s', 'git branch', 'git tag',
  "printf 'alpha: 1\\nbeta: 2\\n' > params.yaml; mkdir -p src/deep; printf 'one\\n' > src/deep/a.ts; printf 'two' > 'with space.txt'; printf x > é.txt",
  'git status', 'git status --short', 'git status -s src', 'git diff', 'git add params.yaml', 'git status', 'git status -s -b', 'git diff --staged', 'git diff --cached --stat',
  "git commit -m 'First params'", 'git status', 'git add .', 'git status', "git commit -q -m 'All the rest' -m 'With a body.'",
  'git status', 'git log --decorate', 'git log --oneline --decorate', 'git log -1 --decorate', 'git log -n 1 --oneline --no-decorate', 'git log --decorate --stat', 'git log --decorate -p',
  'git show --decorate; git log -1 --format="%H %h %s|%an <%ae>|%ad|%P|%p|%b"',
  'git log --reverse --format=%s', 'git log --format=%s -- params.yaml', 'git log --format=%s src', 'git log --format=%s HEAD~1', 'git log --format=%s HEAD~1..HEAD',
  "printf 'alpha: 1\\nbeta: 3\\ngamma: 4\\n' > params.yaml; rm src/deep/a.ts; echo new > new.txt",
  'git status', 'git status -s', 'git diff', 'git diff --stat', 'git diff --shortstat', 'git diff --name-only', 'git diff --name-status', 'git diff params.yaml', 'git diff -- src', 'git diff HEAD', 'git diff HEAD -- params.yaml',
  'git diff --quiet', 'git diff --exit-code --name-only', 'git add -A', 'git status', 'git diff', 'git diff --staged', 'git diff --staged HEAD~1', "git commit -m 'Change, delete, add'",
  'git diff HEAD~1 HEAD', 'git diff HEAD~2..HEAD --stat', 'git diff HEAD~1 HEAD params.yaml', 'git show --stat --format=medium HEAD | tail -5',
  'git branch feature', 'git branch', 'git branch -v', 'git branch --show-current', 'git switch feature', 'git branch', 'git status', 'echo f >> new.txt; git commit -am "On feature"',
  'git switch -q main', 'git log --oneline --decorate', 'git log --oneline --decorate feature', 'git diff main feature', 'git branch -d feature', 'git branch -D feature', 'git branch -d nope',
  'git switch -c second', 'git switch second', 'git switch nope', 'git switch main', 'git branch second', 'git branch third nope', 'git branch -d second',
  'git tag v1', 'git tag v0 HEAD~1', 'git tag -a v2 -m "Second"', 'git tag', 'git tag v1', 'git tag v9 nope', 'git log --decorate --oneline', 'git tag -d v1', 'git tag -d v1', 'git tag -l',
  'git show HEAD:params.yaml', 'git show HEAD~2:params.yaml', 'git show HEAD:nope', 'git log nope', 'git log --oneline nope --', 'git diff nope',
  'git add nope', 'git commit -m nothing', 'git commit -m ""', 'echo z > z; git add z; git commit -m ""', 'git rm -q --cached z; rm z',
  'printf "a\\0b" > bin.dat; git add bin.dat; git diff --staged; git diff --staged --stat; git commit -q -m bin; printf "a\\0c" > bin.dat; git diff; git diff --stat; git restore bin.dat; git status -s',
  'echo changed > new.txt; git add new.txt; git restore --staged new.txt; git status -s; git restore new.txt; git status -s; cat new.txt',
  'git rm new.txt; git status -s; git restore --staged new.txt; git restore new.txt; git status -s', 'git rm nope', 'git rm src',
  'echo local > new.txt; git switch -c other; git commit -qam other; echo again > new.txt; git switch main', 'git restore .; git switch -q main; git status',
  "seq 1 400 > long.txt; printf 'class A:\\n' >> long.txt; seq 401 500 >> long.txt; git add long.txt; git commit -qm long; sed -i -e 's/^20$/twenty/' -e 's/^300$/three hundred/' -e '/^450$/d' long.txt; git diff; git diff --stat",
  'git commit -qam edits; printf "no end" > tail.txt; git add tail.txt; git commit -qm tail; printf "no end\\n" > tail.txt; git diff; printf "" > tail.txt; git diff; rm tail.txt; git diff; git commit -qam gone; touch empty; git add empty; git diff --staged; git commit -m empty',
  'mkdir -p deep/er; for i in $(seq 1 30); do seq 1 $((i*7)) > deep/er/a-rather-long-file-name-number-$i.txt; done; git add deep; git diff --staged --stat; git commit -qm many; git log -1 --stat --decorate',
  'cd deep; git status; echo x >> ../params.yaml; echo y > new; git status; git status -s; git add .; git status -s; git diff; git log --oneline --format=%s -- er | head -1; cd ..',
  'cd /; git status',
];

describe('git beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
  });
  afterAll(() => twins.close());
  it.each(STORY)('%s', async (line) => {
    await same(twins, line);
  });

  it('leaves a repository that native git finds whole and equal', () => {
    expect(twins.native('git fsck --strict --full --no-dangling', twins.ours)).toEqual({ out: '', status: 0 });
    for (const line of ['git log --all --format="%H %T %D %B"', 'git status --porcelain', 'git ls-files -s']) expect(twins.native(line, twins.ours)).toEqual(twins.native(line));
  });
});

describe('refusals', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
    await twins.both('echo a > a; git add a; git commit -qm a');
  });
  afterAll(() => twins.close());
  const firstLine = (s: string): string => s.split('\n')[0]!;

  it.each(['git status --foo', 'git log --oneline -Z 2>&1 | head -1', 'git branch --foo', 'git add --foo', 'git add -Z', 'git commit --foo', 'git diff', 'git switch --foo', 'git tag --foo', 'git commit -m', 'git rm --foo', 'git restore --foo'])(
    'says the same of %s',
    async (line) => {
      const { mine, native } = await twins.both(line);
      if (line.includes('log')) expect(mine.out).toContain('error: unknown switch');
      else expect([firstLine(mine.out), mine.status]).toEqual([firstLine(native.out), native.status]);
    },
  );

  it.each([
    ['git commit --amend', 1, 'no editor'],
    ['git commit --fixup', 129, 'folded'],
    ['git merge', 128, 'name one branch'],
    ['git merge nope', 1, 'not something we can merge'],
    ['git reset -p', 129, 'whole files'],
    ['git cherry-pick HEAD HEAD', 129, 'one commit at a time'],
    ['git revert HEAD', 128, 'first commit'],
    ['git reflog expire', 128, 'only be shown'],
    ['git branch -M x', 129, 'not written over'],
    ['git push', 128, 'No configured push destination'],
    ['git bisect', 1, "'bisect' is not a git command"],
    ['git comit', 1, 'commit'],
    ['git --foo', 129, 'unknown option: --foo'],
    ['git log -n x', 128, 'not an integer'],
    ['git log --format=%Q', 128, '%Q'],
    ['git diff HEAD HEAD HEAD', 128, 'at most two'],
    ['git add ../../x', 128, 'outside repository'],
    ['git branch "bad name"', 128, 'bad-name'],
    ['git switch HEAD', 128, 'a branch is expected'],
    ['git commit', 1, 'no editor'],
    ['git add', 0, 'Nothing specified, nothing added.'],
  ])('%s', async (line, status, words) => {
    const { mine } = await twins.both(line);
    expect(mine.status).toBe(status);
    expect(mine.out).toContain(words);
  });

  it('shows help with the options of each subcommand', async () => {
    const { mine } = await twins.both('git --help; git status --help');
    expect(mine.out).toContain('switch');
    expect(mine.out).toContain('usage: git status');
  });
});
