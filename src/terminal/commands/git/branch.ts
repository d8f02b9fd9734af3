import { removeSection, renameSection } from '../../../core/version/git-config.js';
import { shortId } from '../../git/blob-id.js';
import { subjectOf } from '../../git/log-lines.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { readRebase } from '../../git/rebase-state.js';
import { findRevision } from '../../git/revision.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';
import { upstreamOf } from '../../../lab/team/tracking.js';
import { setUpstream } from '../../git/remotes.js';
import { byBytes } from '../../git/sides.js';
import { trackingNote } from '../../git/tracking-words.js';

const SPEC = {
  usage: 'git branch [<options>] [-v | --show-current] | [-d] <name>... | -m [<old>] <new> | <name> [<start-point>]',
  values: { '-u': 'follow', '--set-upstream-to': 'follow' },
  flags: { '-r': 'remotes', '--remotes': 'remotes', '--unset-upstream': 'unfollow', '-d': 'delete', '--delete': 'delete', '-D': 'force', '-v': 'verbose', '--verbose': 'verbose', '--list': 'list', '-l': 'list', '-a': 'all', '--all': 'all', '--show-current': 'current', '-m': 'move', '--move': 'move' },
  refused: { '-M': 'a branch that is there is not written over; delete it first' },
};

/** `git branch`: list, create, and delete what is merged (`-D`: whatever it holds). */
export const branch: Subcommand = {
  name: 'branch',
  summary: 'List, create, or delete branches',
  async run(words, call) {
    const isWide = words.includes('-vv');
    const { flags, values, words: names } = readOptions(SPEC, words.map((word) => (word === '-vv' ? '-v' : word === '-avv' ? '-av' : word)));
    if (values.has('follow') || flags.has('unfollow')) return follow(call, names, values.get('follow')?.at(-1));
    if (flags.has('current')) {
      const { branch: now } = await call.git.head();
      return ok(now === undefined ? '' : `${now}\n`);
    }
    if (flags.has('delete') || flags.has('force')) return remove(call, names, flags.has('force'));
    if (flags.has('move')) return rename(call, names);
    if (names.length === 0 || ['list', 'all', 'remotes'].some((flag) => flags.has(flag)))
      return ok(await listBranches(call, { verbose: flags.has('verbose'), wide: isWide || words.includes('-avv'), local: !flags.has('remotes'), remotes: flags.has('remotes') || flags.has('all'), both: flags.has('all') }));
    const [name, start] = names;
    await create(call, names, start ?? (await call.git.head()).branch ?? 'HEAD');
    if (start === undefined || !(await call.git.refs('refs/remotes/')).has(`refs/remotes/${start}`)) return ok();
    return follow(call, [name!], start);
  },
};

interface Listing {
  readonly verbose: boolean;
  /** With what each branch follows. */
  readonly wide: boolean;
  readonly local: boolean;
  readonly remotes: boolean;
  readonly both: boolean;
}

async function listBranches({ git }: GitCall, { verbose, wide, local, remotes, both }: Listing): Promise<string> {
  const { branch: now, commit } = await git.head();
  const detached = local && now === undefined && commit !== undefined ? [await detachedName(git, commit)] : [];
  const mine = local ? (await git.branches()).sort(byBytes) : [];
  const theirs = remotes ? await remoteRows(git, both ? 'remotes/' : '') : [];
  const rows = [...detached.map((n) => ({ name: n, ref: 'HEAD', mark: '*' })), ...mine.map((n) => ({ name: n, ref: `refs/heads/${n}`, mark: n === now ? '*' : ' ' })), ...theirs];
  const width = Math.max(...rows.map((row) => row.name.length), 0);
  const lines = rows.map(async ({ name, ref, mark, target }: { name: string; ref: string; mark: string; target?: string }) => {
    if (target !== undefined) return `${mark} ${verbose ? name.padEnd(width) : name} -> ${target}\n`;
    const tip = verbose ? (await git.log({ ref, depth: 1 }))[0] : undefined;
    const follows = verbose && ref.startsWith('refs/heads/') ? await trackingNote(git, name) : undefined;
    const note = follows === undefined ? '' : wide ? `[${follows.name}${follows.note === '' ? '' : `: ${follows.note}`}] ` : follows.note === '' ? '' : `[${follows.note}] `;
    return tip ? `${mark} ${name.padEnd(width)} ${shortId(tip.id)} ${note}${subjectOf(tip.message)}\n` : `${mark} ${name}\n`;
  });
  return (await Promise.all(lines)).join('');
}

async function detachedName(git: GitCall['git'], commit: string): Promise<string> {
  const rebase = await readRebase(git);
  if (!rebase) return `(HEAD detached at ${shortId(commit)})`;
  return `(no branch, rebasing ${rebase.branch ?? `detached HEAD ${shortId(rebase.origHead)}`})`;
}

