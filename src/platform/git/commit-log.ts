import type { CommitInfo } from '../../lab/platform.js';
import { readCommit, type Commit, type Repository } from './repository.js';
import { readHead, resolveRevision } from './revisions.js';

/** Commits that can be reached from a revision or several, newest first, a parent never before its child. [] before the first commit. */
export async function readLog(repo: Repository, ref: string | readonly string[], depth: number): Promise<CommitInfo[]> {
  const refs = (typeof ref === 'string' ? [ref] : ref).filter((r) => r !== 'HEAD');
  const starts = await Promise.all(refs.map(async (r) => resolveRevision(repo, r)));
  const head = refs.length < (typeof ref === 'string' ? 1 : ref.length) ? (await readHead(repo)).commit : undefined;
  if (head !== undefined) starts.unshift(head);
  const all = await reachable(repo, starts, depth);
  const children = new Map<string, number>();
  for (const parent of [...all.values()].flatMap((c) => c.parents)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = [...all.values()].filter((c) => !children.has(c.id));
  const log: CommitInfo[] = [];
  while (ready.length > 0 && log.length < depth) {
    ready.sort((a, b) => b.committed - a.committed);
    const { tree: _tree, committed: _committed, ...next } = ready.shift()!;
    log.push(next);
    for (const parent of next.parents) {
      children.set(parent, children.get(parent)! - 1);
      if (children.get(parent) === 0 && all.has(parent)) ready.push(all.get(parent)!);
    }
  }
  return log;
}

/** The commits within `depth` generations of some commits, by id. */
async function reachable(repo: Repository, starts: readonly string[], depth = Number.POSITIVE_INFINITY): Promise<Map<string, Commit>> {
  const found = new Map<string, Commit>();
  let front = [...starts];
  // one generation a round: no path to the first `depth` commits is longer than `depth`
  for (let round = 0; round < depth && front.length > 0; round++) {
    const next = new Set<string>();
    for (const id of front) {
      if (found.has(id)) continue;
      const commit = await readCommit(repo, id);
      found.set(id, commit);
      commit.parents.forEach((p) => next.add(p));
    }
    front = [...next];
  }
  return found;
}

/** The best common ancestor of two commits: one that no other common ancestor comes after; the newest of several. */
export async function findMergeBase(repo: Repository, a: string, b: string): Promise<string | undefined> {
  const [mine, theirs] = [await reachable(repo, [a]), await reachable(repo, [b])];
  const common = [...mine.values()].filter((c) => theirs.has(c.id));
  const behind = new Set(common.flatMap((c) => c.parents));
  return common.filter((c) => !behind.has(c.id)).sort((x, y) => y.committed - x.committed)[0]?.id;
}
