import type { HyperparameterValues, TrainingData, TrainingProgress } from '../core/train/model.js';

/** Bytes of a file that the learner picked or that lies on disk, read in pieces so that its size does not matter. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface FileStat {
  readonly type: 'file' | 'directory';
  readonly size: number;
  readonly modified: number;
}

/** The project's working tree; paths are relative, with `/`, without `..`. Reads throw `LabError('not-found', {path})`. */
export interface ProjectFiles {
  read(path: string): Promise<Uint8Array>;
  /** Makes missing folders. */
  write(path: string, content: Uint8Array | string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names in a folder, sorted; [] when it is missing. */
  list(path: string): Promise<string[]>;
  stat(path: string): Promise<FileStat | undefined>;
  makeFolder(path: string): Promise<void>;
}

/** Content-addressed data and models: DVC's cache. An id is 32 hex digits of md5, with `.dir` for a manifest. */
export interface ObjectStore {
  put(id: string, content: Uint8Array): Promise<void>;
  /** Throws `LabError('object-missing', {id})`. */
  get(id: string): Promise<Uint8Array>;
  has(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  list(): Promise<{ id: string; size: number }[]>;
}

export interface CommitInfo {
  readonly id: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string; readonly timestamp: number; readonly timezoneOffset: number };
  readonly parents: readonly string[];
}

export type FileState = 'untracked' | 'added' | 'modified' | 'deleted' | 'unmodified';

/** One path's state: HEAD → index (`staged`) and index → working tree (`unstaged`). */
export interface StatusEntry {
  readonly path: string;
  readonly staged: FileState;
  readonly unstaged: FileState;
}

/** The git repository of the project. Commits are durable only after `Platform.save`. */
export interface Git {
  init(): Promise<void>;
  isRepository(): Promise<boolean>;
  add(paths: readonly string[]): Promise<void>;
  removeFromIndex(paths: readonly string[]): Promise<void>;
  /** Commits the index. Throws `LabError('nothing-to-commit')`. */
  commit(message: string): Promise<string>;
  /** Commits just these paths as they are in the working tree, like `git commit --only`; undefined when they equal HEAD. */
  commitOnly(paths: readonly string[], message: string): Promise<string | undefined>;
  status(): Promise<StatusEntry[]>;
  log(options?: { ref?: string; depth?: number }): Promise<CommitInfo[]>;
  /** Full id of a branch, tag, `HEAD`, `HEAD~n` or short id; throws `LabError('unknown-revision', {ref})`. */
  resolve(ref: string): Promise<string>;
  head(): Promise<{ branch?: string; commit?: string }>;
  branches(): Promise<string[]>;
  createBranch(name: string, at?: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
  switchTo(branch: string): Promise<void>;
  tags(): Promise<string[]>;
  createTag(name: string, at?: string, message?: string): Promise<void>;
  deleteTag(name: string): Promise<void>;
  /** Content at a revision (`INDEX` for the index); undefined when absent there. */
  readAt(revision: string, path: string): Promise<Uint8Array | undefined>;
  /** Paths with the ids of their blobs at a revision (`INDEX` for the index). */
  treeAt(revision: string): Promise<Map<string, string>>;
}

/** A backend that was not used, and why: no adapter, software only, lost on the way. */
export interface LeftOutBackend {
  readonly backend: string;
  readonly reason: string;
  readonly detail?: string;
}

/** Trains a dense net on the best backend there is. */
export interface NetTrainer {
  train(
    data: TrainingData,
    settings: HyperparameterValues,
    seed: number,
    hooks: { signal: AbortSignal; progress: (p: TrainingProgress) => void },
  ): Promise<{ state: unknown; backend: string; repeatable: boolean; trials: readonly { backend: string; milliseconds: number }[]; skipped: readonly LeftOutBackend[] }>;
}

/** A learner's program and all that it may touch. */
export interface SandboxProgram {
  /** Path of the TypeScript file that runs, such as `src/prepare.ts`. */
  readonly entry: string;
  /** TypeScript of the project by path; what `entry` may import besides `looplab`. */
  readonly sources: Readonly<Record<string, string>>;
  /** Files it may read, by path. */
  readonly inputs: Readonly<Record<string, Uint8Array>>;
  /** Values of `params.yaml`, as JSON would hold them. */
  readonly params: unknown;
  /** Words behind the file name. */
  readonly argv: readonly string[];
  readonly limits: { readonly milliseconds: number; readonly outputBytes: number; readonly consoleCharacters: number };
}

/** Runs learner code without network, storage or page. What it says of itself is not to be believed; only its files count. */
export interface Sandbox {
  /** The files it wrote, by path. Throws `stage-no-file`, `stage-syntax` and `stage-error` {file, line, message}, `stage-timeout`, `stage-flood`, `stage-memory`, `cancelled`. */
  run(program: SandboxProgram, hooks: { signal: AbortSignal; print: (stream: 'stdout' | 'stderr', text: string) => void }): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** What the lab needs of the place it runs in; the browser, Node and the tests each fill it. */
export interface Platform {
  readonly files: ProjectFiles;
  readonly objects: ObjectStore;
  readonly git: Git;
  readonly nets: NetTrainer;
  readonly sandbox: Sandbox;
  /** A shipped file under `public/`, such as `data/chicago_ridership.csv`. */
  asset(path: string): Promise<Uint8Array>;
  /** A learner's own file by name (picked, dropped, or on disk); throws `LabError('not-found')`. */
  openSource(name: string): Promise<ByteSource>;
  /** Wall clock, milliseconds. */
  now(): number;
  /** Makes all changes since the last `save` durable in one transaction; on failure nothing is changed on disk and it throws (`quota-full`). */
  save(): Promise<void>;
  /** Forgets all changes since the last `save`. */
  discard(): Promise<void>;
}
