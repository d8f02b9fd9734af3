import { LabError } from '../../core/lab-error.js';
import type { MergeOutcome, SideNames } from '../../lab/platform.js';
import { indexEntry, readIndex, writeIndex, type ConflictStages, type GitIndex } from './git-index.js';
import { mergeText } from './merge-text.js';
import type { FileAt } from './object-database.js';
import { parentOf, removeEmptyFolders, statOf } from './promises-fs.js';
import { readCommit, type Repository } from './repository.js';
import { readHeadFiles } from './revisions.js';
import { same, writeWorkingFile } from './switching.js';
import { fileNow } from './file-ids.js';

type Files = ReadonlyMap<string, FileAt>;
type Conflict = MergeOutcome['conflicts'][number];
/** What becomes of one path: a file, its end, or a conflict with the content that is left in the working tree. */
interface Plan {
  readonly path: string;
  readonly file?: FileAt;
  readonly merged?: true;
  readonly conflict?: { readonly kind: Conflict['kind']; readonly stages: ConflictStages };
}

/**
 * Brings what changed from commit `base` to commit `theirs` into HEAD's files: index and working tree. Renames are not followed.
 * Throws `local-changes` and `untracked-changes` {files} when work that is not committed would be lost, and `file-and-folder` {files}.
 */
export async function applyChanges(repo: Repository, base: string | undefined, theirs: string, names: SideNames): Promise<MergeOutcome> {
  const filesOf = async (commit: string): Promise<Files> => repo.objects.flatten((await readCommit(repo, commit)).tree);
  const [from, ours, to] = [base === undefined ? new Map<string, FileAt>() : await filesOf(base), await readHeadFiles(repo), await filesOf(theirs)];
  const plans: Plan[] = [];
  for (const path of [...new Set([...from.keys(), ...ours.keys(), ...to.keys()])].sort()) {
    const plan = await planPath(repo, path, from.get(path), ours.get(path), to.get(path), names);
    if (plan) plans.push(plan);
  }
  const index = await readIndex(repo.fs, repo.gitdir);
  refuseFolders(ours, plans);
  await refuseLosses(repo, index, ours, plans);
  for (const plan of plans) await carryOut(repo, index, plan);
  await writeIndex(repo.fs, repo.gitdir, index);
  const conflicts = plans.flatMap(({ path, conflict }) => (conflict ? [{ path, kind: conflict.kind }] : []));
  return { merged: plans.filter((p) => p.merged).map((p) => p.path), conflicts };
}

/** What becomes of a path in a merge; nothing when our side stays as it is. */
export async function planPath(repo: Repository, path: string, from: FileAt | undefined, ours: FileAt | undefined, to: FileAt | undefined, names: SideNames): Promise<Plan | undefined> {
  if (same(from, to) || same(ours, to)) return undefined;
  if (same(from, ours)) return to ? { path, file: to } : { path };
  const stages: ConflictStages = { ...(from ? { 1: from } : {}), ...(ours ? { 2: ours } : {}), ...(to ? { 3: to } : {}) };
  if (!ours || !to) return { path, file: (ours ?? to)!, conflict: { kind: ours ? 'deleted by them' : 'deleted by us', stages } };
  return mergeContent(repo, path, from, ours, to, names, stages);
}

async function mergeContent(repo: Repository, path: string, from: FileAt | undefined, ours: FileAt, to: FileAt, names: SideNames, stages: ConflictStages): Promise<Plan> {
  const mode = from && from.mode === ours.mode ? to.mode : ours.mode;
  if (from?.id === to.id || ours.id === to.id) return { path, file: { id: ours.id, mode } };
  if (from?.id === ours.id) return { path, file: { id: to.id, mode } };
  const blobs = await Promise.all([from, ours, to].map(async (file) => (file ? (await repo.objects.read(file.id)).content : new Uint8Array())));
  const isText = [from, ours, to].every((file) => file?.mode !== '120000') && blobs.every((blob) => !blob.subarray(0, 8000).includes(0));
  if (!isText) return { path, file: ours, conflict: { kind: 'binary', stages } };
  const [b, o, t] = blobs.map((blob) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob)) as [string, string, string];
  const { text, clean } = mergeText(b, o, t, names);
  const id = await repo.objects.write('blob', new TextEncoder().encode(text));
  const merged = { path, file: { id, mode }, merged: true } as const;
  return clean ? merged : { ...merged, conflict: { kind: from ? 'content' : 'add/add', stages } };
}

/** A file on one side where the other has a folder cannot both be. */
function refuseFolders(ours: Files, plans: readonly Plan[]): void {
  const after = new Set(ours.keys());
  for (const { path, file } of plans) if (file) after.add(path);
    else after.delete(path);
  const files = [...after].filter((path) => [...after].some((other) => other.startsWith(`${path}/`)));
  if (files.length > 0) throw new LabError('file-and-folder', { files });
}

async function refuseLosses(repo: Repository, index: GitIndex, ours: Files, plans: readonly Plan[]): Promise<void> {
  const [local, untracked]: [string[], string[]] = [[], []];
  for (const [path, file] of ours) if (!same(index.get(path), file)) local.push(path);
  for (const path of index.keys()) if (!ours.has(path)) local.push(path);
  for (const { path } of plans) {
    const now = await fileNow(repo, path);
    const isFolder = (await statOf(repo.fs, `${repo.dir}/${path}`))?.isDirectory() === true;
    if (!index.has(path) && !ours.has(path) && (now || isFolder)) untracked.push(path);
    else if (now && !same(now, index.get(path)) && !local.includes(path)) local.push(path);
  }
  if (local.length > 0) throw new LabError('local-changes', { files: local.sort() });
  if (untracked.length > 0) throw new LabError('untracked-changes', { files: untracked });
}

async function carryOut(repo: Repository, index: GitIndex, { path, file, conflict }: Plan): Promise<void> {
  if (file) await writeWorkingFile(repo, path, file);
  else await removeWorkingFile(repo, path);
  if (conflict) index.clash(path, conflict.stages);
  else if (file) index.set(path, indexEntry(file.id, file.mode, await statOf(repo.fs, `${repo.dir}/${path}`)));
  else index.delete(path);
}

/** Takes a file out of the working tree, and the folders that it leaves empty. */
async function removeWorkingFile(repo: Repository, path: string): Promise<void> {
  await repo.fs.unlink(`${repo.dir}/${path}`).catch(() => undefined);
  await removeEmptyFolders(repo.fs, parentOf(`${repo.dir}/${path}`), repo.dir);
}

/** Sets index (`mixed`) and working tree (`hard`) to a commit's files; files that git does not know stay. */
export async function setFiles(repo: Repository, commit: string, mode: 'mixed' | 'hard'): Promise<void> {
  const target = await repo.objects.flatten((await readCommit(repo, commit)).tree);
  const index = await readIndex(repo.fs, repo.gitdir);
  const before = new Set([...index.keys(), ...index.conflicts.keys()]);
  for (const path of before) {
    if (target.has(path)) continue;
    if (mode === 'hard') await removeWorkingFile(repo, path);
    index.delete(path);
  }
  for (const [path, file] of target) {
    const isThere = same(file, await fileNow(repo, path));
    if (mode === 'hard' && !isThere) await writeWorkingFile(repo, path, file);
    // the stat says that the file is as the index has it, so a file that differs must not lend its own
    index.set(path, indexEntry(file.id, file.mode, isThere || mode === 'hard' ? await statOf(repo.fs, `${repo.dir}/${path}`) : undefined));
  }
  await writeIndex(repo.fs, repo.gitdir, index);
}
