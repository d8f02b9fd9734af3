import { shortId } from '../../git/blob-id.js';
import { subjectOf } from '../../git/log-lines.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { findRevision } from '../../git/revision.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';
import { byBytes } from '../../git/sides.js';

const SPEC = {
  usage: 'git branch [<options>] [-v | --show-current] | [-d] <name>... | -m [<old>] <new> | <name> [<start-point>]',
  flags: { '-d': 'delete', '--delete': 'delete', '-D': 'force', '-v': 'verbose', '--verbose': 'verbose', '--list': 'list', '-l': 'list', '-a': 'list', '--all': 'list', '--show-current': 'current', '-m': 'move', '--move': 'move' },
  refused: { '-M': 'a branch that is there is not written over; delete it first', '-r': 'there is no remote here' },
};

/** `git branch`: list, create, and delete what is merged (`-D`: whatever it holds). */
export const branch: Subcommand = {
  name: 'branch',
  summary: 'List, create, or delete branches',
  async run(words, call) {
    const { flags, words: names } = readOptions(SPEC, words);
    if (flags.has('current')) {
      const { branch: now } = await call.git.head();
      return ok(now === undefined ? '' : `${now}\n`);
    }
    if (flags.has('delete') || flags.has('force')) return remove(call, names, flags.has('force'));
    if (flags.has('move')) return rename(call, names);
    if (names.length === 0 || flags.has('list')) return ok(await listBranches(call, flags.has('verbose')));
    await create(call, names, (await call.git.head()).branch ?? 'HEAD');
    return ok();
  },
};

async function listBranches({ git }: GitCall, verbose: boolean): Promise<string> {
  const { branch: now, commit } = await git.head();
  const names = (await git.branches()).sort(byBytes);
  const detached = now === undefined && commit !== undefined ? [`(HEAD detached at ${shortId(commit)})`] : [];
  const width = Math.max(...[...names, ...detached].map((n) => n.length), 0);
  const rows = [...detached.map((n) => ({ name: n, ref: 'HEAD', mark: '*' })), ...names.map((n) => ({ name: n, ref: n, mark: n === now ? '*' : ' ' }))];
  const lines = rows.map(async ({ name, ref, mark }) => {
    const tip = verbose ? (await git.log({ ref, depth: 1 }))[0] : undefined;
    return tip ? `${mark} ${name.padEnd(width)} ${shortId(tip.id)} ${subjectOf(tip.message)}\n` : `${mark} ${name}\n`;
  });
  return (await Promise.all(lines)).join('');
}

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
      out += `Deleted branch ${name} (was ${shortId(id)}).\n`;
    }
  }
  return { out, err, status: err === '' ? 0 : 1 };
}
