import { parseGitConfig, removeSection, renameSection, writeSetting } from '../../../core/version/git-config.js';
import { readRemotes } from '../../../lab/team/tracking.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { checkAddress } from '../../git/remotes.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';
import { fetchRefs } from '../../git/fetch-refs.js';

const USAGE = 'git remote [-v | --verbose]\n   or: git remote add [-f] <name> <url>\n   or: git remote rename <old> <new>\n   or: git remote remove <name>\n   or: git remote set-url <name> <newurl>\n   or: git remote get-url <name>';
const SPEC = { usage: USAGE, flags: { '-v': 'verbose', '--verbose': 'verbose', '-f': 'fetch', '--fetch': 'fetch' } };

/** `git remote`: the other repositories that this one knows by name. */
export const remote: Subcommand = {
  name: 'remote',
  summary: 'Manage set of tracked repositories',
  async run(words, call) {
    const { flags, words: [act, ...names] } = readOptions(SPEC, words);
    if (act === undefined || act === 'show') return list(call, flags.has('verbose'), act === 'show' ? names : []);
    const todo = ACTS[act];
    if (!todo) throw new GitError(`error: unknown subcommand: \`${act}'\nusage: ${USAGE}\n`, 129);
    if (names.length !== todo.words) throw new GitError(`usage: ${USAGE}\n`, 129);
    return todo.run(call, names, flags);
  },
};

interface Act {
  readonly words: number;
  run(call: GitCall, names: readonly string[], flags: ReadonlySet<string>): Promise<CommandResult>;
}

const ACTS: Readonly<Record<string, Act>> = {
  add: { words: 2, run: add },
  rename: { words: 2, run: rename },
  remove: { words: 1, run: remove },
  rm: { words: 1, run: remove },
  'set-url': { words: 2, run: setUrl },
  'get-url': { words: 1, run: async (call, [name]) => ok(`${(await known(call, name!, (n) => `No such remote '${n}'`)).url}\n`) },
};

async function list({ git }: GitCall, verbose: boolean, names: readonly string[]): Promise<CommandResult> {
  const remotes = await readRemotes(git);
  if (names.length > 0) throw fatal("the branches of a remote are shown by git branch -vv and git ls-remote here");
  return ok(remotes.map(({ name, url }) => (verbose ? `${name}\t${url} (fetch)\n${name}\t${url} (push)\n` : `${name}\n`)).join(''));
}

async function known({ git }: GitCall, name: string, words = (n: string): string => `No such remote: '${n}'`): Promise<{ name: string; url: string }> {
  const found = (await readRemotes(git)).find((r) => r.name === name);
  if (!found) throw new GitError(`error: ${words(name)}`, 2);
  return found;
}

async function checkFree({ git }: GitCall, name: string): Promise<void> {
  if (!/^[\w][\w.-]*$/.test(name) || name.endsWith('.lock') || name.includes('..')) throw fatal(`'${name}' is not a valid remote name`);
  if ((await readRemotes(git)).some((r) => r.name === name)) throw new GitError(`error: remote ${name} already exists.`, 3);
}

async function add(call: GitCall, [name, url]: readonly string[], flags: ReadonlySet<string>): Promise<CommandResult> {
  await checkFree(call, name!);
  checkAddress(call, url!);
  await call.turn.begin(call.signal);
  const text = writeSetting(await call.git.readConfig(), 'remote', name!, 'url', url!);
  await call.git.writeConfig(writeSetting(text, 'remote', name!, 'fetch', `+refs/heads/*:refs/remotes/${name}/*`));
  if (!flags.has('fetch')) return ok();
  const { account } = await fetchRefs(call, { name: name!, url: url! }, { action: 'remote add -f' });
  return { out: `Updating ${name}\n`, err: account, status: 0 };
}

async function setUrl(call: GitCall, [name, url]: readonly string[]): Promise<CommandResult> {
  await known(call, name!, (n) => `No such remote '${n}'`);
  checkAddress(call, url!);
  await call.turn.begin(call.signal);
  await call.git.writeConfig(writeSetting(await call.git.readConfig(), 'remote', name!, 'url', url!));
  return ok();
}

async function remove(call: GitCall, [name]: readonly string[]): Promise<CommandResult> {
  await known(call, name!);
  await call.turn.begin(call.signal);
  let text = removeSection(await call.git.readConfig(), 'remote', name!);
  for (const branch of followers(text, name!)) for (const key of ['remote', 'merge']) text = writeSetting(text, 'branch', branch, key, undefined);
  await call.git.writeConfig(text);
  for (const ref of (await call.git.refs(`refs/remotes/${name}/`)).keys()) await call.git.setRef(ref, undefined, '');
  return ok();
}

async function rename(call: GitCall, [from, to]: readonly string[]): Promise<CommandResult> {
  await known(call, from!);
  await checkFree(call, to!);
  await call.turn.begin(call.signal);
  let text = writeSetting(renameSection(await call.git.readConfig(), 'remote', from!, to!), 'remote', to!, 'fetch', `+refs/heads/*:refs/remotes/${to}/*`);
  for (const branch of followers(text, from!)) text = writeSetting(text, 'branch', branch, 'remote', to!);
  await call.git.writeConfig(text);
  const prefix = `refs/remotes/${from}/`;
  const head = await call.git.pointedRef(`${prefix}HEAD`);
  await call.git.pointRef(`${prefix}HEAD`, undefined);
  for (const [ref, id] of await call.git.refs(prefix)) {
    const moved = `refs/remotes/${to}/${ref.slice(prefix.length)}`;
    await call.git.setRef(ref, undefined, '');
    await call.git.setRef(moved, id, `remote: renamed ${ref} to ${moved}`);
  }
  if (head !== undefined) await call.git.pointRef(`refs/remotes/${to}/HEAD`, `refs/remotes/${to}/${head.slice(prefix.length)}`);
  return ok();
}

const followers = (text: string, name: string): string[] =>
  parseGitConfig(text).filter((s) => s.section === 'branch' && s.settings.some(([key, value]) => key === 'remote' && value === name)).map((s) => s.name);
