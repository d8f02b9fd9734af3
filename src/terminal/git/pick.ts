import type { CommitInfo } from '../../lab/platform.js';
import type { CommandResult } from '../command.js';
import { abortAct, closeAct, describeMerge, explainLosses, namePicked, noteConflicts, openAct, refuseOpenAct, unmergedError, withoutComments } from './bring-in.js';
import { shortId } from './blob-id.js';
import { gitDate, subjectOf } from './log-lines.js';
import { fatal, GitError, readOptions } from './options.js';
import { findRevision } from './revision.js';
import { findRenames } from './renames.js';
import { changesBetween, revisionSide } from './sides.js';
import { modeLines, shortStatOf } from './stat.js';
import { ok, type GitCall, type Subcommand } from './subcommand.js';

type Act = 'cherry-pick' | 'revert';
const NOTES = { 'cherry-pick': 'CHERRY_PICK_HEAD', revert: 'REVERT_HEAD' } as const;
const PAST = { 'cherry-pick': 'cherry-picking', revert: 'reverting' } as const;
const specOf = (act: Act) => ({
  usage: `git ${act} [--no-edit] <commit>...\n   or: git ${act} (--continue | --skip | --abort)`,
  flags: { '--continue': 'continue', '--abort': 'abort', '--skip': 'abort', '--no-edit': 'no-edit' },
  refused: { '-n': 'each commit here stands for itself', '--no-commit': 'each commit here stands for itself', '-m': 'which parent of a merge counts cannot be chosen here' },
});

/** The command that makes a commit's change again, or undoes it, with `--continue`, `--skip` and `--abort` for conflicts. */
export function pickCommand(act: Act, summary: string): Subcommand {
  return {
    name: act,
    summary,
    async run(words, call) {
      const { flags, words: names } = readOptions(specOf(act), words);
      if (flags.has('abort')) return abortAct(call, act).then(() => ok());
      if (flags.has('continue')) return finish(call, act);
      if (names.length !== 1) throw new GitError(names.length === 0 ? `usage: git ${act} [<options>] <commit-ish>...` : `error: one commit at a time here`, 129);
      await refuseOpenAct(call, act);
      const id = await findRevision(call.git, names[0]!);
      const commit = (await call.git.log({ ref: id, depth: 1 }))[0]!;
      if (commit.parents.length > 1) throw new GitError(`error: commit ${id} is a merge but no -m option was given.\nfatal: ${act} failed`, 128);
      await call.turn.begin(call.signal);
      return pick(call, act, commit);
    },
  };
}

async function pick(call: GitCall, act: Act, commit: CommitInfo): Promise<CommandResult> {
  const { git } = call;
  const [parent, subject] = [commit.parents[0], subjectOf(commit.message)];
  if (act === 'revert' && parent === undefined) throw fatal('the first commit cannot be reverted here');
  const theirs = act === 'revert' ? `parent of ${namePicked(commit.id, subject)}` : namePicked(commit.id, subject);
  const names = { ours: 'HEAD', theirs };
  const sides = act === 'revert' ? ([commit.id, parent!] as const) : ([parent, commit.id] as const);
  const outcome = await git.applyChanges(...sides, names).catch((cause: unknown) => {
    throw explainPick(cause, act);
  });
  const message = act === 'revert' ? `Revert "${subject}"\n\nThis reverts commit ${commit.id}.\n` : commit.message;
  await git.writeNote('MERGE_MSG', outcome.conflicts.length > 0 ? noteConflicts(message, outcome) : message);
  const said = describeMerge(outcome, names);
  if (outcome.conflicts.length === 0) return record(call, act, message, commit, said);
  await git.writeNote(NOTES[act], `${commit.id}\n`);
  const wanted = act === 'revert' ? 'revert' : 'apply';
  const hints = ['After resolving the conflicts, mark them with', '"git add/rm <pathspec>", then run', `"git ${act} --continue".`, `You can instead skip this commit with "git ${act} --skip".`, `To abort and get back to the state before "git ${act}",`, `run "git ${act} --abort".`];
  return { out: said, err: `error: could not ${wanted} ${shortId(commit.id)}... ${subject}\n${hints.map((h) => `hint: ${h}\n`).join('')}`, status: 1 };
}

function explainPick(cause: unknown, act: Act): unknown {
  const known = explainLosses(cause, 'merge');
  return known instanceof GitError ? new GitError(`${known.message}\nfatal: ${act} failed`, 128) : cause;
}

async function finish(call: GitCall, act: Act): Promise<CommandResult> {
  if ((await openAct(call)) !== act) throw new GitError(`error: no cherry-pick or revert in progress\nfatal: ${act} failed`, 128);
  const entries = await call.git.status();
  if (entries.some((e) => e.conflict)) throw unmergedError(entries);
  const id = (await call.git.readNote(NOTES[act]))!.trim();
  const commit = (await call.git.log({ ref: id, depth: 1 }))[0]!;
  await call.turn.begin(call.signal);
  return record(call, act, withoutComments((await call.git.readNote('MERGE_MSG')) ?? commit.message), commit, '');
}

async function record(call: GitCall, act: Act, message: string, picked: CommitInfo, said: string): Promise<CommandResult> {
  const { git } = call;
  const before = (await git.head()).commit!;
  const staged = findRenames(await changesBetween(await revisionSide(git, before), await revisionSide(git, 'INDEX')));
  if (staged.length === 0) {
    await closeAct(call);
    throw new GitError(`${said}nothing is left of ${shortId(picked.id)} to commit: this branch has the change already (${PAST[act]} ended)`, 1);
  }
  const id = await git.commit(message, { reason: `${act}: ${subjectOf(message)}`, ...(act === 'cherry-pick' ? { author: picked.author } : {}) });
  await closeAct(call);
  const date = ` Date: ${gitDate((await git.log({ ref: id, depth: 1 }))[0]!.author)}\n`;
  return ok(`${said}[${(await git.head()).branch ?? 'detached HEAD'} ${shortId(id)}] ${subjectOf(message)}\n${date}${shortStatOf(staged)}${modeLines(staged)}`);
}
