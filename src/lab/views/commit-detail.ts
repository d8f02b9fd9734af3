import { parseJournal, type JournalEntry } from '../../core/govern/journal.js';
import { compareContents, type ContentChange } from '../../core/version/line-changes.js';
import type { CommitInfo, Git } from '../platform.js';
import { changedPaths } from '../project/changed-paths.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** One file of a commit, compared with the first parent. */
export interface ChangedFile {
  readonly path: string;
  readonly state: 'added' | 'removed' | 'changed';
  readonly change: ContentChange;
}

/** A commit with all that it changed. */
export interface CommitDetail {
  readonly commit: CommitInfo;
  readonly parents: readonly { readonly id: string; readonly subject: string }[];
  readonly files: readonly ChangedFile[];
  /** Paths beyond the first hundred, which are named only. */
  readonly further: readonly string[];
  /** The step of the journal that made it. */
  readonly step?: JournalEntry;
}

const MOST_FILES = 100;

/** One commit by any name that git knows. Throws `unknown-revision`. */
export async function commitDetail({ platform }: Session, args: VerbArgs): Promise<CommitDetail> {
  const { git } = platform;
  const id = await git.resolve(String(args['id'] ?? 'HEAD'));
  const commit = (await git.log({ ref: id, depth: 1 }))[0]!;
  const [parent] = commit.parents;
  const paths = await changedPaths(git, parent, id);
  const files: ChangedFile[] = [];
  for (const path of paths.slice(0, MOST_FILES)) {
    files.push(await compareFile(git, path, parent, id));
  }
  const step = parseJournal((await readText(platform, PATHS.journal)) ?? '').find((entry) => entry.commit === id);
  const parents = await Promise.all(commit.parents.map(async (ref) => ({ id: ref, subject: (await git.log({ ref, depth: 1 }))[0]!.message.split('\n')[0]! })));
  return { commit, parents, files, further: paths.slice(MOST_FILES), ...(step ? { step } : {}) };
}

/** How a file changed between two revisions; without the first it was not there. */
export async function compareFile(git: Git, path: string, from: string | undefined, to: string): Promise<ChangedFile> {
  const [before, after] = [from === undefined ? undefined : await git.readAt(from, path), await git.readAt(to, path)];
  return { path, state: !before ? 'added' : !after ? 'removed' : 'changed', change: compareContents(before, after) };
}
