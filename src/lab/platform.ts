import type { HyperparameterValues, TrainingData, TrainingProgress } from '../core/train/model.js';
import type { CommitInfo } from './commit-info.js';
import type { GitRemote, RemoteOptions, SharedRepository } from './remote-port.js';
import type { SqlEngine } from './sql-port.js';
import type { TrialRunner } from './trial-port.js';

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

export type { CommitInfo };

export type FileState = 'untracked' | 'added' | 'modified' | 'deleted' | 'unmodified';

/** One path's state: HEAD → index (`staged`) and index → working tree (`unstaged`). */
export interface StatusEntry {
  readonly path: string;
  readonly staged: FileState;
  readonly unstaged: FileState;
  /** In an unfinished merge: which of ancestor (1), our side (2) and theirs (3) have the file; staging the file settles it. */
  readonly conflict?: readonly number[];
}

/** One line of a reflog: where a ref stood before and after, and why it moved. */
export interface ReflogEntry {
  readonly before: string;
  readonly after: string;
  readonly message: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Names of the files below `.git` that remember an act which is not finished. */
export type GitNote = 'MERGE_HEAD' | 'MERGE_MSG' | 'ORIG_HEAD' | 'CHERRY_PICK_HEAD' | 'REVERT_HEAD' | 'REBASE_HEAD' | 'FETCH_HEAD' | `rebase-merge/${string}`;

/** How the two sides are named beside the markers of a conflict. */
export interface SideNames {
  readonly ours: string;
  readonly theirs: string;
}

/** What a three-way merge did: the paths merged line by line, and those left in conflict. */
export interface MergeOutcome {
  readonly merged: readonly string[];
  readonly conflicts: readonly { readonly path: string; readonly kind: 'content' | 'add/add' | 'deleted by us' | 'deleted by them' | 'binary' }[];
}

/** What a commit that no ref names holds: the index, the tracked files as they are, or just some working files. */
export type CommitSource = 'index' | 'tracked' | readonly string[];

export interface CommitOptions {
  /** Without it the current commit is the only parent (none before the first). */
  readonly parents?: readonly string[];
  readonly author?: CommitInfo['author'];
  /** Why HEAD moves, for the reflog; `commit: <subject>` without it. */
  readonly reason?: string;
  /** Also when nothing changed. */
  readonly empty?: boolean;
}

/** The git repository of the project. Commits are durable only after `Platform.save`. */
export interface Git {
  init(): Promise<void>;
  isRepository(): Promise<boolean>;
  add(paths: readonly string[]): Promise<void>;
  /** Puts a content into the index, whatever the working file holds. */
  addContent(path: string, content: Uint8Array): Promise<void>;
  removeFromIndex(paths: readonly string[]): Promise<void>;
  /** Commits the index. Throws `LabError('nothing-to-commit')`, and `unmerged` {files} while a conflict is open. */
  commit(message: string, options?: CommitOptions): Promise<string>;
  /** Commits just these paths as they are in the working tree, like `git commit --only`; undefined when they equal HEAD. */
  commitOnly(paths: readonly string[], message: string): Promise<string | undefined>;
  status(): Promise<StatusEntry[]>;
  /** Commits newest first, a parent never before its child; of several revisions together when `ref` lists them. */
  log(options?: { ref?: string | readonly string[]; depth?: number }): Promise<CommitInfo[]>;
  /** Full id of a branch, tag, `HEAD`, `HEAD~n` or short id; throws `LabError('unknown-revision', {ref})`. */
  resolve(ref: string): Promise<string>;
  head(): Promise<{ branch?: string; commit?: string }>;
  branches(): Promise<string[]>;
  /** `reason` is what the reflog keeps. */
  createBranch(name: string, at?: string, reason?: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
  /** `reason` is what the reflog keeps; `checkout: moving from … to …` without it. */
  switchTo(branch: string, reason?: string): Promise<void>;
  /** Puts HEAD at a commit and on no branch, and brings the files to it. Throws `local-changes` {files} rather than lose a change. */
  detach(commit: string, reason: string): Promise<void>;
  /** Makes HEAD name a branch; index and files stay as they are. */
  attach(branch: string, reason: string): Promise<void>;
  tags(): Promise<string[]>;
  createTag(name: string, at?: string, message?: string): Promise<void>;
  deleteTag(name: string): Promise<void>;
  /** Content at a revision (`INDEX` for the index); undefined when absent there. */
  readAt(revision: string, path: string): Promise<Uint8Array | undefined>;
  /** Paths with the ids of their blobs at a revision (`INDEX` for the index). */
  treeAt(revision: string): Promise<Map<string, string>>;
  /** Gives a branch another name. Throws `unknown-branch`, `bad-name`, `name-taken`. */
  renameBranch(from: string, to: string): Promise<void>;
  /** Reflog of `HEAD` or a full ref name, newest first. */
  reflog(ref: string): Promise<ReflogEntry[]>;
  /** The best common ancestor of two revisions, or undefined when they share none. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** Puts the current branch at a commit: `soft` leaves the index, `mixed` the working tree, `hard` neither; `keep` as `hard`, but throws `local-changes` {files} rather than lose a change. Without a reason the branch stays where it is, and only index and files are set. */
  reset(revision: string, mode: 'soft' | 'mixed' | 'hard' | 'keep', reason?: string): Promise<void>;
  /** Brings what changed from `base` to `theirs` into index and working tree, without a commit; conflicts get markers and stages. Throws `local-changes` {files} and `untracked-changes` {files} before anything is touched. */
  applyChanges(base: string | undefined, theirs: string, names: SideNames): Promise<MergeOutcome>;
  /** Writes a commit that no ref names, the message kept as given; gives its id. */
  writeLooseCommit(source: CommitSource, message: string, parents: readonly string[]): Promise<string>;
  /** Sets a ref by its full name, such as `refs/stash`, with a line in its log; without an id it goes, and its log. */
  setRef(ref: string, id: string | undefined, reason: string): Promise<void>;
  /** Takes the `n`th line (newest is 0) out of a ref's log; the ref then names the newest that is left. */
  dropLogLine(ref: string, n: number): Promise<void>;
  /** A note of an unfinished act, or undefined. */
  readNote(name: GitNote): Promise<string | undefined>;
  /** Writes a note; without text it goes. */
  writeNote(name: GitNote, text?: string): Promise<void>;
  /** Forgets all notes of a folder. */
  clearNotes(folder: 'rebase-merge'): Promise<void>;
  /** Refs below a prefix such as `refs/remotes/origin/`, by full name; a ref that names another gives what that one names. */
  refs(prefix: string): Promise<Map<string, string>>;
  /** Makes a ref name another, as `refs/remotes/origin/HEAD` does; without a target it goes. */
  pointRef(ref: string, target: string | undefined): Promise<void>;
  /** The ref that a ref names, or undefined when it names a commit or is not there. */
  pointedRef(ref: string): Promise<string | undefined>;
  /** Text of `.git/config`. */
  readConfig(): Promise<string>;
  writeConfig(text: string): Promise<void>;
  /** Another repository by its address: `lab://<name>`, `https://…`, or `http://` of this machine. Throws `remote-bad-address` {url}. */
  openRemote(url: string, options?: RemoteOptions): GitRemote;
  /** A bare repository of the lab; throws `remote-bad-address` for a name that is none. */
  shared(name: string): SharedRepository;
  /** The repository of a clone, whose files lie in a folder of the project (one name) and whose data in `.lab/clones`. */
  inFolder(folder: string): Git;
}

/** A backend that was not used, and why: no adapter, software only, lost on the way. */
export interface LeftOutBackend {
  readonly backend: string;
  readonly reason: string;
  readonly detail?: string;
}

/** Trains a net on the best backend there is; of the kind `dense-net` unless another is named. */
export interface NetTrainer {
  train(
    data: TrainingData,
    settings: HyperparameterValues,
    seed: number,
    hooks: { signal: AbortSignal; progress: (p: TrainingProgress) => void },
    kind?: string,
  ): Promise<{ state: unknown; backend: string; repeatable: boolean; trials: readonly { backend: string; milliseconds: number }[]; skipped: readonly LeftOutBackend[]; versions?: Readonly<Record<string, string>> }>;
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
  /** What it runs on, by name, such as the browser and its version; kept with each run. */
  readonly place?: Readonly<Record<string, string>>;
  /** A database to collect from; a place may have none. */
  readonly sql?: SqlEngine;
  /** Workers that make the trials of a search; without them trials are made in turns where the verb runs. */
  readonly trials?: TrialRunner;
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