async function remoteRows(git: GitCall['git'], before: string): Promise<{ name: string; ref: string; mark: string; target?: string }[]> {
  const refs = await git.refs('refs/remotes/');
  return Promise.all([...refs.keys()].sort(byBytes).map(async (ref) => {
    const name = ref.slice('refs/remotes/'.length);
    const target = await git.pointedRef(ref);
    return { name: before + name, ref, mark: ' ', ...(target === undefined ? {} : { target: target.slice('refs/remotes/'.length) }) };
  }));
}

/** Makes a branch follow one of a remote (`origin/main`), or none. */
async function follow(call: GitCall, [given, extra]: readonly string[], to: string | undefined): Promise<CommandResult> {
  const { git } = call;
  const branch = given ?? (await git.head()).branch;
  if (branch === undefined || extra !== undefined) throw fatal(extra === undefined ? 'could not set upstream of HEAD when it does not point to any branch' : 'too many arguments to set new upstream');
  if (!(await git.branches()).includes(branch)) throw fatal(`branch '${branch}' does not exist`);
  if (to === undefined) {
    if ((await upstreamOf(git, branch)) === undefined) throw fatal(`Branch '${branch}' has no upstream information`);
    await call.turn.begin(call.signal);
    await setUpstream(call, branch, undefined, undefined);
    return ok();
  }
  const isLocal = (await git.branches()).includes(to);
  if (!isLocal && !(await git.refs('refs/remotes/')).has(`refs/remotes/${to}`)) throw new GitError(NO_UPSTREAM(to), 128);
  await call.turn.begin(call.signal);
  const slash = to.indexOf('/');
  await setUpstream(call, branch, isLocal ? '.' : to.slice(0, slash), `refs/heads/${isLocal ? to : to.slice(slash + 1)}`);
  return ok(`branch '${branch}' set up to track '${to}'.\n`);
}

const NO_UPSTREAM = (name: string): string =>
  `fatal: the requested upstream branch '${name}' does not exist\n${['', 'If you are planning on basing your work on an upstream', 'branch that already exists at the remote, you may need to', 'run "git fetch" to retrieve it.', '', 'If you are planning to push out a new local branch that', 'will track its remote counterpart, you may want to use', '"git push -u" to set the upstream config as you push.', 'Disable this message with "git config advice.setUpstreamFailure false"'].map((line) => `hint: ${line}`.trimEnd() + '\n').join('')}`;

/** Creates a branch; throws git's words when the name is taken or the start is unknown. */
export async function create({ git, turn, signal }: GitCall, [name, start, extra]: readonly string[], from: string): Promise<void> {
  if (name === undefined || extra !== undefined) throw new GitError(`usage: ${SPEC.usage}\n`, 129);
  if ((await git.branches()).includes(name)) throw fatal(`a branch named '${name}' already exists`);
  const id = await git.resolve(start ?? 'HEAD').catch(() => undefined);
  if (id === undefined) throw fatal(`not a valid object name: '${start ?? (await git.head()).branch ?? 'HEAD'}'`);
  await turn.begin(signal);
  await git.createBranch(name, id, `branch: Created from ${start ?? from}`);
}

async function rename({ git, turn, signal }: GitCall, names: readonly string[]): Promise<CommandResult> {
  const [from, to] = names.length === 1 ? [(await git.head()).branch, names[0]!] : names;
  if (from === undefined || to === undefined || names.length > 2) throw fatal(names.length === 0 ? 'branch name required' : 'too many arguments for a rename operation');
  const known = await git.branches();
  if (!known.includes(from)) throw fatal(`No branch named '${from}'.`);
  if (from === to) return ok();
  if (known.includes(to)) throw fatal(`a branch named '${to}' already exists`);
  await turn.begin(signal);
  await git.renameBranch(from, to);
  await git.writeConfig(renameSection(await git.readConfig(), 'branch', from, to));
  return ok();
}

async function remove(call: GitCall, names: readonly string[], force: boolean): Promise<CommandResult> {
  if (names.length === 0) throw fatal('branch name required');
  const { git } = call;
  let out = '';
  let err = '';
  for (const name of names) {
    if (!(await git.branches()).includes(name)) err += `error: branch '${name}' not found.\n`;
    else if ((await git.head()).branch === name) err += `error: Cannot delete branch '${name}' checked out at '/home/learner/project'\n`;
    else {
      const id = await findRevision(git, name);
      if (!force && !(await git.log({ ref: 'HEAD' })).some((c) => c.id === id)) {
        err += `error: The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.\n`;
        continue;
      }
      await call.turn.begin(call.signal);
      await git.deleteBranch(name);
      await git.writeConfig(removeSection(await git.readConfig(), 'branch', name));
      out += `Deleted branch ${name} (was ${shortId(id)}).\n`;
    }
  }
  return { out, err, status: err === '' ? 0 : 1 };
}
