import { LabError } from '../../../core/lab-error.js';
import { shortId } from '../../git/blob-id.js';
import { abortAct, closeAct, describeMerge, explainLosses, noteConflicts, refuseOpenAct } from '../../git/bring-in.js';
import { fatal, GitError, lastValue, readOptions } from '../../git/options.js';
import { findRenames } from '../../git/renames.js';
import { changesBetween, revisionSide } from '../../git/sides.js';
import { modeLines, statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';

const SPEC = {
  usage: 'git merge [<options>] [<commit>]\n   or: git merge --abort',
  flags: { '--no-ff': 'no-ff', '--ff-only': 'ff-only', '--ff': 'ff', '--abort': 'abort', '--no-edit': 'no-edit', '-q': 'quiet', '--quiet': 'quiet' },
  values: { '-m': 'message' },
  refused: { '--squash': 'a merge here keeps both parents', '--continue': 'end the merge with git commit', '-s': 'there is one strategy here', '-X': 'sides are chosen file by file here' },
};

/** `git merge`: forward when it can, else a commit of two parents; conflicts wait for `git add` and `git commit`, or `--abort`. */
export const merge: Subcommand = {
  name: 'merge',
  summary: 'Join two development histories together',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    if (options.flags.has('abort')) return abortAct(call, 'merge').then(() => ok());
    const [name, extra] = options.words;
    if (name === undefined || extra !== undefined) throw fatal('name one branch or commit to merge');
    await refuseOpenAct(call, 'merge');
    const theirs = await call.git.resolve(name).catch(() => undefined);
    if (theirs === undefined) throw new GitError(`merge: ${name} - not something we can merge`, 1);
    const forward = options.flags.has('no-ff') ? 'never' : options.flags.has('ff-only') ? 'only' : 'may';
    return bringTogether(call, { theirs, name, action: `merge ${name}`, forward, quiet: options.flags.has('quiet'), message: lastValue(options, 'message') });
  },
};

/** A commit to bring into the current branch; `action` is what the reflog says, `name` what the markers of a conflict say. */
export interface Incoming {
  readonly theirs: string;
  readonly name: string;
  readonly action: string;
  readonly forward: 'may' | 'never' | 'only';
  readonly quiet: boolean;
  readonly message: string | undefined;
}

/** Goes forward to a commit when that is possible and wished, else merges it. */
export async function bringTogether(call: GitCall, incoming: Incoming): Promise<CommandResult> {
  const { theirs } = incoming;
  const head = (await call.git.head()).commit;
  if (head === undefined) throw fatal('there is no commit here to merge into; switch to the branch instead');
  const base = await call.git.mergeBase(head, theirs);
  if (base === undefined) throw fatal('refusing to merge unrelated histories');
  if (base === theirs) return ok('Already up to date.\n');
  if (base !== head && incoming.forward === 'only') throw fatal('Not possible to fast-forward, aborting.');
  await call.turn.begin(call.signal);
  await call.git.writeNote('ORIG_HEAD', `${head}\n`);
  return base === head && incoming.forward !== 'never' ? goForward(call, head, incoming) : join(call, { ...incoming, base, head });
}

async function goForward(call: GitCall, head: string, { theirs, action, quiet }: Incoming): Promise<CommandResult> {
  const known = await call.git.treeAt('INDEX');
  await call.git.reset(theirs, 'keep', `${action}: Fast-forward`).catch((cause: unknown) => {
    const files = cause instanceof LabError ? cause.data['files'] : undefined;
    const untracked = Array.isArray(files) && files.every((f) => !known.has(String(f)));
    throw prefixed(explainLosses(untracked ? new LabError('untracked-changes', { files }) : cause, 'merge'), `Updating ${shortId(head)}..${shortId(theirs)}\n`);
  });
  return ok(quiet ? '' : `Updating ${shortId(head)}..${shortId(theirs)}\nFast-forward\n${await summary(call, head, theirs)}`);
}

const prefixed = (cause: unknown, head: string): unknown => (cause instanceof GitError ? new GitError(head + cause.message, cause.status) : cause);

async function summary({ git }: GitCall, from: string, to: string): Promise<string> {
  const changes = findRenames(await changesBetween(await revisionSide(git, from), await revisionSide(git, to)));
  return statOf(changes) + modeLines(changes);
}

interface Join extends Incoming {
  readonly base: string;
  readonly head: string;
}

async function join(call: GitCall, { base, head, theirs, name, action, quiet, message: given }: Join): Promise<CommandResult> {
  const { git } = call;
  const names = { ours: 'HEAD', theirs: name };
  const outcome = await git.applyChanges(base, theirs, names).catch((cause: unknown) => {
    throw explainLosses(cause, 'merge');
  });
  const message = given ?? (await messageFor(call, name));
  const said = describeMerge(outcome, names);
  if (outcome.conflicts.length > 0) {
    await git.writeNote('MERGE_HEAD', `${theirs}\n`);
    await git.writeNote('MERGE_MSG', noteConflicts(message, outcome));
    return { out: `${said}Automatic merge failed; fix conflicts and then commit the result.\n`, status: 1 };
  }
  const reason = `${action}: Merge made by the 'ort' strategy.`;
  const id = await git.commit(message, { parents: [head, theirs], reason, empty: true });
  await closeAct(call);
  return ok(quiet ? '' : `${said}Merge made by the 'ort' strategy.\n${await summary(call, head, id)}`);
}

async function messageFor({ git }: GitCall, name: string): Promise<string> {
  const into = (await git.head()).branch;
  const isRemote = (await git.refs('refs/remotes/')).has(`refs/remotes/${name}`);
  const what = (await git.branches()).includes(name) ? 'branch' : (await git.tags()).includes(name) ? 'tag' : isRemote ? 'remote-tracking branch' : 'commit';
  return `Merge ${what} '${name}'${into === 'main' || into === 'master' ? '' : ` into ${into ?? 'HEAD'}`}\n`;
}
