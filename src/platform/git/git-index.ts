import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { LabError } from '../../core/lab-error.js';
import { checkName, compareNames, type FileAt } from './object-database.js';
import { readBytes, type FsStat, type PromisesFs } from './promises-fs.js';

/** One line of the index: the staged blob and the stat of the file it was taken from (seconds and nanoseconds). */
export interface IndexEntry {
  readonly id: string;
  readonly mode: string;
  readonly stat: readonly [ctime: number, ctimeNs: number, mtime: number, mtimeNs: number, dev: number, ino: number, uid: number, gid: number, size: number];
}

/** What a path in conflict held in the common ancestor (1), on our side (2) and on theirs (3). */
export type ConflictStages = Readonly<Partial<Record<1 | 2 | 3, FileAt>>>;

/** The staging area, by path; staging or removing a path in conflict settles it. */
export class GitIndex extends Map<string, IndexEntry> {
  readonly conflicts = new Map<string, ConflictStages>();

  override set(path: string, entry: IndexEntry): this {
    this.conflicts.delete(path);
    return super.set(path, entry);
  }

  override delete(path: string): boolean {
    const settled = this.conflicts.delete(path);
    return super.delete(path) || settled;
  }

  copy(): GitIndex {
    const index = new GitIndex();
    for (const [path, entry] of this) index.set(path, entry);
    for (const [path, stages] of this.conflicts) index.conflicts.set(path, stages);
    return index;
  }

  /** Leaves a path unmerged. */
  clash(path: string, stages: ConflictStages): void {
    this.delete(path);
    this.conflicts.set(path, stages);
  }
}

const FIXED = 62;
const NO_STAT: IndexEntry['stat'] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const toUint32 = (n: number): number => (Number.isFinite(n) && n > 0 ? Math.floor(n) % 2 ** 32 : 0);
const seconds = (ms: number): [number, number] => [toUint32(ms / 1000), toUint32((ms - Math.floor(ms / 1000) * 1000) * 1e6)];

/** How git sees a file's kind: link, executable or plain. */
export function modeOf(stat: FsStat): string {
  if (stat.isSymbolicLink()) return '120000';
  return (stat.mode & 0o100) !== 0 ? '100755' : '100644';
}

/** An entry for a blob, with the stat of its file when there is one. */
export function indexEntry(id: string, mode: string, stat?: FsStat): IndexEntry {
  if (!stat) return { id, mode, stat: NO_STAT };
  const times = [...seconds(stat.ctimeMs), ...seconds(stat.mtimeMs)] as const;
  const [dev, ino, uid, gid, size] = [stat.dev, stat.ino, stat.uid, stat.gid, stat.size].map(toUint32) as [number, number, number, number, number];
  return { id, mode, stat: [times[0]!, times[1]!, times[2]!, times[3]!, dev, ino, uid, gid, size] };
}

/** The index that was read last from a file system, and the bytes it stands for. */
const lastRead = new WeakMap<PromisesFs, { readonly bytes: Uint8Array; readonly index: GitIndex }>();

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Reads `.git/index`, versions 2 and 3; empty when there is none. Throws `git-index` when it is damaged. */
export async function readIndex(fs: PromisesFs, gitdir: string): Promise<GitIndex> {
  const bytes = await readBytes(fs, `${gitdir}/index`);
  if (!bytes) return new GitIndex();
  const kept = lastRead.get(fs);
  if (kept && sameBytes(kept.bytes, bytes)) return kept.index.copy();
  const index = parseIndex(bytes);
  lastRead.set(fs, { bytes, index: index.copy() });
  return index;
}

function parseIndex(bytes: Uint8Array): GitIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 32 || view.getUint32(0) !== 0x44495243) throw new LabError('git-index', { reason: 'not an index' });
  const version = view.getUint32(4);
  if (version !== 2 && version !== 3) throw new LabError('git-index', { reason: `version ${version}` });
  if (bytesToHex(sha1(bytes.subarray(0, -20))) !== bytesToHex(bytes.slice(-20))) throw new LabError('git-index', { reason: 'checksum' });
  const index = new GitIndex();
  let at = 12;
  for (let left = view.getUint32(8); left > 0; left--) at = parseEntry(bytes, view, at, index);
  return index;
}

function parseEntry(bytes: Uint8Array, view: DataView, at: number, index: GitIndex): number {
  const word = (i: number): number => view.getUint32(at + 4 * i);
  const flags = view.getUint16(at + 60);
  const start = at + FIXED + ((flags & 0x4000) !== 0 ? 2 : 0);
  const end = bytes.indexOf(0, start);
  const path = new TextDecoder().decode(bytes.subarray(start, end));
  path.split('/').forEach(checkName);
  const id = bytesToHex(bytes.slice(at + 40, at + 60));
  const stat: IndexEntry['stat'] = [word(0), word(1), word(2), word(3), word(4), word(5), word(7), word(8), word(9)];
  const [stage, mode] = [(flags >> 12) & 3, word(6).toString(8)];
  if (stage === 0) index.set(path, { id, mode, stat });
  else index.conflicts.set(path, { ...index.conflicts.get(path), [stage]: { id, mode } });
  return at + Math.ceil((end - at + 1) / 8) * 8;
}

/** The bytes of an index, version 2. */
export function renderIndex(index: GitIndex): Uint8Array {
  const encoder = new TextEncoder();
  const merged = [...index].map(([path, entry]) => ({ path, entry, stage: 0 }));
  const unmerged = [...index.conflicts].flatMap(([path, stages]) =>
    Object.entries(stages).map(([stage, { id, mode }]) => ({ path, entry: indexEntry(id, mode), stage: Number(stage) })),
  );
  const rows = [...merged, ...unmerged]
    .map((row) => ({ ...row, name: encoder.encode(row.path) }))
    .sort((a, b) => compareNames(a.path, b.path) || a.stage - b.stage);
  const sizes = rows.map(({ name }) => Math.ceil((FIXED + name.length + 1) / 8) * 8);
  const bytes = new Uint8Array(12 + sizes.reduce((a, b) => a + b, 0) + 20);
  const view = new DataView(bytes.buffer);
  [0x44495243, 2, rows.length].forEach((word, i) => view.setUint32(4 * i, word));
  let at = 12;
  rows.forEach(({ entry, name, stage }, row) => {
    const s = entry.stat;
    [s[0], s[1], s[2], s[3], s[4], s[5], Number.parseInt(entry.mode, 8), s[6], s[7], s[8]].forEach((word, i) => view.setUint32(at + 4 * i, word));
    bytes.set(hexToBytes(entry.id), at + 40);
    view.setUint16(at + 60, (stage << 12) | Math.min(name.length, 0xfff));
    bytes.set(name, at + FIXED);
    at += sizes[row]!;
  });
  bytes.set(sha1(bytes.subarray(0, at)), at);
  return bytes;
}

/** Writes `.git/index`. */
export async function writeIndex(fs: PromisesFs, gitdir: string, index: GitIndex): Promise<void> {
  await fs.writeFile(`${gitdir}/index`, renderIndex(index));
}
