import type { CommitInfo } from '../../lab/platform.js';
import { isBehind } from '../../lab/team/tracking.js';
import type { CommandResult } from '../command.js';
import { GitError } from './options.js';
import { choosePicks } from './rebase-picks.js';
import { goOn } from './rebase-steps.js';
import { pickOf, writeRebase, type Rebase } from './rebase-state.js';
import { shortId } from './blob-id.js';
import { LabError } from '../../core/lab-error.js';
import type { GitCall } from './subcommand.js';

/** What is to be made again, and where. */
export interface RebasePlan {
  /** Commits that this one leads to are left out. */
  readonly upstream: string;
  readonly onto: string;
  /** How `onto` was called, for the reflog. */
  readonly ontoName: string;
  /** What the reflog names the act, such as `rebase`. */
  readonly action: string;
  /** What cannot be done while there are changes, such as `rebase`. */
  readonly purpose: string;
  readonly quiet: boolean;
  /** The branch to work on, when it is not the current one; for a commit its id. */
  readonly target?: { readonly branch?: string; readonly commit: string };
  /** Also what the other side has already. */
  readonly all?: boolean;
  /** Also when nothing would change. */
  readonly force?: boolean;
}

/** Makes the commits of a branch again on top of another one, merges left out; stops at a conflict. */
export async function rebaseBranch(call: GitCall, plan: RebasePlan): Promise<CommandResult> {
  const { git } = call;
  await refuseChanges(call, plan.purpose);
  const { branch, commit: head } = plan.target ?? (await git.head());
  if (!plan.force && (await isInPlace(call, plan, head!))) {
    if (plan.target) await goTo(call, plan.target, plan.action);
    return { status: 0, out: plan.quiet ? '' : branch === undefined ? 'HEAD is up to date.\n' : `Current branch ${branch} is up to date.\n` };
  }
  const { picks, applied } = await choosePicks(git, plan.upstream, head!, plan.all === true);
  const skipped = applied.map((c) => `warning: skipped previously applied commit ${shortId(c.id)}\n`).join('') + (applied.length === 0 ? '' : SKIPPED);
  const start = plan.force ? 0 : inPlaceAlready(picks, plan.onto);
  await call.turn.begin(call.signal);
  const from = start === 0 ? plan.onto : picks[start - 1]!.id;
  await git.detach(from, `${plan.action} (start): checkout ${plan.ontoName}`).catch((cause: unknown) => {
    throw explainStart(cause, skipped);
  });
  await git.writeNote('ORIG_HEAD', `${head}\n`);
  const rebase: Rebase = { branch, onto: plan.onto, origHead: head!, done: picks.slice(0, start).map(pickOf), todo: picks.slice(start).map(pickOf), quiet: plan.quiet };
  await writeRebase(git, rebase);
  const result = await goOn(call, rebase, plan.action);
  return { ...result, err: skipped + (result.err ?? '') };
}

const SKIPPED = 'hint: use --reapply-cherry-picks to include skipped commits\nhint: Disable this message with "git config advice.skippedCherryPicks false"\n';

/** Refuses while tracked files or the index hold changes. */
async function refuseChanges({ git }: GitCall, purpose: string): Promise<void> {
  const entries = (await git.status()).filter((e) => e.staged !== 'untracked');
  const unstaged = entries.some((e) => e.conflict || (e.unstaged !== 'unmodified' && e.unstaged !== 'untracked'));
  const staged = entries.some((e) => e.staged !== 'unmodified');
  if (!unstaged && !staged) return;
  const index = unstaged && staged ? 'additionally, your index' : 'Your index';
  const first = unstaged ? 'You have unstaged changes.' : `${index} contains uncommitted changes.`;
  const second = unstaged && staged ? `error: ${index} contains uncommitted changes.\n` : '';
  throw new GitError(`error: cannot ${purpose}: ${first}\n${second}error: Please commit or stash them.`, purpose === 'rebase' ? 1 : 128);
}

/** Whether a branch stands in one line on top of `onto` already, and nothing would be left out. */
async function isInPlace({ git }: GitCall, { upstream, onto }: RebasePlan, head: string): Promise<boolean> {
  if (!(await isBehind(git, onto, head)) || (upstream !== onto && (await git.mergeBase(upstream, head)) !== onto)) return false;
  const below = new Set((await git.log({ ref: onto })).map((c) => c.id));
  return (await git.log({ ref: head })).every((c) => below.has(c.id) || c.parents.length < 2);
}

async function goTo({ git, turn, signal }: GitCall, { branch, commit }: { branch?: string; commit: string }, action: string): Promise<void> {
  await turn.begin(signal);
  if (branch === undefined) await git.detach(commit, `${action}: checkout ${commit}`);
  else await git.switchTo(branch, `${action}: checkout ${branch}`);
}

/** How many of the first commits stand on `onto` as they are. */
function inPlaceAlready(picks: readonly CommitInfo[], onto: string): number {
  let [at, n] = [onto, 0];
  while (picks[n]?.parents[0] === at) at = picks[n++]!.id;
  return n;
}

function explainStart(cause: unknown, said: string): unknown {
  const files = cause instanceof LabError && cause.code === 'local-changes' ? cause.data['files'] : undefined;
  if (!Array.isArray(files)) return cause;
  const list = files.map((p) => `\t${String(p)}\n`).join('');
  return new GitError(`${said}error: The following untracked working tree files would be overwritten by checkout:\n${list}Please move or remove them before you switch branches.\nAborting\nerror: could not detach HEAD`, 1);
}
