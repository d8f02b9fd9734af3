import type { CommitInfo } from '../../lab/platform.js';
import type { FileChanges, SharedRepository } from '../../lab/remote-port.js';
import { findMergeBase, readLog } from './commit-log.js';
import { initBare } from './init-repository.js';
import { isThere, readRemoteRefs } from './lab-remote.js';
import { setRef } from './loose-commits.js';
import { planPath } from './merging.js';
import type { FileAt } from './object-database.js';
import { readCommit, writeCommit, type Repository } from './repository.js';
import { resolveRevision } from './revisions.js';
import { replaceInTree } from './staging.js';

type Author = CommitInfo['author'];

/** A bare repository as the lab works on it: reading, committing and merging without a working tree. */
export function createShared(bare: Repository): SharedRepository {
  const filesAt = async (revision: string): Promise<Map<string, FileAt>> => bare.objects.flatten((await readCommit(bare, await resolveRevision(bare, revision))).tree);
  return {
    exists: () => isThere(bare),
    create: () => initBare(bare),
    refs: () => readRemoteRefs(bare),
    log: (ref) => readLog(bare, ref, Number.POSITIVE_INFINITY),
    treeAt: async (revision) => new Map([...(await filesAt(revision))].map(([path, { id }]) => [path, id])),
    async readAt(revision, path) {
      const file = await bare.objects.find((await readCommit(bare, await resolveRevision(bare, revision))).tree, path);
      return file && (await bare.objects.read(file.id)).content;
    },
    mergeBase: async (a, b) => findMergeBase(bare, await resolveRevision(bare, a), await resolveRevision(bare, b)),
    commit: (ref, parent, changes, message, author) => commitOn(bare, ref, parent, changes, message, author),
    async merge(ref, theirs, message, author) {
      const ours = await resolveRevision(bare, ref);
      const base = await findMergeBase(bare, ours, theirs);
      const plan = await planMerge(bare, base === undefined ? new Map() : await filesAt(base), await filesAt(ours), await filesAt(theirs));
      if (plan.conflicts.length > 0) return { conflicts: plan.conflicts };
      const tree = await replaceInTree(bare, (await readCommit(bare, ours)).tree, plan.changes);
      return { commit: await record(bare, ref, tree, [ours, theirs], message, author) };
    },
  };
}

async function commitOn(bare: Repository, ref: string, parent: string, changes: FileChanges, message: string, author: Author): Promise<string> {
  const files = new Map<string, FileAt | undefined>();
  const { tree } = await readCommit(bare, parent);
  for (const [path, text] of changes) {
    const mode = (await bare.objects.find(tree, path))?.mode ?? '100644';
    files.set(path, text === undefined ? undefined : { mode, id: await bare.objects.write('blob', new TextEncoder().encode(text)) });
  }
  return record(bare, ref, await replaceInTree(bare, tree, files), [parent], message, author);
}

async function record(bare: Repository, ref: string, tree: string, parents: readonly string[], message: string, author: Author): Promise<string> {
  const id = await writeCommit({ ...bare, author, now: () => author.timestamp * 1000 }, tree, parents, message);
  await setRef({ ...bare, author }, ref, id, 'push');
  return id;
}

async function planMerge(bare: Repository, from: Map<string, FileAt>, ours: Map<string, FileAt>, to: Map<string, FileAt>): Promise<{ changes: Map<string, FileAt | undefined>; conflicts: string[] }> {
  const changes = new Map<string, FileAt | undefined>();
  const conflicts: string[] = [];
  for (const path of [...new Set([...from.keys(), ...ours.keys(), ...to.keys()])].sort()) {
    const plan = await planPath(bare, path, from.get(path), ours.get(path), to.get(path), { ours: 'main', theirs: 'branch' });
    if (plan?.conflict) conflicts.push(path);
    else if (plan) changes.set(path, plan.file);
  }
  return { changes, conflicts };
}
