import git from 'isomorphic-git';
import type { FileState, StatusEntry } from '../../lab/platform.js';
import { modeOf, readIndex, type GitIndex } from './git-index.js';
import { compareNames, identify } from './object-database.js';
import { namesIn, readBytes, statOf } from './promises-fs.js';
import { isomorphic, type Repository } from './repository.js';
import { readHeadFiles } from './revisions.js';

/** Whether `.gitignore` files or `.git/info/exclude` leave a path out; a folder's path ends in `/`. */
export const isIgnored = (repo: Repository, path: string): Promise<boolean> => git.isIgnored({ ...isomorphic(repo), filepath: path });

/** Files below a folder that git would look at: tracked ones and those not ignored, sorted. */
export async function walkFiles(repo: Repository, folder: string, index: GitIndex): Promise<string[]> {
  const found: string[] = [];
  const trackedFolders = new Set([...index.keys(), ...index.conflicts.keys()].flatMap(foldersOf));
  const visit = async (at: string): Promise<void> => {
    for (const name of (await namesIn(repo.fs, at === '' ? repo.dir : `${repo.dir}/${at}`)).sort(compareNames)) {
      const path = at === '' ? name : `${at}/${name}`;
      const stat = name === '.git' ? undefined : await statOf(repo.fs, `${repo.dir}/${path}`);
      if (!stat) continue;
      if (!stat.isDirectory()) {
        if (index.has(path) || index.conflicts.has(path) || !(await isIgnored(repo, path))) found.push(path);
      } else if (trackedFolders.has(path) || !(await isIgnored(repo, `${path}/`))) await visit(path);
    }
  };
  await visit(folder);
  return found;
}

const foldersOf = (path: string): string[] => {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
};

/** What git stores of a file: its bytes, or where a link points. */
export async function readBlob(repo: Repository, path: string, mode: string): Promise<Uint8Array> {
  if (mode === '120000') return new TextEncoder().encode(await repo.fs.readlink(`${repo.dir}/${path}`));
  return (await readBytes(repo.fs, `${repo.dir}/${path}`)) ?? new Uint8Array();
}

/** Id and mode of a working file, or undefined when it is not there. */
export async function fileNow(repo: Repository, path: string): Promise<{ id: string; mode: string } | undefined> {
  const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
  if (!stat || stat.isDirectory()) return undefined;
  const mode = modeOf(stat);
  return { id: identify('blob', await readBlob(repo, path, mode)).id, mode };
}

/**
 * The paths that differ between HEAD, index and working tree, sorted.
 * Content is compared, never times: the clock of a browser's files is too coarse to be trusted, and the files are few and small.
 */
export async function readStatus(repo: Repository): Promise<StatusEntry[]> {
  const [head, index] = [await readHeadFiles(repo), await readIndex(repo.fs, repo.gitdir)];
  const here = new Set(await walkFiles(repo, '', index));
  const paths = [...new Set([...head.keys(), ...index.keys(), ...index.conflicts.keys(), ...here])].sort(compareNames);
  const entries: StatusEntry[] = [];
  for (const path of paths) {
    const stages = index.conflicts.get(path);
    if (stages) {
      entries.push({ path, staged: 'unmodified', unstaged: 'unmodified', conflict: [1, 2, 3].filter((stage) => stage in stages) });
      continue;
    }
    const staged = compare(head.get(path), index.get(path));
    const work = here.has(path) ? await fileNow(repo, path) : undefined;
    const unstaged: FileState = !index.has(path) ? (work ? 'untracked' : 'unmodified') : compare(index.get(path), work);
    if (!index.has(path) && !head.has(path)) entries.push({ path, staged: 'untracked', unstaged: 'untracked' });
    else if (staged !== 'unmodified' || unstaged !== 'unmodified') entries.push({ path, staged, unstaged });
  }
  return entries;
}

interface FileVersion {
  readonly id: string;
  readonly mode: string;
}

function compare(before: FileVersion | undefined, after: FileVersion | undefined): FileState {
  if (!before) return after ? 'added' : 'unmodified';
  if (!after) return 'deleted';
  return before.id === after.id && before.mode === after.mode ? 'unmodified' : 'modified';
}
