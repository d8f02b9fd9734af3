import { modeOf, readIndex, statMatches, type GitIndex } from './git-index.js';
import { identify } from './object-database.js';
import { readBytes, statOf, type FsStat } from './promises-fs.js';
import type { Repository } from './repository.js';

interface Known {
  readonly sign: string;
  readonly id: string;
}
/** Ids of working files that were read, by path, with the stat they had. */
const remembered = new WeakMap<Repository, Map<string, Known>>();
/** Milliseconds by which a file must be older than the moment of its reading: clocks of file systems are coarse, and a change within one tick leaves no trace. */
const TICK = 25;

const signOf = (stat: FsStat): string => `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino} ${stat.mode}`;

/** What git stores of a file: its bytes, or where a link points. */
export async function readBlob(repo: Repository, path: string, mode: string): Promise<Uint8Array> {
  if (mode === '120000') return new TextEncoder().encode(await repo.fs.readlink(`${repo.dir}/${path}`));
  return (await readBytes(repo.fs, `${repo.dir}/${path}`)) ?? new Uint8Array();
}

/** Gives id and mode of a working file from its stat; content is read only where the stat does not tell that it is what the index has, or what was read before. */
export async function fileIds(repo: Repository, index: GitIndex): Promise<(path: string, stat: FsStat) => Promise<{ id: string; mode: string }>> {
  const known = remembered.get(repo) ?? new Map<string, Known>();
  remembered.set(repo, known);
  const indexed = (await statOf(repo.fs, `${repo.gitdir}/index`))?.mtimeMs ?? 0;
  return async (path, stat) => {
    const mode = modeOf(stat);
    const entry = index.get(path);
    // git's rule: a file as young as the index may have changed after it was staged
    if (entry?.mode === mode && stat.mtimeMs < indexed && statMatches(entry, stat)) return { id: entry.id, mode };
    const [sign, before] = [signOf(stat), known.get(path)];
    if (before?.sign === sign) return { id: before.id, mode };
    const started = Math.min(Date.now(), repo.now());
    const { id } = identify('blob', await readBlob(repo, path, mode));
    if (Math.max(stat.mtimeMs, stat.ctimeMs) < started - TICK) known.set(path, { sign, id });
    else known.delete(path);
    return { id, mode };
  };
}

/** Id and mode of a working file, or undefined when it is not there. */
export async function fileNow(repo: Repository, path: string): Promise<{ id: string; mode: string } | undefined> {
  const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
  if (!stat || stat.isDirectory()) return undefined;
  return (await fileIds(repo, await readIndex(repo.fs, repo.gitdir)))(path, stat);
}
