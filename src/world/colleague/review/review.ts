/** One file that a branch changes; undefined on the side where it is not. */
export interface ReviewedChange {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** A branch beside the main one. */
export interface ReviewedBranch {
  readonly changes: readonly ReviewedChange[];
  /** A file as the branch has it. */
  read(path: string): Uint8Array | undefined;
}

/** What the reviewer says. `facts` fill the words, which i18n has by `kind`. */
export interface ReviewComment {
  readonly kind: CommentKind;
  readonly path: string;
  /** Line in the branch's file, from 1. */
  readonly line?: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

export type CommentKind = 'markers' | 'large-file' | 'secret' | 'seed' | 'test-rows' | 'no-metrics' | 'stale-lock' | 'broken-file' | 'conflicts';

/** One thing that the reviewer looks for. */
export type ReviewCheck = (branch: ReviewedBranch) => readonly ReviewComment[];

/** Text of a file, or undefined when it is absent or binary. */
export function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.subarray(0, 8000).includes(0) ? undefined : new TextDecoder().decode(bytes);
}
