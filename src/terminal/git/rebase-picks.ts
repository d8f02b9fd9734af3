import type { CommitInfo, Git } from '../../lab/platform.js';
import { orderByLines } from './order-by-lines.js';
import { patchOf } from './patch.js';
import { changesOfCommit } from './sides.js';

/** What is to be made again, the oldest first, and what the other side has already. */
export interface Picks {
  readonly picks: readonly CommitInfo[];
  readonly applied: readonly CommitInfo[];
}

/** Commits that lead to `head` and not to `upstream`, without merges; those whose change is there under another id are told apart unless `all` are wanted. */
export async function choosePicks(git: Git, upstream: string, head: string, all: boolean): Promise<Picks> {
  const [theirs, mine] = [await git.log({ ref: upstream }), await git.log({ ref: head })];
  const [known, own] = [new Set(theirs.map((c) => c.id)), new Set(mine.map((c) => c.id))];
  const picks = orderByLines(mine.filter((c) => !known.has(c.id))).filter((c) => c.parents.length < 2).reverse();
  const others = all || picks.length === 0 ? [] : theirs.filter((c) => !own.has(c.id) && c.parents.length < 2);
  if (others.length === 0) return { picks, applied: [] };
  const wanted = new Set(await Promise.all(picks.map((c) => changedPaths(git, c))));
  const changes = new Set<string>();
  // only commits that touch the same files are worth a diff
  for (const commit of others) if (wanted.has(await changedPaths(git, commit))) changes.add(await patchKey(git, commit));
  const applied = new Set<string>();
  if (changes.size > 0) for (const commit of picks) if ((await changedPaths(git, commit)) !== '' && changes.has(await patchKey(git, commit))) applied.add(commit.id);
  return { picks: picks.filter((c) => !applied.has(c.id)), applied: picks.filter((c) => applied.has(c.id)) };
}

/** Whether a commit changes nothing against its parent. */
export const isEmptyCommit = async (git: Git, commit: CommitInfo): Promise<boolean> => (await changedPaths(git, commit)) === '';

async function changedPaths(git: Git, { id, parents: [parent] }: CommitInfo): Promise<string> {
  const [before, after] = [parent === undefined ? new Map<string, string>() : await git.treeAt(parent), await git.treeAt(id)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  return paths.sort().join('\0');
}

/** The change of a commit without places and white space, by which git tells that two are the same (git-patch-id). */
async function patchKey(git: Git, commit: CommitInfo): Promise<string> {
  const lines = (await changesOfCommit(git, commit)).map(patchOf).join('').split('\n');
  return lines.filter((line) => !/^(@@ |index )/.test(line)).join('\n').replace(/[^\S\n]/g, '');
}
