import { LabError } from '../../core/lab-error.js';
import { indexEntry, modeOf, readIndex, writeIndex, type GitIndex } from './git-index.js';
import type { FileAt, TreeEntry } from './object-database.js';
import { statOf } from './promises-fs.js';
import type { Repository } from './repository.js';
import { readHeadFiles } from './revisions.js';
import { readBlob } from './file-ids.js';
import { isIgnored, walkFiles } from './working-tree.js';

/** Stages paths as they are in the working tree, folders with all that is in them, removals too. Throws `not-found`, `path-ignored`. */
export async function stage(repo: Repository, paths: readonly string[]): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitdir);
  for (const path of paths) await stageOne(repo, index, path);
  await writeIndex(repo.fs, repo.gitdir, index);
}

async function stageOne(repo: Repository, index: GitIndex, given: string): Promise<void> {
  const path = given === '.' ? '' : given.replace(/^\.\//, '').replace(/\/+$/, '');
  const stat = await statOf(repo.fs, path === '' ? repo.dir : `${repo.dir}/${path}`);
  const below = tracked(index, path);
  if (stat?.isDirectory()) {
    const here = await walkFiles(repo, path, index);
    for (const gone of below.filter((p) => !here.includes(p))) index.delete(gone);
    for (const file of here) await stageFile(repo, index, file);
    return;
  }
  for (const gone of below.filter((p) => p !== path || !stat)) index.delete(gone);
  if (!stat && below.length === 0) throw new LabError('not-found', { path: given });
  if (!stat) return;
  if (!index.has(path) && (await isIgnored(repo, path))) throw new LabError('path-ignored', { path: given });
  await stageFile(repo, index, path);
}

const tracked = (index: GitIndex, path: string): string[] => [...index.keys(), ...index.conflicts.keys()].filter((p) => path === '' || p === path || p.startsWith(`${path}/`));

/** Writes the blob of one file and its index entry; removes the entry when the file is gone. Gives what the tree should hold. */
export async function stageFile(repo: Repository, index: GitIndex, path: string): Promise<{ id: string; mode: string } | undefined> {
  const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
  if (!stat || stat.isDirectory()) {
    index.delete(path);
    return undefined;
  }
  const mode = modeOf(stat);
  const id = await repo.objects.write('blob', await readBlob(repo, path, mode));
  // a file where a folder was, or the other way round
  for (const other of [...index.keys()]) if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) index.delete(other);
  index.set(path, indexEntry(id, mode, stat));
  return { id, mode };
}

/** Puts a content into the index under a path, whatever the working file holds; the mode stays as it was. */
export async function stageContent(repo: Repository, path: string, content: Uint8Array): Promise<void> {
  const [index, head] = [await readIndex(repo.fs, repo.gitdir), await readHeadFiles(repo)];
  const mode = (index.get(path) ?? head.get(path))?.mode ?? '100644';
  index.set(path, indexEntry(await repo.objects.write('blob', content), mode));
  await writeIndex(repo.fs, repo.gitdir, index);
}

/** Takes paths (and what is below them) out of the index and leaves the files. Throws `not-found` for a path that is not tracked. */
export async function unstage(repo: Repository, paths: readonly string[]): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitdir);
  for (const path of paths) {
    const below = tracked(index, path);
    if (below.length === 0) throw new LabError('not-found', { path });
    for (const gone of below) index.delete(gone);
  }
  await writeIndex(repo.fs, repo.gitdir, index);
}

/** Writes the trees of an index and gives the id of the root. */
export async function writeIndexTree(repo: Repository, index: GitIndex): Promise<string> {
  const changes = new Map([...index].map(([path, { id, mode }]) => [path, { id, mode }]));
  return replaceInTree(repo, undefined, changes);
}

type FileChanges = ReadonlyMap<string, FileAt | undefined>;

/** A tree with some files replaced (or removed, when undefined); only the folders on their way are written. Gives the id of the new root. */
export async function replaceInTree(repo: Repository, tree: string | undefined, changes: FileChanges): Promise<string> {
  return repo.objects.writeTree([...(await replaceEntries(repo, tree, changes)).values()]);
}

async function replaceEntries(repo: Repository, tree: string | undefined, changes: FileChanges): Promise<Map<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>((tree === undefined ? [] : await repo.objects.readTree(tree)).map((e) => [e.name, e]));
  const folders = new Map<string, Map<string, FileAt | undefined>>();
  for (const [path, file] of changes) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      if (file) entries.set(path, { name: path, ...file });
      else if (entries.get(path)?.mode !== '40000') entries.delete(path);
      continue;
    }
    const folder = path.slice(0, slash);
    folders.set(folder, (folders.get(folder) ?? new Map()).set(path.slice(slash + 1), file));
  }
  for (const [name, below] of folders) await replaceFolder(repo, entries, name, below);
  return entries;
}

async function replaceFolder(repo: Repository, entries: Map<string, TreeEntry>, name: string, below: FileChanges): Promise<void> {
  const old = entries.get(name);
  const isFolder = old?.mode === '40000';
  if (!isFolder && [...below.values()].every((file) => file === undefined)) return;
  const inside = await replaceEntries(repo, isFolder ? old.id : undefined, below);
  // git knows no empty folders
  if (inside.size === 0) entries.delete(name);
  else entries.set(name, { mode: '40000', name, id: await repo.objects.writeTree([...inside.values()]) });
}
