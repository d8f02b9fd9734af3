import type { FsStat, IFileSystem, CpOptions, MkdirOptions, RmOptions } from 'just-bash';
import { LabError } from '../core/lab-error.js';
import type { Platform } from '../lab/platform.js';
import { DvcIgnore } from '../lab/project/dvc-ignore.js';
import { listFiles } from '../lab/project/list-files.js';
import { bytesOf, joinBytes, textOf } from './file-bytes.js';
import { resolvePath } from './paths.js';
import { findPointer, findTracked, stageOutputNames } from './tracked-files.js';

type Encoding = string | { encoding?: string | null } | undefined;

/** What the file system asks of the shell: the turn to write, and a place to say why it refused. */
export interface ProjectFsHooks {
  beforeWrite(): Promise<void>;
  onRefused(error: LabError): void;
}

/**
 * The project as just-bash sees it, mounted at its folder. Data tracked by a `.dvc` file can be read at its path though it lies in the
 * object store; writing there, or inside `.git`, is refused. Failures carry errno words, as bash commands expect.
 */
export class ProjectFs implements IFileSystem {
  constructor(
    private readonly platform: Pick<Platform, 'files' | 'objects'>,
    private readonly hooks: ProjectFsHooks,
  ) {}

  async readFile(path: string, options?: Encoding): Promise<string> {
    return textOf(await this.readFileBuffer(path), encodingOf(options));
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    const inside = inner(path);
    const stat = await this.platform.files.stat(inside);
    if (stat?.type === 'file') return this.platform.files.read(inside);
    if (stat?.type === 'directory') throw failure('EISDIR', 'illegal operation on a directory, read', path);
    const tracked = await findTracked(this.platform, inside);
    if (tracked?.kind === 'folder') throw failure('EISDIR', 'illegal operation on a directory, read', path);
    if (!tracked) throw failure('ENOENT', 'no such file or directory, open', path);
    return this.guard(path, () => this.platform.objects.get(tracked.id));
  }

  async writeFile(path: string, content: string | Uint8Array, options?: Encoding): Promise<void> {
    await this.prepareWrite(path, 'open');
    const bytes = bytesOf(content, encodingOf(options));
    await this.guard(path, () => this.platform.files.write(inner(path), bytes));
  }

  async appendFile(path: string, content: string | Uint8Array, options?: Encoding): Promise<void> {
    await this.prepareWrite(path, 'append');
    const old = (await this.exists(path)) ? await this.readFileBuffer(path) : new Uint8Array();
    await this.writeFile(path, joinBytes(old, bytesOf(content, encodingOf(options))));
  }

