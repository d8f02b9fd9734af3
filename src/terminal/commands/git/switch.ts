import { LabError } from '../../../core/lab-error.js';
import { openAct } from '../../git/bring-in.js';
import { fatal, GitError, lastValue, readOptions } from '../../git/options.js';
import { readRebase } from '../../git/rebase-state.js';
import { setUpstream } from '../../git/remotes.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';
import { trackingLines } from '../../git/tracking-words.js';
import { create } from './branch.js';

const SPEC = {
  usage: 'git switch [<options>] [<branch>]',
  flags: { '-q': 'quiet', '--quiet': 'quiet' },
  values: { '-c': 'create', '--create': 'create' },
  refused: { '--detach': 'a detached HEAD is not offered here; make a branch at that commit with -c', '-d': 'a detached HEAD is not offered here; make a branch at that commit with -c', '-f': 'changes are not thrown away here; commit them first', '--discard-changes': 'changes are not thrown away here; commit them first' },
};

/** `git switch`, with `-c` to a new branch; refused when it would overwrite changes. */
export const switchTo: Subcommand = {
  name: 'switch',
  summary: 'Switch branches',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const made = lastValue(options, 'create');
    const name = made ?? options.words[0];
    if (name === undefined) throw fatal('missing branch or commit argument');
    await refuseUnfinished(call);
    let tracked = '';
    const follows = made === undefined && options.words.length === 1 ? await remoteBranch(call, name) : undefined;
    if (follows !== undefined) tracked = await track(call, name, follows);
    else if (made !== undefined) tracked = await createTracking(call, made, options.words);
    else if (options.words.length > 1) throw fatal('only one reference expected');
    else await checkTarget(call, name);
    if (made === undefined && (await call.git.head()).branch === name) return { out: await trackingLines(call.git, name), err: `Already on '${name}'\n`, status: 0 };
    await call.turn.begin(call.signal);
    const isNew = made !== undefined || follows !== undefined;
    await call.git.switchTo(name).catch(async (cause: unknown) => {
      if (isNew) await takeBack(call, name);
      throw explain(cause);
    });
    if (options.flags.has('quiet')) return { status: 0 };
    return { out: isNew ? tracked : await trackingLines(call.git, name), err: `Switched to ${isNew ? 'a new branch' : 'branch'} '${name}'\n`, status: 0 };
  },
};

/** The one remote that has a branch of this name, when there is none here; `origin/<name>`. */
async function remoteBranch({ git }: GitCall, name: string): Promise<string | undefined> {
  if ((await git.branches()).includes(name)) return undefined;
  const found = [...(await git.refs('refs/remotes/')).keys()].map((ref) => ref.slice('refs/remotes/'.length)).filter((ref) => ref.slice(ref.indexOf('/') + 1) === name && name !== 'HEAD');
  return found.length === 1 ? found[0] : undefined;
}

/** Makes a branch that follows one of a remote. */
async function track(call: GitCall, name: string, from: string): Promise<string> {
  await create(call, [name, `refs/remotes/${from}`], from);
  const slash = from.indexOf('/');
  await setUpstream(call, name, from.slice(0, slash), `refs/heads/${from.slice(slash + 1)}`);
  return `branch '${name}' set up to track '${from}'.\n`;
}

async function createTracking(call: GitCall, name: string, [start, ...rest]: readonly string[]): Promise<string> {
  const isRemote = start !== undefined && rest.length === 0 && (await call.git.refs('refs/remotes/')).has(`refs/remotes/${start}`);
  if (isRemote && !(await call.git.branches()).includes(name)) return track(call, name, start);
  await create(call, [name, ...(start === undefined ? [] : [start, ...rest])], 'HEAD');
  return '';
}

/** A branch that could not be switched to was not made. */
async function takeBack(call: GitCall, name: string): Promise<void> {
  await setUpstream(call, name, undefined, undefined);
  await call.git.deleteBranch(name);
}

async function refuseUnfinished(call: GitCall): Promise<void> {
  if (await readRebase(call.git)) throw fatal('cannot switch branch while rebasing\nConsider "git rebase --quit" or "git worktree add".');
  const open = (await call.git.status()).filter((e) => e.conflict).map((e) => `${e.path}: needs merge\n`);
  if (open.length > 0) throw new GitError(`${open.join('')}error: you need to resolve your current index first`, 1);
  const act = await openAct(call);
  if (act === undefined) return;
  const doing = { merge: 'merging', 'cherry-pick': 'cherry-picking', revert: 'reverting' }[act];
  throw fatal(`cannot switch branch while ${doing}; end it with a commit or git ${act} --abort`);
}

async function checkTarget({ git }: GitCall, name: string): Promise<void> {
  if ((await git.branches()).includes(name)) return;
  const known = await git.resolve(name).catch(() => undefined);
  if (known === undefined) throw fatal(`invalid reference: ${name}`);
  const what = (await git.tags()).includes(name) ? 'tag' : 'commit';
  throw fatal(`a branch is expected, got ${what} '${name}'`);
}

/** Git's words for changes that stand in the way; other failures keep their own. */
function explain(cause: unknown): unknown {
  const paths = cause instanceof LabError ? cause.data['files'] : undefined;
  if (!Array.isArray(paths)) return cause;
  const list = paths.map((p) => `\t${String(p)}\n`).join('');
  return new GitError(`error: Your local changes to the following files would be overwritten by checkout:\n${list}Please commit your changes or stash them before you switch branches.\nAborting`, 1);
}
