import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likeness, MOST_LIKE } from '../../src/terminal/git/likeness.js';
import { findRenames, renameLabel } from '../../src/terminal/git/renames.js';
import { openTwins } from './native-git.js';

const SEEN = 'git status; git status -s; git diff --cached; git diff --cached --stat; git diff --cached --name-status; git diff --cached --name-only; git diff --cached --shortstat';
const SHOWN = 'git show --decorate; git show --decorate --stat; git show --decorate --name-only; git log --decorate --stat -2; git log -p -1 --decorate; git diff HEAD~1 HEAD --stat; git diff --no-renames --name-status HEAD~1 HEAD';
/** After each line both must have printed the same. */
const STORY = [
  'mkdir -p src/deep data; seq 1 40 > src/train.py; seq 100 160 > src/deep/clean.py; seq 200 210 > data/notes.md; echo one > one; printf "" > empty; echo same > x1; echo same > x2; printf "a\\nb\\nc" > short; git add .; git commit -qm base',
  `git mv src/train.py src/fit.py; ${SEEN}`, 'git commit -m "Rename train"', SHOWN,
  `sed -i -e "s/^5$/five/" -e "s/^20$/twenty/" src/fit.py; git mv src/fit.py src/deep/fit.py; git add .; ${SEEN}`, 'git commit -m "Move and edit"', SHOWN,
  `git mv src/deep/clean.py clean.py; git commit -qm up; git mv data/notes.md "docs notes.md"; ${SEEN}`, 'git commit -m space', SHOWN,
  `git mv one ünë; ${SEEN}`, 'git commit -m quoted', SHOWN, `git mv empty void; ${SEEN}`, 'git commit -m void', `git mv x1 y2; git mv x2 y1; ${SEEN}`, 'git commit -m swap', SHOWN,
  `mkdir -p sub; git mv y1 sub/y1; git mv y2 sub/y2; seq 100 120 > clean.py; git add .; git mv clean.py sub/clean.py; ${SEEN}`, 'git commit -m "Too different"', SHOWN,
  `git mv short longer; printf "a\\nb\\nd\\ne" > longer; git add .; ${SEEN}`, 'git commit -m short', 'echo edited >> src/deep/fit.py; git mv src/deep/fit.py fit.py; git status; git status -s; git add fit.py; git status -s', 'git status -s src; git status -s fit.py; git diff --cached --stat -- src; git commit -m back',
  `git rm -q fit.py; seq 1 36 > a1; (seq 1 20; seq 300 310) > a2; git add .; ${SEEN}`, 'git commit -m best', SHOWN,
  'git switch -q -c side HEAD~2; git mv sub/y1 sub/z1; echo s >> sub/z1; git add .; git commit -qm "side rename"; git switch -q main; git merge --no-edit side', 'git log --stat --decorate -1 side', 'git revert --no-edit HEAD~1 2>&1 | head -3; git status -s',
];

describe('renames, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  beforeAll(async () => {
    twins = await openTwins();
  });
  afterAll(() => twins.close());

  it.each(STORY)('%s', async (line) => {
    const { mine, native } = await twins.both(line);
    expect([mine.out, mine.status]).toEqual([native.out, native.status]);
    for (const look of ['git status --porcelain=v2', 'git ls-files -s', 'git log --all --format="%H %P %D"']) expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
  });
});

describe('finding renames', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('counts lines in common, whatever their order, and rules out by size', () => {
    expect(likeness(bytes('a\nb\n'), bytes('b\na\n'), MOST_LIKE / 2)).toBe(MOST_LIKE);
    expect(likeness(bytes('a\r\nb\r\n'), bytes('a\nb\n'), MOST_LIKE / 2)).toBe(Math.floor((4 * MOST_LIKE) / 6));
    expect(likeness(bytes(''), bytes(''), 0)).toBe(0);
    expect(likeness(bytes('a\n'), bytes('a\n'.repeat(3)), MOST_LIKE / 2)).toBe(0);
  });

  it('leaves other changes and their order alone', () => {
    const half = (id: string, text: string) => ({ id, content: bytes(text) });
    const changes = [{ path: 'a', before: half('1', 'x\n'), after: undefined }, { path: 'b', before: half('2', 'y\n'), after: half('3', 'z\n') }, { path: 'c', before: undefined, after: half('1', 'x\n') }];
    expect(findRenames(changes).map(({ path, from, likeness: like }) => [path, from, like])).toEqual([['b', undefined, undefined], ['c', 'a', 100]]);
  });

  it.each([['a/b/c', 'a/x/c', 'a/{b => x}/c'], ['a', 'b', 'a => b'], ['a/b', 'b', 'a/b => b'], ['a/c', 'c/c', '{a => c}/c'], ['a/b/c', 'a/c', 'a/{b => }/c'], ['a/c', 'a/b/c', 'a/{ => b}/c'], ['x.py', 'y.py', 'x.py => y.py']])('%s to %s is %s', (from, to, label) => {
    expect(renameLabel(from, to)).toBe(label);
  });
});
