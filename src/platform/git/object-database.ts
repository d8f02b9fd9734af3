import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { unzlibSync, zlibSync } from 'fflate';
import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import { isPlainName, resemblesGit } from '../../lab/archive/path-rules.js';
import { readBytes, statOf, writeFileDeep, type PromisesFs } from './promises-fs.js';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** One line of a tree object; `mode` as git prints it in the object, such as `100644` or `40000`. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

/** A file at a revision or in the index. */
export interface FileAt {
  readonly id: string;
  readonly mode: string;
}

/** Git's object store: written loose, read loose or packed. */
export interface ObjectDatabase {
  write(type: ObjectType, content: Uint8Array): Promise<string>;
  has(id: string): Promise<boolean>;
  /** Throws isomorphic-git's `NotFoundError`. */
  read(id: string): Promise<{ type: ObjectType; content: Uint8Array }>;
  readTree(id: string): Promise<readonly TreeEntry[]>;
  writeTree(entries: readonly TreeEntry[]): Promise<string>;
  /** One file below a tree; undefined when there is none. */
  find(tree: string, path: string): Promise<FileAt | undefined>;
  /** Every file below a tree, by path. */
  flatten(tree: string): Promise<Map<string, FileAt>>;
}

const encoder = new TextEncoder();
const CACHED_TREES = 1024;
/** Lists of all files of a tree that are kept. */
const CACHED_FLAT = 16;
/** Commits kept in memory, a few hundred bytes each. */
const CACHED_COMMITS = 4096;

/** The id (sha1, hex) that git gives this content, with the bytes it hashes. */
export function identify(type: ObjectType, content: Uint8Array): { id: string; wrapped: Uint8Array } {
  const header = encoder.encode(`${type} ${content.length}\0`);
  const wrapped = new Uint8Array(header.length + content.length);
  wrapped.set(header);
  wrapped.set(content, header.length);
  return { id: bytesToHex(sha1(wrapped)), wrapped };
}

