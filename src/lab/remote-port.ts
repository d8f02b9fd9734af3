import type { CommitInfo } from './commit-info.js';

/** The refs of a remote by full name, tags with the id of the tag object; `head` is the ref that its HEAD names. */
export interface RemoteRefs {
  readonly refs: ReadonlyMap<string, string>;
  readonly head?: string;
  /** What the tags that are objects of their own stand for, by full name. */
  readonly peeled: ReadonlyMap<string, string>;
}

/** A ref that is to move at a remote from `before` to `after`; undefined stands for a ref that is not there. */
export interface RefUpdate {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a remote did with one update; `refused` is its reason. */
export interface RefResult {
  readonly ref: string;
  readonly refused?: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface RemoteOptions {
  readonly signal?: AbortSignal;
  readonly credentials?: Credentials;
  /** Lines that the remote says of its progress. */
  readonly said?: (text: string) => void;
}

/**
 * Another repository. Each call throws `remote-bad-address` {url}, `remote-missing` {url}, `remote-unreachable` {url, reason}, `remote-login` {url, given},
 * `remote-forbidden` {url}, `remote-status` {url, status}, `remote-not-git` {url}, `remote-cut-off` {url}, `remote-says` {url, message}, `remote-broken` {url, reason}, `cancelled`.
 */
export interface GitRemote {
  refs(): Promise<RemoteRefs>;
  /** Brings what these ids lead to into the project's repository; gives how many objects were new. Nothing is kept unless all came and all is whole. */
  fetch(ids: readonly string[]): Promise<number>;
  /** Sends what the updates need and asks for them, each by itself. */
  push(updates: readonly RefUpdate[]): Promise<readonly RefResult[]>;
}

/** Files that a commit changes; undefined removes one. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/** A bare repository of the lab, which stands for the server of a team and lies at `.lab/remotes/<name>.git`. */
export interface SharedRepository {
  exists(): Promise<boolean>;
  /** Makes it, empty; does nothing when it is there. */
  create(): Promise<void>;
  refs(): Promise<RemoteRefs>;
  log(ref: string): Promise<CommitInfo[]>;
  treeAt(revision: string): Promise<Map<string, string>>;
  readAt(revision: string, path: string): Promise<Uint8Array | undefined>;
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** Commits on top of `parent`, by `author` at the author's own time, and sets the ref. */
  commit(ref: string, parent: string, changes: FileChanges, message: string, author: CommitInfo['author']): Promise<string>;
  /** Merges `theirs` into a branch with a commit of two parents; gives its id, or the paths in conflict and changes nothing. */
  merge(ref: string, theirs: string, message: string, author: CommitInfo['author']): Promise<{ readonly commit: string } | { readonly conflicts: readonly string[] }>;
}
