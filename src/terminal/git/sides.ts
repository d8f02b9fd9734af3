import type { CommitInfo, Git, ProjectFiles } from '../../lab/platform.js';
import { blobId } from './blob-id.js';
import { isChosen, type Pathspec } from './pathspec.js';

/** One side of a comparison: paths with the ids of their contents, and a way to read them. */
export interface Side {
  readonly tree: ReadonlyMap<string, string>;
  read(path: string): Promise<Uint8Array>;
}

/** A path that differs; `undefined` on the side where it is absent. */
export interface Change {
  readonly path: string;
  readonly before: { readonly id: string; readonly content: Uint8Array } | undefined;
  readonly after: { readonly id: string; readonly content: Uint8Array } | undefined;
  /** The path that `before` has when the file was renamed, and how much of it is the same, in percent. */
  readonly from?: string;
  readonly likeness?: number;
}

export const EMPTY_SIDE: Side = { tree: new Map(), read: async () => new Uint8Array() };

/** A commit, or the index with `INDEX`. */
export async function revisionSide(git: Git, revision: string): Promise<Side> {
  const tree = await git.treeAt(revision);
  return { tree, read: async (path) => (await git.readAt(revision, path)) ?? new Uint8Array() };
}

/** `HEAD`, or nothing when there is no commit yet. */
export async function headSide(git: Git): Promise<Side> {
  return (await git.head()).commit === undefined ? EMPTY_SIDE : revisionSide(git, 'HEAD');
}

/** The working tree, of the paths that the index knows. */
export async function workingSide(git: Git, files: ProjectFiles): Promise<Side> {
  const tree = new Map(await git.treeAt('INDEX'));
  for (const entry of await git.status()) {
    if (!tree.has(entry.path)) continue;
    if (entry.unstaged === 'deleted') tree.delete(entry.path);
    else if (entry.unstaged === 'modified') tree.set(entry.path, blobId(await files.read(entry.path)));
  }
  return { tree, read: (path) => files.read(path) };
}

/** Paths that differ between two sides, in git's order (by bytes), with both contents. */
export async function changesBetween(before: Side, after: Side, specs: readonly Pathspec[] = []): Promise<Change[]> {
  const paths = [...new Set([...before.tree.keys(), ...after.tree.keys()])].filter(
    (p) => before.tree.get(p) !== after.tree.get(p) && isChosen(specs, p),
  );
  return Promise.all(paths.sort(byBytes).map(async (path) => ({ path, before: await half(before, path), after: await half(after, path) })));
}

/** What a commit changed against its first parent. */
export async function changesOfCommit(git: Git, commit: CommitInfo, specs: readonly Pathspec[] = []): Promise<Change[]> {
  const parent = commit.parents[0];
  return changesBetween(parent === undefined ? EMPTY_SIDE : await revisionSide(git, parent), await revisionSide(git, commit.id), specs);
}

async function half(side: Side, path: string): Promise<Change['before']> {
  const id = side.tree.get(path);
  return id === undefined ? undefined : { id, content: await side.read(path) };
}

/** Compares names by UTF-8 bytes, which is the order of code points. */
export function byBytes(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (d !== 0) return d;
  }
  return x.length - y.length;
}