/** The object store of the repository at `gitdir`. */
export function createObjectDatabase(fs: PromisesFs, gitdir: string): ObjectDatabase {
  const trees = new Map<string, readonly TreeEntry[]>();
  const commits = new Map<string, Uint8Array>();
  const files = new Map<string, ReadonlyMap<string, FileAt>>();
  const packs = {};
  let losses = fs.losses?.() ?? 0;
  const pathOf = (id: string): string => `${gitdir}/objects/${id.slice(0, 2)}/${id.slice(2)}`;

  /** Whether what is remembered of an object still holds: a change that was discarded, or another project in this place, may lack it. */
  const stillThere = async (id: string): Promise<boolean> => {
    if (!fs.losses) return (await statOf(fs, pathOf(id))) !== undefined;
    if (fs.losses() === losses) return true;
    losses = fs.losses();
    for (const kept of [trees, commits, files]) kept.clear();
    return false;
  };
  const write = async (type: ObjectType, content: Uint8Array): Promise<string> => {
    const { id, wrapped } = identify(type, content);
    if ((await statOf(fs, pathOf(id))) === undefined) await writeFileDeep(fs, pathOf(id), zlibSync(wrapped), 0o444);
    return id;
  };
  const read = async (id: string): Promise<{ type: ObjectType; content: Uint8Array }> => {
    const kept = commits.get(id);
    if (kept && (await stillThere(id))) return { type: 'commit', content: kept };
    const loose = await readBytes(fs, pathOf(id));
    if (loose) return keepCommit(id, unwrap(unzlibSync(loose)));
    const found = await git.readObject({ fs: { promises: fs }, gitdir, oid: id, format: 'content', cache: packs });
    return keepCommit(id, { type: found.type as ObjectType, content: found.object as Uint8Array });
  };
  const has = async (id: string): Promise<boolean> => {
    if ((await statOf(fs, pathOf(id))) !== undefined) return true;
    return git.readObject({ fs: { promises: fs }, gitdir, oid: id, format: 'wrapped', cache: packs }).then(() => true, () => false);
  };
  const keepCommit = <T extends { type: ObjectType; content: Uint8Array }>(id: string, object: T): T => {
    if (object.type !== 'commit') return object;
    if (commits.size >= CACHED_COMMITS) commits.clear();
    commits.set(id, object.content);
    return object;
  };
  const keep = (id: string, entries: readonly TreeEntry[]): readonly TreeEntry[] => {
    if (trees.size >= CACHED_TREES) trees.clear();
    trees.set(id, entries);
    return entries;
  };
  const readTree = async (id: string): Promise<readonly TreeEntry[]> => {
    const kept = trees.get(id);
    if (kept && (await stillThere(id))) return kept;
    const { type, content } = await read(id);
    if (type !== 'tree') throw new LabError('git-unsafe-path', { path: id });
    return keep(id, parseTree(content));
  };
  const writeTree = async (entries: readonly TreeEntry[]): Promise<string> => {
    const id = await write('tree', renderTree(entries));
    keep(id, [...entries].sort(byTreeOrder));
    return id;
  };
  const flatten = async (tree: string): Promise<Map<string, FileAt>> => {
    const kept = files.get(tree);
    if (kept && fs.losses && (await stillThere(tree))) return new Map(kept);
    const found = new Map<string, FileAt>();
    const walk = async (id: string, prefix: string): Promise<void> => {
      for (const { mode, name, id: child } of await readTree(id)) {
        if (mode === '40000') await walk(child, `${prefix}${name}/`);
        else found.set(prefix + name, { id: child, mode });
      }
    };
    await walk(tree, '');
    if (files.size >= CACHED_FLAT) files.clear();
    files.set(tree, new Map(found));
    return found;
  };
  const find = async (tree: string, path: string): Promise<FileAt | undefined> => {
    let at: TreeEntry = { mode: '40000', name: '', id: tree };
    for (const part of path.split('/')) {
      const next = at.mode === '40000' ? (await readTree(at.id)).find((e) => e.name === part) : undefined;
      if (!next) return undefined;
      at = next;
    }
    return at.mode === '40000' ? undefined : { id: at.id, mode: at.mode };
  };
  return { find, has, write, read, readTree, writeTree, flatten };
}

function unwrap(bytes: Uint8Array): { type: ObjectType; content: Uint8Array } {
  const end = bytes.indexOf(0);
  const type = new TextDecoder().decode(bytes.subarray(0, end)).split(' ')[0] as ObjectType;
  return { type, content: bytes.subarray(end + 1) };
}

/** Entries of a tree object. Throws `git-unsafe-path`. */
export function parseTree(bytes: Uint8Array): TreeEntry[] {
  const decoder = new TextDecoder();
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const mode = decoder.decode(bytes.subarray(at, space));
    const name = checkName(decoder.decode(bytes.subarray(space + 1, end)));
    entries.push({ mode, name, id: bytesToHex(bytes.slice(end + 1, end + 21)) });
    at = end + 21;
  }
  return entries;
}

/** A name that a tree or an index may hold. Throws `git-unsafe-path`: no repository may make us write outside the project or into `.git`. */
export function checkName(name: string): string {
  if (!isPlainName(name) || resemblesGit(name)) throw new LabError('git-unsafe-path', { path: name });
  return name;
}

/** Compares UTF-8 bytes, as git orders names. */
export function compareNames(a: string, b: string): number {
  const x = encoder.encode(a);
  const y = encoder.encode(b);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

// git sorts a folder as if its name ended in a slash
const sortName = (e: TreeEntry): string => (e.mode === '40000' ? `${e.name}/` : e.name);
const byTreeOrder = (a: TreeEntry, b: TreeEntry): number => compareNames(sortName(a), sortName(b));

function renderTree(entries: readonly TreeEntry[]): Uint8Array {
  const parts = [...entries].sort(byTreeOrder).flatMap((e) => [encoder.encode(`${e.mode} ${e.name}\0`), hexToBytes(e.id)]);
  const bytes = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
