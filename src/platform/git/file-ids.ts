import { modeOf } from './git-index.js';
import { identify } from './object-database.js';
import { readBytes, statOf, type FsStat } from './promises-fs.js';
import type { Repository } from './repository.js';

interface Known {
  readonly sign: string;
  readonly id: string;
}
/** Ids of working files that were read, by path, with the stat they had. The stat in the index is not asked: what wrote it is not known here. */
const remembered = new WeakMap<Repository, Map<string, Known>>();
/** Milliseconds by which a file must be older than the moment of its reading: clocks of file systems are coarse, and a change within one tick leaves no trace. */
const TICK = 25;

const signOf = (stat: FsStat): string => `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino} ${stat.mode}`;

/** What git stores of a file: its bytes, or where a link points. */
export async function readBlob(repo: Repository, path: string, mode: string): Promise<Uint8Array> {
  if (mode === '120000') return new TextEncoder().encode(await repo.fs.readlink(`${repo.dir}/${path}`));
  return (await readBytes(repo.fs, `${repo.dir}/${path}`)) ?? new Uint8Array();
}

/** Id and mode of a working file with this stat; its content is read only when it is not the file that was read before. */
export async function fileId(repo: Repository, path: string, stat: FsStat): Promise<{ id: string; mode: string }> {
  const known = remembered.get(repo) ?? new Map<string, Known>();
  remembered.set(repo, known);
  const [mode, sign, before] = [modeOf(stat), signOf(stat), known.get(path)];
  if (before?.sign === sign) return { id: before.id, mode };
  const started = Math.min(Date.now(), repo.now());
  const { id } = identify('blob', await readBlob(repo, path, mode));
  if (Math.max(stat.mtimeMs, stat.ctimeMs) < started - TICK) known.set(path, { sign, id });
  else known.delete(path);
  return { id, mode };
}

/** Id and mode of a working file, or undefined when it is not there. */
export async function fileNow(repo: Repository, path: string): Promise<{ id: string; mode: string } | undefined> {
  const stat = await statOf(repo.fs, `${repo.dir}/${path}`);
  return !stat || stat.isDirectory() ? undefined : fileId(repo, path, stat);
}
