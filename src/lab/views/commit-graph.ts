import { parseJournal } from '../../core/govern/journal.js';
import type { Git, GitNote, Platform, StatusEntry } from '../platform.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** A commit as a row of the graph shows it; `at` in milliseconds since 1970. */
export interface GraphCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: string;
  readonly at: number;
  /** The verb that made it. */
  readonly verb?: string;
}

export interface GraphRef {
  readonly name: string;
  readonly kind: 'branch' | 'remote' | 'tag';
  readonly id: string;
}

/** One file that is not as the last commit has it. */
export interface WorkFile {
  readonly path: string;
  readonly state: 'conflicted' | 'staged' | 'changed' | 'untracked';
}

/** Every branch, remote-tracking branch and tag, the newest commits that they reach, and what is not committed. */
export interface GraphFacts {
  /** The current branch; undefined on a detached HEAD. */
  readonly branch?: string;
  readonly head?: string;
  /** Tip of the line that keeps the first lane. */
  readonly main?: string;
  readonly refs: readonly GraphRef[];
  readonly commits: readonly GraphCommit[];
  /** There are older ones. */
  readonly more: boolean;
  readonly work: readonly WorkFile[];
  /** An act of git's that waits to be ended. */
  readonly doing?: 'merge' | 'cherry-pick' | 'revert' | 'rebase';
}

const DEFAULT_LIMIT = 200;
const NOTES: readonly (readonly [GitNote, NonNullable<GraphFacts['doing']>])[] = [['MERGE_HEAD', 'merge'], ['CHERRY_PICK_HEAD', 'cherry-pick'], ['REVERT_HEAD', 'revert']];

/** The graph of the newest `limit` commits (200 when not named), newest first, a parent never before its child. */
export async function commitGraph({ platform }: Session, args: VerbArgs): Promise<GraphFacts> {
  const { git } = platform;
  const limit = Math.max(1, Math.min(10_000, Math.floor(Number(args['limit'] ?? DEFAULT_LIMIT)) || DEFAULT_LIMIT));
  const { branch, commit: head } = await git.head();
  const refs = await allRefs(git);
  const tips = [...new Set([...(head === undefined ? [] : ['HEAD']), ...refs.map(({ id }) => id)])];
  const log = tips.length === 0 ? [] : await git.log({ ref: tips, depth: limit + 1 });
  const verbs = new Map(parseJournal((await readText(platform, PATHS.journal)) ?? '').map(({ commit, action }) => [commit, action]));
  const commits = log.slice(0, limit).map(({ id, parents, message, author }) => {
    const verb = verbs.get(id);
    return { id, parents, subject: message.split('\n')[0]!, author: author.name, at: author.timestamp * 1000, ...(verb === undefined ? {} : { verb }) };
  });
  const main = (refs.find(({ kind, name }) => kind === 'branch' && (name === 'main' || name === 'master'))?.id ?? head);
  const doing = await unfinished(platform);
  return {
    ...(branch === undefined ? {} : { branch }), ...(head === undefined ? {} : { head }), ...(main === undefined ? {} : { main }), ...(doing ? { doing } : {}),
    refs, commits, more: log.length > limit, work: (await git.status()).flatMap(workFiles),
  };
}

async function allRefs(git: Git): Promise<GraphRef[]> {
  const found: GraphRef[] = [];
  for (const [prefix, kind] of [['refs/heads/', 'branch'], ['refs/remotes/', 'remote'], ['refs/tags/', 'tag']] as const) {
    for (const ref of (await git.refs(prefix)).keys()) {
      if (kind === 'remote' && ref.endsWith('/HEAD')) continue;
      // a tag may name what is no commit; it has no place in the graph
      const id = await git.resolve(ref).catch(() => undefined);
      if (id !== undefined) found.push({ name: ref.slice(prefix.length), kind, id });
    }
  }
  return found;
}

async function unfinished({ git, files }: Platform): Promise<GraphFacts['doing']> {
  for (const [note, doing] of NOTES) if ((await git.readNote(note)) !== undefined) return doing;
  return (await files.list('.git/rebase-merge')).length > 0 ? 'rebase' : undefined;
}

/** A file can be staged and changed again since. */
function workFiles({ path, staged, unstaged, conflict }: StatusEntry): WorkFile[] {
  if (conflict) return [{ path, state: 'conflicted' }];
  if (unstaged === 'untracked' || staged === 'untracked') return [{ path, state: 'untracked' }];
  return [...(staged === 'unmodified' ? [] : [{ path, state: 'staged' as const }]), ...(unstaged === 'unmodified' ? [] : [{ path, state: 'changed' as const }])];
}
