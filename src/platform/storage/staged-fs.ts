import { fsError, isMissing, isObjectPath, parentOf, type FsStat, type PromisesFs } from '../git/promises-fs.js';

/** A file, folder or link that waits to be saved. `mode` holds permissions only. */
export type StagedNode =
  | { readonly type: 'file'; readonly content: Uint8Array; readonly mode: number; readonly modified: number; readonly ino: number }
  | { readonly type: 'folder'; readonly mode: number; readonly modified: number; readonly ino: number }
  | { readonly type: 'link'; readonly target: string; readonly mode: number; readonly modified: number; readonly ino: number };

/** What lies below a staged file system; paths as the file system gets them. Errors carry node's codes. */
export interface Disk {
  readFile(path: string): Promise<Uint8Array>;
  lstat(path: string): Promise<FsStat>;
  readdir(path: string): Promise<string[]>;
  readlink(path: string): Promise<string>;
}

/** Changes by path; undefined is a removal. Folders come before what is in them. */
export type Changes = ReadonlyMap<string, StagedNode | undefined>;

/** A file system whose changes stay in memory until someone takes them. */
export interface StagedFs extends PromisesFs {
  changes(): Changes;
  /** Forgets the changes. */
  discard(): void;
  /** Lets go of the changes, which are on the disk now. */
  settle(): void;
  losses(): number;
}

const TYPE_BITS = { file: 0o100000, folder: 0o040000, link: 0o120000 };
const MOST_LINKS = 16;

/** `stat` of a node that is held in memory. */
export function statOfNode(node: StagedNode): FsStat {
  return {
    size: node.type === 'file' ? node.content.length : 0,
    mode: TYPE_BITS[node.type] | node.mode,
    mtimeMs: node.modified,
    ctimeMs: node.modified,
    ino: node.ino,
    uid: 0,
    gid: 0,
    dev: 0,
    isFile: () => node.type === 'file',
    isDirectory: () => node.type === 'folder',
    isSymbolicLink: () => node.type === 'link',
  };
}

/** Puts changes in memory over a disk. `now` gives milliseconds. */
export function stageOver(disk: Disk, now: () => number): StagedFs {
  const nodes = new Map<string, StagedNode | undefined>();
  const names = new Map<string, Set<string>>();
  let ino = 1;
  let losses = 0;

  const set = (path: string, node: StagedNode | undefined): void => {
    // set anew, so that a folder made again comes before what is put into it
    nodes.delete(path);
    nodes.set(path, node);
    const parent = parentOf(path);
    const siblings = names.get(parent) ?? new Set();
    names.set(parent, siblings.add(path.slice(path.lastIndexOf('/') + 1)));
  };
  const settle = (): void => {
    nodes.clear();
    names.clear();
  };
  const lstat = async (path: string): Promise<FsStat> => {
    if (!nodes.has(path)) return disk.lstat(path);
    const node = nodes.get(path);
    if (!node) throw fsError('ENOENT', path);
    return statOfNode(node);
  };
  const find = async (path: string): Promise<FsStat | undefined> => {
    try {
      return await lstat(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const readlink = async (path: string): Promise<string> => {
    if (!nodes.has(path)) return disk.readlink(path);
    const node = nodes.get(path);
    if (!node) throw fsError('ENOENT', path);
    if (node.type !== 'link') throw fsError('EINVAL', path);
    return node.target;
  };
  const follow = async (path: string): Promise<string> => {
    let at = path;
    for (let i = 0; i < MOST_LINKS; i++) {
      if (!(await lstat(at)).isSymbolicLink()) return at;
      at = joinPath(parentOf(at), await readlink(at));
    }
    throw fsError('ELOOP', path);
  };
  const needFolder = async (path: string): Promise<void> => {
    const parent = await find(parentOf(path));
    if (!parent) throw fsError('ENOENT', path);
    if (!parent.isDirectory()) throw fsError('ENOTDIR', path);
  };
  const readdir = async (path: string): Promise<string[]> => {
    if (!(await lstat(path)).isDirectory()) throw fsError('ENOTDIR', path);
    const found = new Set(await disk.readdir(path).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error as Error))));
    for (const name of names.get(path) ?? []) {
      if (nodes.get(`${path}/${name}`)) found.add(name);
      else found.delete(name);
    }
    return [...found];
  };

  return {
    lstat,
    readdir,
    readlink,
    stat: async (path) => lstat(await follow(path)),
    async readFile(path, options) {
      const real = await follow(path);
      const stat = await lstat(real);
      if (stat.isDirectory()) throw fsError('EISDIR', path);
      const node = nodes.get(real);
      // a copy, because the reader may change what it gets
      const content = node?.type === 'file' ? node.content.slice() : await disk.readFile(real);
      const wanted = typeof options === 'string' ? options : options?.encoding;
      return wanted ? new TextDecoder().decode(content) : content;
    },
    async writeFile(path, content, options) {
      const old = await find(path);
      if (old?.isDirectory()) throw fsError('EISDIR', path);
      const real = old ? await follow(path).catch(() => path) : path;
      if (!old) await needFolder(path);
      const given = typeof options === 'object' ? options.mode : undefined;
      // a copy, because the writer may use its array again
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
      const mode = old && !old.isSymbolicLink() ? old.mode & 0o777 : (given ?? 0o644);
      set(real, { type: 'file', content: bytes, mode, modified: now(), ino: ino++ });
    },
    async unlink(path) {
      if ((await lstat(path)).isDirectory()) throw fsError('EISDIR', path);
      if (isObjectPath(path)) losses++;
      set(path, undefined);
    },
    async mkdir(path) {
      if (await find(path)) throw fsError('EEXIST', path);
      await needFolder(path);
      set(path, { type: 'folder', mode: 0o755, modified: now(), ino: ino++ });
    },
    async rmdir(path) {
      if ((await readdir(path)).length > 0) throw fsError('ENOTEMPTY', path);
      set(path, undefined);
    },
    async symlink(target, path) {
      if (await find(path)) throw fsError('EEXIST', path);
      await needFolder(path);
      set(path, { type: 'link', target, mode: 0o777, modified: now(), ino: ino++ });
    },
    changes: () => nodes,
    settle,
    discard() {
      if (nodes.size > 0) losses++;
      settle();
    },
    losses: () => losses,
  };
}

function joinPath(folder: string, target: string): string {
  const parts: string[] = target.startsWith('/') ? [] : folder.split('/');
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return target.startsWith('/') ? `/${parts.join('/')}` : parts.join('/');
}
