import { isBehind } from '../../lab/team/tracking.js';
import { explainLosses, namePicked } from './bring-in.js';
import { shortId } from './blob-id.js';
import { subjectOf } from './log-lines.js';
import { GitError } from './options.js';
import type { GitCall } from './subcommand.js';
import type { CommandResult } from '../command.js';

/** Makes the commits of the current branch again on top of another one, merges left out. When one does not fit, all is put back as it was. */
export async function replayOnto(call: GitCall, theirs: string, action: string, quiet: boolean): Promise<CommandResult> {
  const { git } = call;
  const { branch, commit: head } = await git.head();
  const entries = (await git.status()).filter((e) => e.staged !== 'untracked');
  if (entries.some((e) => e.unstaged !== 'unmodified')) throw new GitError('error: cannot pull with rebase: You have unstaged changes.\nerror: Please commit or stash them.', 128);
  if (entries.length > 0) throw new GitError('error: cannot pull with rebase: Your index contains uncommitted changes.\nerror: Please commit or stash them.', 128);
  if (await isBehind(git, theirs, head!)) return { err: quiet ? '' : `Current branch ${branch ?? 'HEAD'} is up to date.\n`, status: 0 };
  const known = new Set((await git.log({ ref: theirs })).map((c) => c.id));
  const mine = (await git.log({ ref: head! })).filter((c) => !known.has(c.id) && c.parents.length < 2).reverse();
  await call.turn.begin(call.signal);
  await git.writeNote('ORIG_HEAD', `${head}\n`);
  await git.reset(theirs, 'keep', `${action} (start): checkout ${theirs}`).catch((cause: unknown) => {
    throw explainLosses(cause, 'checkout');
  });
  for (const commit of mine) {
    const subject = subjectOf(commit.message);
    const outcome = await git.applyChanges(commit.parents[0], commit.id, { ours: 'HEAD', theirs: namePicked(commit.id, subject) });
    if (outcome.conflicts.length > 0) {
      await git.reset(head!, 'hard', `${action} (abort): returning to refs/heads/${branch ?? 'HEAD'}`);
      const files = outcome.conflicts.map((c) => `CONFLICT (${c.kind}): Merge conflict in ${c.path}\n`).join('');
      throw new GitError(`${files}error: could not apply ${shortId(commit.id)}... ${subject}\nhint: Your branch was put back as it was. A conflict is settled by a merge here:\nhint:   git pull --no-rebase`, 1);
    }
    // a change that the other side has too leaves nothing to commit
    const staged = (await git.status()).some((e) => e.staged !== 'unmodified' && e.staged !== 'untracked');
    if (staged) await git.commit(commit.message, { author: commit.author, reason: `${action} (pick): ${subject}` });
  }
  return { status: 0, err: quiet ? '' : `Successfully rebased and updated ${branch === undefined ? 'detached HEAD' : `refs/heads/${branch}`}.\n` };
}
