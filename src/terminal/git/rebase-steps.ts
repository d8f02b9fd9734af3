import type { CommitInfo, MergeOutcome, SideNames } from '../../lab/platform.js';
import type { CommandResult } from '../command.js';
import { closeAct, describeMerge, explainLosses, namePicked, noteConflicts, withoutComments } from './bring-in.js';
import { shortId } from './blob-id.js';
import { subjectOf } from './log-lines.js';
import { fatal, GitError } from './options.js';
import { patchOf } from './patch.js';
import { isEmptyCommit } from './rebase-picks.js';
import { forgetRebase, readRebase, writeRebase, writeStop, type Pick, type Rebase } from './rebase-state.js';
import { findRenames } from './renames.js';
import { changesBetween, changesOfCommit, revisionSide } from './sides.js';
import { modeLines, shortStatOf } from './stat.js';
import type { GitCall } from './subcommand.js';

interface Step {
  readonly out: string;
  readonly err: string;
  /** The rebase waits for the learner. */
  readonly stops: boolean;
  /** It waits before this commit, and not in the middle of it. */
  readonly again?: true;
}

/** Makes what is left of a rebase; ends it, or keeps it where it stops. */
export async function goOn(call: GitCall, begun: Rebase, action: string, said = ''): Promise<CommandResult> {
  let rebase = begun;
  let [out, err] = [said, ''];
  while (rebase.todo.length > 0) {
    const [next, ...todo] = rebase.todo;
    const step = await pickOne(call, next!, action);
    out += step.out;
    err += step.err;
    if (!step.again) rebase = { ...rebase, done: [...rebase.done, next!], todo };
    if (!step.stops) continue;
    await writeRebase(call.git, rebase);
    return { out, err, status: 1 };
  }
  await finish(call, rebase, action);
  const name = rebase.branch === undefined ? 'detached HEAD' : `refs/heads/${rebase.branch}`;
  return { out, err: rebase.quiet ? err : `${err}Successfully rebased and updated ${name}.\n`, status: 0 };
}

async function finish({ git }: GitCall, { branch, onto }: Rebase, action: string): Promise<void> {
  if (branch !== undefined) {
    await git.setRef(`refs/heads/${branch}`, (await git.head()).commit, `${action} (finish): refs/heads/${branch} onto ${onto}`);
    await git.attach(branch, `${action} (finish): returning to refs/heads/${branch}`);
  }
  await forgetRebase(git);
}

async function pickOne(call: GitCall, pick: Pick, action: string): Promise<Step> {
  const { git } = call;
  const commit = await commitOf(call, pick.id);
  const subject = subjectOf(commit.message);
  const names = { ours: 'HEAD', theirs: namePicked(commit.id, subject) };
  const outcome = await applyPick(call, commit, names);
  if (typeof outcome === 'string') return waitBefore(call, commit, outcome);
  const out = describeMerge(outcome, names);
  if (outcome.conflicts.length > 0) {
    await writeStop(git, commit, noteConflicts(commit.message, outcome), (await changesOfCommit(git, commit)).map(patchOf).join(''));
    return { out, err: `error: could not apply ${shortId(commit.id)}... ${subject}\n${HINTS}Could not apply ${shortId(commit.id)}... ${subject}\n`, stops: true };
  }
  const staged = (await git.status()).some((e) => e.staged !== 'unmodified' && e.staged !== 'untracked');
  const empty = !staged && (await isEmptyCommit(git, commit));
  if (!staged && !empty) return { out, err: `dropping ${commit.id} ${subject} -- patch contents already upstream\n`, stops: false };
  await git.commit(commit.message, { author: commit.author, reason: `${action} (pick): ${subject}`, empty });
  return { out, err: '', stops: false };
}

/** What a commit's change did to the files, or git's words for what stands in its way. */
async function applyPick({ git }: GitCall, commit: CommitInfo, names: SideNames): Promise<MergeOutcome | string> {
  try {
    return await git.applyChanges(commit.parents[0], commit.id, names);
  } catch (cause) {
    const known = explainLosses(cause, 'merge');
    if (known instanceof GitError) return known.message;
    throw cause;
  }
}

