import type { FileState, StatusEntry } from '../../lab/platform.js';
import { fileId } from './file-ids.js';
import { readIndex, type GitIndex } from './git-index.js';
import { ignoreRules } from './ignore-rules.js';
import { compareNames } from './object-database.js';
import { namesIn, statOf, type FsStat } from './promises-fs.js';
import type { Repository } from './repository.js';
import { readHeadFiles } from './revisions.js';

/** Whether `.gitignore` files or `.git/info/exclude` leave a path out; a folder's path ends in `/`. */
export const isIgnored = (repo: Repository, path: string): Promise<boolean> => ignoreRules(repo)(path);

/** Files below a folder that git would look at: tracked ones and those not ignored, sorted. */
export const walkFiles = async (repo: Repository, folder: string, index: GitIndex): Promise<string[]> => [...(await walkStats(repo, folder, index)).keys()];

/** The same with the stat of each. */
async function walkStats(repo: Repository, folder: string, index: GitIndex): Promise<Map<string, FsStat>> {
  const found = new Map<string, FsStat>();
  const trackedFolders = new Set<string>();
  for (const path of [...index.keys(), ...index.conflicts.keys()]) addFoldersOf(path, trackedFolders);
  const ignored = ignoreRules(repo);
  const visit = async (at: string): Promise<void> => {
    for (const name of (await namesIn(repo.fs, at === '' ? repo.dir : `${repo.dir}/${at}`)).sort(compareNames)) {
      const path = at === '' ? name : `${at}/${name}`;
      const stat = name === '.git' ? undefined : await statOf(repo.fs, `${repo.dir}/${path}`);
      if (!stat) continue;
      if (!stat.isDirectory()) {
        if (index.has(path) || index.conflicts.has(path) || !(await ignored(path))) found.set(path, stat);
      } else if (trackedFolders.has(path) || !(await ignored(`${path}/`))) await visit(path);
    }
  };
  await visit(folder);
  return found;
}

function addFoldersOf(path: string, folders: Set<string>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}

/** The paths that differ between HEAD, index and working tree, sorted. A file is read again only when its stat leaves a doubt (see `fileId`). */
export async function readStatus(repo: Repository): Promise<StatusEntry[]> {
  const [head, index] = [await readHeadFiles(repo), await readIndex(repo.fs, repo.gitdir)];
  const here = await walkStats(repo, '', index);
  const paths = [...new Set([...head.keys(), ...index.keys(), ...index.conflicts.keys(), ...here.keys()])];
  const entries: StatusEntry[] = [];
  for (const path of paths) {
    const stages = index.conflicts.get(path);
    if (stages) {
      entries.push({ path, staged: 'unmodified', unstaged: 'unmodified', conflict: [1, 2, 3].filter((stage) => stage in stages) });
      continue;
    }
    const [stat, staged] = [here.get(path), compare(head.get(path), index.get(path))];
    const isTracked = index.has(path);
    const unstaged: FileState = isTracked ? compare(index.get(path), stat && (await fileId(repo, path, stat))) : stat ? 'untracked' : 'unmodified';
    if (!isTracked && !head.has(path)) entries.push({ path, staged: 'untracked', unstaged: 'untracked' });
    else if (staged !== 'unmodified' || unstaged !== 'unmodified') entries.push({ path, staged, unstaged });
  }
  return entries.sort((a, b) => compareNames(a.path, b.path));
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