  /** Takes the turn to write a file and throws when it may not be written. */
  async tryWrite(path: string): Promise<undefined> {
    await this.prepareWrite(path, 'open');
    return undefined;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.find(path)) !== undefined;
  }

  async stat(path: string): Promise<FsStat> {
    const found = await this.find(path);
    if (!found) throw failure('ENOENT', 'no such file or directory, stat', path);
    // There are no links here, so a path is all that a file is known by; `cp` and `mv` ask whether two are the same.
    return { ...found, identity: `project:${inner(path)}` };
  }

  lstat(path: string): Promise<FsStat> {
    return this.stat(path);
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    if (await this.exists(path)) {
      if (options?.recursive && (await this.stat(path)).isDirectory) return;
      throw failure('EEXIST', 'file already exists, mkdir', path);
    }
    if (!options?.recursive) await this.needParent(path, 'mkdir');
    await this.prepareChange(path, 'mkdir');
    await this.guard(path, () => this.platform.files.makeFolder(inner(path)));
  }

  async readdir(path: string): Promise<string[]> {
    const inside = inner(path);
    const stat = await this.platform.files.stat(inside);
    if (stat?.type === 'file') throw failure('ENOTDIR', 'not a directory, scandir', path);
    if (stat || inside === '') return withTracked([...(await this.platform.files.list(inside)), ...(await stageOutputNames(this.platform, inside)), ...(await this.trackedBelow(inside))]);
    const tracked = await findTracked(this.platform, inside);
    if (tracked?.kind !== 'folder') throw failure(tracked ? 'ENOTDIR' : 'ENOENT', tracked ? 'not a directory, scandir' : 'no such file or directory, scandir', path);
    return [...tracked.names].sort();
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    if (inner(path) === '') throw this.refuse('project-root-protected', {}, 'EBUSY', path);
    const stat = await this.find(path);
    if (!stat) {
      if (options?.force) return;
      throw failure('ENOENT', 'no such file or directory, rm', path);
    }
    await this.prepareChange(path, 'rm');
    if (stat.isDirectory) await this.removeFolder(path, options?.recursive === true);
    else await this.guard(path, () => this.platform.files.remove(inner(path)));
  }

  async cp(source: string, target: string, options?: CpOptions): Promise<void> {
    if (!(await this.stat(source)).isDirectory) return this.writeFile(target, await this.readFileBuffer(source));
    if (!options?.recursive) throw failure('EISDIR', 'is a directory, cp', source);
    if (isWithin(target, source)) throw failure('EINVAL', 'cannot copy a folder into itself', source);
    await this.mkdir(target, { recursive: true });
    for (const name of await this.platform.files.list(inner(source))) await this.cp(`${source}/${name}`, `${target}/${name}`, options);
  }

  async mv(source: string, target: string): Promise<void> {
    await this.stat(source);
    if (isWithin(target, source)) throw failure('EINVAL', 'cannot move a folder into itself', source);
    await this.prepareChange(source, 'rename');
    await this.cp(source, target, { recursive: true });
    await this.rm(source, { recursive: true });
  }

  resolvePath(base: string, path: string): string {
    return resolvePath(base, path);
  }

  getAllPaths(): string[] {
    return [];
  }

  /** A copy from outside the project sets the mode of its source; the mode that a file has anyhow is no change. */
  async chmod(path: string, mode: number): Promise<void> {
    if (((await this.stat(path)).mode & 0o777) === (mode & 0o777)) return;
    throw this.refuse('file-modes-not-kept', {}, 'EPERM', path);
  }

  async symlink(_target: string, path: string): Promise<void> {
    throw this.refuse('links-not-kept', {}, 'EPERM', path);
  }

  async link(_source: string, path: string): Promise<void> {
    throw this.refuse('links-not-kept', {}, 'EPERM', path);
  }

  async readlink(path: string): Promise<string> {
    await this.stat(path);
    throw failure('EINVAL', 'invalid argument, readlink', path);
  }

  async realpath(path: string): Promise<string> {
    await this.stat(path);
    return resolvePath('/', path);
  }

  async utimes(path: string): Promise<void> {
    const bytes = (await this.stat(path)).isFile ? await this.readFileBuffer(path) : undefined;
    if (bytes) await this.writeFile(path, bytes);
  }

  private async find(path: string): Promise<FsStat | undefined> {
    const inside = inner(path);
    if (inside === '') return folderStat(0);
    const stat = await this.platform.files.stat(inside);
    if (stat) return stat.type === 'file' ? fileStat(stat.size, stat.modified) : folderStat(stat.modified);
    const tracked = await this.guard(path, () => findTracked(this.platform, inside));
    if (!tracked) return undefined;
    const modified = (await this.platform.files.stat(tracked.pointer))?.modified ?? 0;
    if (tracked.kind === 'folder') return folderStat(modified);
    return fileStat(tracked.size ?? (await this.guard(path, () => this.platform.objects.get(tracked.id))).length, modified, 0o444);
  }

  /** A folder that is tracked may also stand in the working tree, empty or unprotected. */
  private async trackedBelow(inside: string): Promise<readonly string[]> {
    if (inside === '') return [];
    const here = await listFiles(this.platform, inside);
    if (here.length > 0 && (await DvcIgnore.open(this.platform)).filter(here).length > 0) return [];
    const tracked = await findTracked(this.platform, inside);
    return tracked?.kind === 'folder' ? tracked.names : [];
  }

  private async removeFolder(path: string, recursive: boolean): Promise<void> {
    const names = await this.readdir(path);
    if (names.length > 0 && !recursive) throw failure('ENOTEMPTY', 'directory not empty, rm', path);
    for (const name of await this.platform.files.list(inner(path))) await this.rm(`${path}/${name}`, { recursive: true });
    await this.guard(path, () => this.platform.files.remove(inner(path)));
  }

  private async prepareWrite(path: string, call: string): Promise<void> {
    if ((await this.find(path))?.isDirectory) throw failure('EISDIR', `illegal operation on a directory, ${call}`, path);
    await this.prepareChange(path, call, () => this.needParent(path, call));
  }

  private async needParent(path: string, call: string): Promise<void> {
    const parent = resolvePath(path, '..');
    const stat = await this.find(parent);
    if (!stat) throw failure('ENOENT', `no such file or directory, ${call}`, path);
    if (!stat.isDirectory) throw failure('ENOTDIR', `not a directory, ${call}`, path);
  }

  private async prepareChange(path: string, call: string, check: () => Promise<void> = async () => undefined): Promise<void> {
    const inside = inner(path);
    if (inside === '.git' || inside.startsWith('.git/')) throw this.refuse('git-folder-protected', { path: inside }, 'EACCES', path, call);
    if (inside === '.lab' || inside.startsWith('.lab/')) throw this.refuse('lab-folder-protected', { path: inside }, 'EACCES', path, call);
    // a copy that was unprotected stands in the working tree and may be changed
    const pointer = (await this.platform.files.stat(inside)) ? undefined : await findPointer(this.platform, inside);
    if (pointer !== undefined && (await DvcIgnore.open(this.platform)).reasonOf(inside) === undefined) throw this.refuse('tracked-data-protected', { path: inside, pointer }, 'EACCES', path, call);
    await check();
    await this.guard(path, () => this.hooks.beforeWrite());
  }

  private refuse(code: string, data: Record<string, string>, errno: string, path: string, call = 'open'): Error {
    this.hooks.onRefused(new LabError(code, { path: inner(path), ...data }));
    return failure(errno, `permission denied, ${call}`, path);
  }

  /** Turns a failure of the platform into an errno for bash, and keeps its words for the learner. */
  private async guard<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      this.hooks.onRefused(LabError.from(cause));
      throw failure('EIO', 'input/output error', path);
    }
  }
}

const inner = (path: string): string => resolvePath('/', path).slice(1);
const isWithin = (path: string, folder: string): boolean => `${inner(path)}/`.startsWith(`${inner(folder)}/`);
const encodingOf = (options: Encoding): string | undefined => (typeof options === 'string' ? options : (options?.encoding ?? undefined));
const failure = (code: string, what: string, path: string): Error => Object.assign(new Error(`${code}: ${what} '${path}'`), { code });
const withTracked = (names: readonly string[]): string[] =>
  [...new Set(names.flatMap((n) => (n.endsWith('.dvc') && n !== '.dvc' ? [n, n.slice(0, -'.dvc'.length)] : [n])))].sort();

function fileStat(size: number, modified: number, mode = 0o644): FsStat {
  return { isFile: true, isDirectory: false, isSymbolicLink: false, mode, size, mtime: new Date(modified) };
}

function folderStat(modified: number): FsStat {
  return { isFile: false, isDirectory: true, isSymbolicLink: false, mode: 0o755, size: 0, mtime: new Date(modified) };
}