const HINTS = [
  'Resolve all conflicts manually, mark them as resolved with', '"git add/rm <conflicted_files>", then run "git rebase --continue".',
  'You can instead skip this commit: run "git rebase --skip".', 'To abort and get back to the state before "git rebase", run "git rebase --abort".',
].map((line) => `hint: ${line}\n`).join('');

/** Untracked files stand in the way of a commit, which is kept for the next try. */
async function waitBefore(call: GitCall, commit: CommitInfo, why: string): Promise<Step> {
  const subject = subjectOf(commit.message);
  const lines = ['Could not execute the todo command', '', `    pick ${commit.id} ${subject}`, '', 'It has been rescheduled; To edit the command before continuing, please', 'edit the todo list first:', '', '    git rebase --edit-todo', '    git rebase --continue'];
  await call.git.writeNote('REBASE_HEAD', `${commit.id}\n`);
  return { out: '', err: `${why}\n${lines.map((line) => `hint: ${line}\n`).join('')}Could not apply ${shortId(commit.id)}... ${subject}\n`, stops: true, again: true };
}

const commitOf = async ({ git }: GitCall, id: string): Promise<CommitInfo> => (await git.log({ ref: id, depth: 1 }))[0]!;

async function needRebase({ git }: GitCall): Promise<Rebase> {
  const rebase = await readRebase(git);
  if (!rebase) throw fatal('No rebase in progress?');
  return rebase;
}

/** `git rebase --continue`: commits what was settled and goes on. */
export async function continueRebase(call: GitCall): Promise<CommandResult> {
  const { git } = call;
  const rebase = await needRebase(call);
  const entries = await git.status();
  const open = entries.filter((e) => e.conflict).map((e) => `${e.path}: needs merge\n`).join('');
  if (open !== '' || entries.some((e) => e.unstaged === 'modified' || e.unstaged === 'deleted'))
    return { out: `${open}You must edit all merge conflicts and then\nmark them as resolved using git add\n`, status: 1 };
  await call.turn.begin(call.signal);
  const said = await commitSettled(call);
  await closeAct(call);
  return goOn(call, rebase, 'rebase', said);
}

/** The commit at which the rebase stopped, as the learner settled it; gives what git says of it. */
async function commitSettled({ git }: GitCall): Promise<string> {
  const head = (await git.head()).commit!;
  const staged = findRenames(await changesBetween(await revisionSide(git, head), await revisionSide(git, 'INDEX')));
  const stopped = (await git.readNote('rebase-merge/stopped-sha'))?.trim();
  if (staged.length === 0 || stopped === undefined) return '';
  const commit = (await git.log({ ref: stopped, depth: 1 }))[0]!;
  const message = withoutComments((await git.readNote('MERGE_MSG')) ?? (await git.readNote('rebase-merge/message')) ?? commit.message);
  const id = await git.commit(message, { author: commit.author, reason: `rebase (continue): ${subjectOf(message)}` });
  return `[detached HEAD ${shortId(id)}] ${subjectOf(message)}\n${shortStatOf(staged)}${modeLines(staged)}`;
}

/** `git rebase --skip`: leaves out the commit at which the rebase stopped and goes on. */
export async function skipCommit(call: GitCall): Promise<CommandResult> {
  const rebase = await needRebase(call);
  await call.turn.begin(call.signal);
  await call.git.reset('HEAD', 'hard');
  await closeAct(call);
  return goOn(call, rebase, 'rebase');
}

/** `git rebase --abort`: the branch and the files as they were before. */
export async function abortRebase(call: GitCall): Promise<CommandResult> {
  const { git } = call;
  const { branch, origHead } = await needRebase(call);
  await call.turn.begin(call.signal);
  await git.reset(origHead, 'hard');
  if (branch === undefined) await git.detach(origHead, `rebase (abort): returning to ${origHead}`);
  else await git.attach(branch, `rebase (abort): returning to refs/heads/${branch}`);
  await forgetRebase(git);
  return { status: 0 };
}

/** `git rebase --quit`: forgets the rebase and leaves everything where it is. */
export async function quitRebase(call: GitCall): Promise<CommandResult> {
  await needRebase(call);
  await call.turn.begin(call.signal);
  await forgetRebase(call.git);
  return { status: 0 };
}
