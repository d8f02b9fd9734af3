import type { ProjectFiles } from '../platform.js';
import { PATHS } from './paths.js';

/** A file that an act changed; undefined where there was or is none. */
export interface FileChange {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** The account of what was done and learned is never taken back; caches and other repositories are not the project's state. */
const UNWATCHED = [PATHS.journal, '.git', '.dvc/cache', '.lab/course', '.lab/undo', '.lab/remotes', '.lab/clones'];
const isWatched = (path: string): boolean => !UNWATCHED.some((place) => path === place || path.startsWith(`${place}/`));

/** Keeps what files held before an act changed them for the first time. */
export class FileWatch {
  /** The same files; what is written through them is noticed. */
  readonly files: ProjectFiles;
  private before: Map<string, Promise<Uint8Array | undefined>> | undefined;

  constructor(private readonly real: ProjectFiles) {
    this.files = {
      read: (path) => real.read(path),
      list: (path) => real.list(path),
      stat: (path) => real.stat(path),
      makeFolder: (path) => real.makeFolder(path),
      write: async (path, content) => {
        await this.keep(path);
        return real.write(path, content);
      },
      remove: async (path) => {
        await this.keep(path);
        return real.remove(path);
      },
    };
  }

  start(): void {
    this.before = new Map();
  }

  /** Ends watching without a look. */
  forget(): void {
    this.before = undefined;
  }

  /** Ends watching and gives the files that are not as they were. */
  async stop(): Promise<FileChange[]> {
    const before = this.before ?? new Map<string, Promise<Uint8Array | undefined>>();
    this.before = undefined;
    const changes: FileChange[] = [];
    for (const [path, kept] of before) {
      const change = { path, before: await kept, after: await this.contentOf(path) };
      if (!sameBytes(change.before, change.after)) changes.push(change);
    }
    return changes;
  }

  private async keep(path: string): Promise<void> {
    if (!this.before || !isWatched(path) || this.before.has(path)) return;
    const stat = await this.real.stat(path);
    if (stat?.type === 'directory') {
      for (const name of await this.real.list(path)) await this.keep(`${path}/${name}`);
      return;
    }
    // set before it is awaited, so that a second write at the same time does not keep the first one's text
    if (!this.before.has(path)) this.before.set(path, this.contentOf(path));
    await this.before.get(path);
  }

  private async contentOf(path: string): Promise<Uint8Array | undefined> {
    return (await this.real.stat(path))?.type === 'file' ? this.real.read(path) : undefined;
  }
}

/** Whether two contents are alike; undefined is like nothing but itself. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
