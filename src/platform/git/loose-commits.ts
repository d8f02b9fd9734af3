import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import type { CommitSource } from '../../lab/platform.js';
import { readIndex } from './git-index.js';
import type { FileAt } from './object-database.js';
import { parentOf, readText, removeEmptyFolders, writeFileDeep } from './promises-fs.js';
import { forgetReflog, logMove, NO_ID } from './reflog.js';
import { isomorphic, writeCommit, type Repository } from './repository.js';
import { replaceInTree, writeIndexTree } from './staging.js';
import { fileNow, readBlob } from './file-ids.js';

/** Writes a commit that no ref names yet; its message is kept as it is given. */
export async function writeLooseCommit(repo: Repository, source: CommitSource, message: string, parents: readonly string[]): Promise<string> {
  const index = await readIndex(repo.fs, repo.gitdir);
  if (index.conflicts.size > 0) throw new LabError('unmerged', { files: [...index.conflicts.keys()] });
  if (source === 'index') return writeCommit(repo, await writeIndexTree(repo, index), parents, message, undefined, '');
  const files = new Map<string, FileAt | undefined>();
  for (const path of source === 'tracked' ? index.keys() : source) {
    const file = await fileNow(repo, path);
    if (file) files.set(path, { mode: file.mode, id: await repo.objects.write('blob', await readBlob(repo, path, file.mode)) });
  }
  return writeCommit(repo, await replaceInTree(repo, undefined, files), parents, message, undefined, '');
}

/** Sets a ref by its full name, with a line in its log; without an id the ref goes, and its log. */
export async function setRef(repo: Repository, ref: string, id: string | undefined, reason: string): Promise<void> {
  const path = `${repo.gitdir}/${ref}`;
  if (id === undefined) {
    await git.deleteRef({ ...isomorphic(repo), ref });
    // a folder that is left would stand in the way of a ref of its name
    await removeEmptyFolders(repo.fs, parentOf(path), `${repo.gitdir}/refs`);
    return forgetReflog(repo, ref);
  }
  const before = (await readText(repo.fs, path))?.trim();
  await writeFileDeep(repo.fs, path, `${id}\n`);
  if (before !== id) await logMove(repo, ref, before, id, reason);
}

/** Takes the `n`th line (newest is 0) out of a ref's log, closes the gap, and sets the ref to the newest that is left. */
export async function dropLogLine(repo: Repository, ref: string, n: number): Promise<void> {
  const path = `${repo.gitdir}/logs/${ref}`;
  const lines = ((await readText(repo.fs, path)) ?? '').split('\n').filter((line) => line !== '');
  lines.splice(lines.length - 1 - n, 1);
  if (lines.length === 0) return setRef(repo, ref, undefined, '');
  const closed = lines.map((line, i) => `${i === 0 ? NO_ID : lines[i - 1]!.slice(41, 81)}${line.slice(40)}\n`);
  await writeFileDeep(repo.fs, path, closed.join(''));
  await writeFileDeep(repo.fs, `${repo.gitdir}/${ref}`, `${lines.at(-1)!.slice(41, 81)}\n`);
}
