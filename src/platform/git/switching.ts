import { LabError } from '../../core/lab-error.js';
import { indexEntry, readIndex, writeIndex } from './git-index.js';
import type { FileAt } from './object-database.js';
import { parentOf, removeEmptyFolders, statOf, writeFileDeep } from './promises-fs.js';
import { pointHead } from './refs.js';
import { readCommit, type Repository } from './repository.js';
import { readBranch, readHead, readHeadFiles } from './revisions.js';
import { fileNow } from './file-ids.js';

/** Whether two files have the same content and kind. */
export const same = (a: FileAt | undefined, b: FileAt | undefined): boolean => a?.id === b?.id && a?.mode === b?.mode;

/**
 * Makes a branch current and brings the working tree to it; local changes of files that are alike on both branches stay, as in git.
 * Throws `unknown-branch`, and `local-changes` {files} before anything is touched.
 */
export async function switchBranch(repo: Repository, branch: string, reason?: string): Promise<void> {
  const commit = await readBranch(repo, branch);
  if (commit === undefined) throw new LabError('unknown-branch', { branch });
  const head = await readHead(repo);
  if (head.branch === branch) return;
  await bringTo(repo, commit);
  await pointHead(repo, branch, reason ?? `checkout: moving from ${head.branch ?? head.commit} to ${branch}`);
}

/** Brings index and working tree from HEAD's files to those of a commit; local changes of files alike in both stay. Throws `local-changes` {files}. */
export async function bringTo(repo: Repository, commit: string): Promise<void> {
  const target = await repo.objects.flatten((await readCommit(repo, commit)).tree);
  const head = await readHeadFiles(repo);
  const differing = [...new Set([...head.keys(), ...target.keys()])].filter((path) => !same(head.get(path), target.get(path)));
  await refuseLocalChanges(repo, head, target, differing);
  const index = await readIndex(repo.fs, repo.gitdir);
  for (const path of differing.filter((p) => !target.has(p))) {
    await repo.fs.unlink(`${repo.dir}/${path}`).catch(() => undefined);
    await removeEmptyFolders(repo.fs, parentOf(`${repo.dir}/${path}`), repo.dir);
    index.delete(path);
  }
  for (const path of differing) {
    const file = target.get(path);
    if (!file) continue;
    await writeWorkingFile(repo, path, file);
    index.set(path, indexEntry(file.id, file.mode, await statOf(repo.fs, `${repo.dir}/${path}`)));
  }
  await writeIndex(repo.fs, repo.gitdir, index);
}

async function refuseLocalChanges(
  repo: Repository,
  head: ReadonlyMap<string, FileAt>,
  target: ReadonlyMap<string, FileAt>,
  paths: readonly string[],
): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitdir);
  const files = [...index.conflicts.keys()];
  for (const path of paths) {
    const [staged, now] = [index.get(path), await fileNow(repo, path)];
    const unchanged = same(head.get(path), staged) && same(staged, now);
    const already = same(target.get(path), staged) && same(target.get(path), now);
    const gone = now === undefined && same(head.get(path), staged);
    const inTheWay = await folderInTheWay(repo, path, target);
    if ((!unchanged && !already && !gone) || inTheWay) files.push(path);
  }
  if (files.length > 0) throw new LabError('local-changes', { files: files.sort() });
}

/** Whether an untracked folder lies where a file must come; git would lose what is in it. */
async function folderInTheWay(repo: Repository, path: string, target: ReadonlyMap<string, FileAt>): Promise<boolean> {
  if (!target.has(path)) return false;
  const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
  return stat?.isDirectory() === true && (await hasUntracked(repo, path));
}

async function hasUntracked(repo: Repository, folder: string): Promise<boolean> {
  const index = await readIndex(repo.fs, repo.gitdir);
  const visit = async (at: string): Promise<boolean> => {
    for (const name of await repo.fs.readdir(`${repo.dir}/${at}`)) {
      const path = `${at}/${name}`;
      const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
      if (stat?.isDirectory() ? await visit(path) : !index.has(path)) return true;
    }
    return false;
  };
  return visit(folder);
}

/** Writes a blob into the working tree with its mode. */
export async function writeWorkingFile(repo: Repository, path: string, { id, mode }: FileAt): Promise<void> {
  const full = `${repo.dir}/${path}`;
  const { content } = await repo.objects.read(id);
  const stat = await statOf(repo.fs, full);
  // the mode of a file is only taken when it is made
  if (stat && !stat.isDirectory()) await repo.fs.unlink(full);
  if (mode !== '120000') return writeFileDeep(repo.fs, full, content, mode === '100755' ? 0o755 : 0o644);
  await repo.fs.symlink(new TextDecoder().decode(content), full);
}
