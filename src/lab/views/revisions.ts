import { findChanges, type StageChange } from '../../core/pipeline/find-changes.js';
import { LabError } from '../../core/lab-error.js';
import type { CommitInfo, StatusEntry } from '../platform.js';
import { readPipeline, stateOf } from '../project/pipeline-file.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** The repository as a graph: where each branch stands, every commit that a branch reaches, and what is not committed. */
export interface Revisions {
  /** The current branch; undefined on a detached HEAD. */
  readonly branch?: string;
  readonly branches: Readonly<Record<string, string>>;
  readonly commits: readonly CommitInfo[];
  readonly status: readonly StatusEntry[];
  /** A merge waits to be committed or given up. */
  readonly merging: boolean;
}

export async function revisions({ platform: { git } }: Session): Promise<Revisions> {
  const { branch } = await git.head();
  const names = await git.branches();
  const branches: Record<string, string> = {};
  const commits = new Map<string, CommitInfo>();
  for (const name of names) {
    branches[name] = await git.resolve(name);
    if (!commits.has(branches[name])) for (const commit of await git.log({ ref: name })) commits.set(commit.id, commit);
  }
  return { branch, branches, commits: [...commits.values()], status: await git.status(), merging: (await git.readNote('MERGE_HEAD')) !== undefined };
}

/** Text of a file at a revision (at most 256 KiB of it), or none where it is absent. Throws `unknown-revision`. */
export async function fileAt({ platform: { git } }: Session, args: VerbArgs): Promise<{ text?: string }> {
  const bytes = await git.readAt(String(args['revision'] ?? 'HEAD'), String(args['path'] ?? ''));
  return bytes ? { text: new TextDecoder().decode(bytes.subarray(0, 256 * 1024)) } : {};
}

/** What differs from the last run, for each stage of `dvc.yaml`. Throws `not-found` without one. */
export async function stageChanges({ platform }: Session): Promise<Readonly<Record<string, readonly StageChange[]>>> {
  if (!(await platform.files.stat('dvc.yaml'))) throw new LabError('not-found', { path: 'dvc.yaml' });
  const { graph, locked } = await readPipeline(platform);
  const found: Record<string, readonly StageChange[]> = {};
  for (const [name, stage] of graph.stages) found[name] = findChanges(stage, locked[name], await stateOf(platform, stage, locked[name]));
  return found;
}
