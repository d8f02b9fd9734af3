/** What `stat` must tell; node's and lightning-fs's objects both do. */
export interface FsStat {
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  readonly uid: number;
  readonly gid: number;
  readonly dev: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** The part of `fs.promises` that isomorphic-git and the lab use; errors carry node's `code`. */
export interface PromisesFs {
  readFile(path: string, options?: { encoding?: 'utf8' } | 'utf8'): Promise<Uint8Array | string>;
  writeFile(path: string, content: Uint8Array | string, options?: { mode?: number; encoding?: 'utf8' } | 'utf8'): Promise<unknown>;
  unlink(path: string): Promise<unknown>;
  mkdir(path: string, options?: { mode?: number }): Promise<unknown>;
  rmdir(path: string): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<FsStat>;
  lstat(path: string): Promise<FsStat>;
  readlink(path: string): Promise<string>;
  symlink(target: string, path: string): Promise<unknown>;
  /** How often git objects may have gone since the start (a discarded change, another project in this place, a removal); what is remembered of them holds while it stays the same. */
  losses?(): number;
}

/** Whether a path is that of a git object. */
export const isObjectPath = (path: string): boolean => path.includes('/objects/');

/** The code of a file system error, such as `ENOENT`. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether an error says that the path is not there. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');

/** An error as node's file system throws it. */
export const fsError = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code, path });

/** The folder of a path; `` for a path without a slash, `/` at the root. */
export const parentOf = (path: string): string => {
  const at = path.lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : path.slice(0, at + 1);
};

/** Bytes of a file, or undefined when there is none (lightning-fs gives undefined for a folder). */
export async function readBytes(fs: PromisesFs, path: string): Promise<Uint8Array | undefined> {
  try {
    const content = await fs.readFile(path);
    return typeof content === 'string' ? new TextEncoder().encode(content) : (content ?? undefined);
  } catch (error) {
    if (isMissing(error) || errorCode(error) === 'EISDIR') return undefined;
    throw error;
  }
}

/** Text of a file, or undefined when there is none. */
export async function readText(fs: PromisesFs, path: string): Promise<string | undefined> {
  const bytes = await readBytes(fs, path);
  return bytes && new TextDecoder().decode(bytes);
}

/** `lstat`, or undefined when the path is not there. */
export async function statOf(fs: PromisesFs, path: string): Promise<FsStat | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Names in a folder, unsorted; [] when there is none. */
export async function namesIn(fs: PromisesFs, path: string): Promise<string[]> {
  try {
    return await fs.readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Makes a folder and those above it. */
export async function makeFolders(fs: PromisesFs, path: string): Promise<void> {
  if (path === '' || path === '/') return;
  try {
    await fs.mkdir(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    if (!isMissing(error)) throw error;
    await makeFolders(fs, parentOf(path));
    await fs.mkdir(path);
  }
}

/** Writes a file and makes missing folders. */
export async function writeFileDeep(fs: PromisesFs, path: string, content: Uint8Array | string, mode?: number): Promise<void> {
  const options = mode === undefined ? {} : { mode };
  try {
    await fs.writeFile(path, content, options);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await makeFolders(fs, parentOf(path));
    await fs.writeFile(path, content, options);
  }
}

/** Removes empty folders from `folder` up to, and without, `top`. */
export async function removeEmptyFolders(fs: PromisesFs, folder: string, top: string): Promise<void> {
  for (let at = folder; at.length > top.length && at.startsWith(top); at = parentOf(at)) {
    if ((await namesIn(fs, at)).length > 0) return;
    await fs.rmdir(at).catch(() => undefined);
  }
}
