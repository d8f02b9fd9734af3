import { upstreamOf } from '../../../lab/team/tracking.js';
import type { CommandResult } from '../../command.js';
import { fatal, GitError, lastValue, readOptions, type ReadOptions } from '../../git/options.js';
import { rebaseBranch, type RebasePlan } from '../../git/rebase.js';
import { readRebase } from '../../git/rebase-state.js';
import { abortRebase, continueRebase, quitRebase, skipCommit } from '../../git/rebase-steps.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';

const NO_EDITOR = 'there is no editor here; the commits are made again one by one, as they are';
const SPEC = {
  usage: 'git rebase [-q] [-f] [--onto <newbase>] [<upstream> [<branch>]]\n   or: git rebase --continue | --abort | --skip | --quit',
  flags: {
    '--continue': 'continue', '--abort': 'abort', '--skip': 'skip', '--quit': 'quit', '-q': 'quiet', '--quiet': 'quiet', '-f': 'force', '--force-rebase': 'force', '--no-ff': 'force',
    '--reapply-cherry-picks': 'all', '-m': 'merge', '--merge': 'merge',
  },
  values: { '--onto': 'onto' },
  refused: { '-i': NO_EDITOR, '--interactive': NO_EDITOR, '--edit-todo': NO_EDITOR, '--autostash': 'stash the changes first, with git stash', '-r': 'merges are left out here', '--rebase-merges': 'merges are left out here', '--root': 'name a commit with --onto' },
};
const ENDINGS: Readonly<Record<string, (call: GitCall) => Promise<CommandResult>>> = { continue: continueRebase, abort: abortRebase, skip: skipCommit, quit: quitRebase };

/** `git rebase`: makes the commits of a branch again on top of another; `--continue`, `--skip` and `--abort` after a conflict. */
export const rebase: Subcommand = {
  name: 'rebase',
  summary: 'Reapply commits on top of another base tip',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const ending = Object.keys(ENDINGS).find((name) => options.flags.has(name));
    if (ending !== undefined) return ENDINGS[ending]!(call);
    if (await readRebase(call.git)) throw new GitError(ALREADY, 128);
    if (options.words.length > 2) throw new GitError(`usage: ${SPEC.usage}\n`, 129);
    return rebaseBranch(call, await readPlan(call, options));
  },
};

async function readPlan(call: GitCall, options: ReadOptions): Promise<RebasePlan> {
  const { git } = call;
  const [word, branch] = options.words;
  const upstream = word === undefined ? await followed(call) : { name: word, id: await git.resolve(word === '-' ? '@{-1}' : word).catch(() => undefined) };
  if (upstream.id === undefined) throw fatal(`invalid upstream '${upstream.name}'`);
  const given = lastValue(options, 'onto');
  const onto = given === undefined ? upstream.id : await git.resolve(given).catch(() => undefined);
  if (onto === undefined) throw fatal(`Does not point to a valid commit '${given}'`);
  const target = branch === undefined ? undefined : await findTarget(call, branch);
  if (!target && (await git.head()).commit === undefined) throw fatal('Could not resolve HEAD to a revision');
  const { flags } = options;
  return { upstream: upstream.id, onto, ontoName: given ?? upstream.name, action: 'rebase', purpose: 'rebase', quiet: flags.has('quiet'), all: flags.has('all'), force: flags.has('force'), ...(target ? { target } : {}) };
}

async function findTarget({ git }: GitCall, word: string): Promise<NonNullable<RebasePlan['target']>> {
  const isBranch = (await git.branches()).includes(word);
  const commit = await git.resolve(isBranch ? `refs/heads/${word}` : word).catch(() => undefined);
  if (commit === undefined) throw fatal(`no such branch/commit '${word}'`);
  return isBranch ? { branch: word, commit } : { commit };
}

/** What the current branch follows. */
async function followed({ git }: GitCall): Promise<{ name: string; id: string | undefined }> {
  const { branch } = await git.head();
  const upstream = branch === undefined ? undefined : await upstreamOf(git, branch);
  if (upstream) return { name: upstream.remote === '.' ? upstream.merge : `refs/remotes/${upstream.name}`, id: upstream.id };
  const name = branch === undefined ? 'You are not currently on a branch.' : 'There is no tracking information for the current branch.';
  const more = branch === undefined ? '' : `\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=<remote>/<branch> ${branch}\n\n`;
  throw new GitError(`${name}\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n${more}`, 1);
}

const ALREADY = `fatal: It seems that there is already a rebase-merge directory, and
I wonder if you are in the middle of another rebase.  If that is the
case, please try
	git rebase (--continue | --abort | --skip)
If that is not the case, please
	rm -fr ".git/rebase-merge"
and run me again.  I am stopping in case you still have something
valuable there.

`;
