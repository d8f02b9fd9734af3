import { readSetting } from '../../../core/version/git-config.js';
import { isBehind, readRemotes, upstreamOf } from '../../../lab/team/tracking.js';
import { refuseOpenAct } from '../../git/bring-in.js';
import { fetchRefs, plainUrl } from '../../git/fetch-refs.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { findRemote } from '../../git/remotes.js';
import { rebaseBranch } from '../../git/rebase.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';
import { usualRemote } from './fetch.js';
import { bringTogether } from './merge.js';

const SPEC = {
  usage: 'git pull [<options>] [<repository> [<branch>]]',
  flags: { '--rebase': 'rebase', '-r': 'rebase', '--no-rebase': 'merge', '--ff-only': 'ff-only', '--ff': 'ff', '--no-ff': 'no-ff', '--no-edit': 'no-edit', '-q': 'quiet', '--quiet': 'quiet', '-p': 'prune', '--prune': 'prune', '-t': 'tags', '--tags': 'tags' },
};

/** `git pull`: fetches, then brings the followed branch in: forward, by a merge, or by making the own commits again on top. */
export const pull: Subcommand = {
  name: 'pull',
  summary: 'Fetch from and integrate with another repository or a local branch',
  async run(words, call) {
    const { flags, words: [given, branch, extra] } = readOptions(SPEC, words);
    if (extra !== undefined) throw fatal('one branch at a time here');
    await refuseOpenPull(call);
    if (given === undefined && (await readRemotes(call.git)).length === 0) throw new GitError(await noTracking(call, given), 1);
    const remote = await findRemote(call, given ?? (await usualRemote(call)));
    const followed = branch ?? (await followedBranch(call, given === undefined ? remote.name : given));
    const action = ['pull', ...words].join(' ');
    const fetched = await fetchRefs(call, remote, { action, prune: flags.has('prune'), tags: flags.has('tags'), ...(branch === undefined ? {} : { branches: [branch] }) });
    const said = flags.has('quiet') ? '' : fetched.account;
    const theirs = followed === undefined ? undefined : fetched.heads.get(followed);
    try {
      if (followed === undefined) throw new GitError(await noTracking(call, given), 1);
      if (theirs === undefined) throw new GitError(`Your configuration specifies to merge with the ref 'refs/heads/${followed}'\nfrom the remote, but no such ref was fetched.`, 1);
      const result = await integrate(call, flags, action, theirs, `Merge branch '${followed}' of ${plainUrl(remote.url)}`);
      return { ...result, err: said + (result.err ?? '') };
    } catch (cause) {
      throw cause instanceof GitError ? new GitError(said + cause.message, cause.status) : cause;
    }
  },
};

async function refuseOpenPull(call: GitCall): Promise<void> {
  const unmerged = (await call.git.status()).some((e) => e.conflict);
  if (unmerged) throw new GitError("error: Pulling is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.", 128);
  await refuseOpenAct(call, 'merge');
}

async function followedBranch({ git }: GitCall, remote: string): Promise<string | undefined> {
  const { branch } = await git.head();
  const upstream = branch === undefined ? undefined : await upstreamOf(git, branch);
  return upstream?.remote === remote ? upstream.merge.replace(/^refs\/heads\//, '') : undefined;
}

async function noTracking({ git }: GitCall, remote: string | undefined): Promise<string> {
  const { branch } = await git.head();
  if (branch === undefined) return 'You are not currently on a branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n';
  if (remote !== undefined) return `You asked to pull from the remote '${remote}', but did not specify\na branch. Because this is not the default configured remote\nfor your current branch, you must specify a branch on the command line.`;
  const known = await upstreamRemote(git);
  return `There is no tracking information for the current branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${known}/<branch> ${branch}\n`;
}

const upstreamRemote = async (git: GitCall['git']): Promise<string> => ((await git.refs('refs/remotes/')).size > 0 ? [...(await git.refs('refs/remotes/')).keys()][0]!.split('/')[2]! : '<remote>');

async function integrate(call: GitCall, flags: ReadonlySet<string>, action: string, theirs: string, title: string): ReturnType<Subcommand['run']> {
  const { git } = call;
  const { branch, commit: head } = await git.head();
  if (head === undefined) {
    await git.reset(theirs, 'keep', 'initial pull');
    return { status: 0 };
  }
  const config = await git.readConfig();
  const [rebase, only] = [readSetting(config, 'pull', '', 'rebase'), readSetting(config, 'pull', '', 'ff')];
  const isForward = await isBehind(git, head, theirs);
  const isHere = await isBehind(git, theirs, head);
  const byReplay = flags.has('rebase') || (rebase === 'true' && !flags.has('merge') && !flags.has('ff-only') && !flags.has('no-ff'));
  const forwardOnly = flags.has('ff-only') || (only === 'only' && !flags.has('merge') && !flags.has('rebase') && !flags.has('no-ff'));
  if (byReplay && !isForward && !forwardOnly) return rebaseBranch(call, { upstream: theirs, onto: theirs, ontoName: theirs, action, purpose: 'pull with rebase', quiet: flags.has('quiet') });
  if (!isForward && !isHere && forwardOnly) throw fatal('Not possible to fast-forward, aborting.');
  const decided = byReplay || flags.has('merge') || flags.has('no-ff') || flags.has('ff') || rebase !== undefined || only !== undefined;
  if (!isForward && !isHere && !decided) throw new GitError(UNDECIDED, 128);
  const message = `${title}${branch === 'main' || branch === 'master' ? '' : ` into ${branch ?? 'HEAD'}`}\n`;
  return bringTogether(call, { theirs, name: theirs, action, forward: flags.has('no-ff') ? 'never' : 'may', quiet: flags.has('quiet'), message });
}

const UNDECIDED = `${[
  'You have divergent branches and need to specify how to reconcile them.', 'You can do so by running one of the following commands sometime before', 'your next pull:', '',
  '  git config pull.rebase false  # merge', '  git config pull.rebase true   # rebase', '  git config pull.ff only       # fast-forward only', '',
  'You can replace "git config" with "git config --global" to set a default', 'preference for all repositories. You can also pass --rebase, --no-rebase,', 'or --ff-only on the command line to override the configured default per', 'invocation.',
].map((line) => `hint: ${line}\n`).join('')}fatal: Need to specify how to reconcile divergent branches.`;
