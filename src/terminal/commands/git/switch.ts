import { LabError } from '../../../core/lab-error.js';
import { openAct } from '../../git/bring-in.js';
import { fatal, GitError, lastValue, readOptions } from '../../git/options.js';
import type { Subcommand } from '../../git/subcommand.js';
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
    if (made !== undefined) await create(call, [made, ...options.words], 'HEAD');
    else if (options.words.length > 1) throw fatal('only one reference expected');
    else await checkTarget(call, name);
    if (made === undefined && (await call.git.head()).branch === name) return { err: `Already on '${name}'\n`, status: 0 };
    await call.turn.begin(call.signal);
    await call.git.switchTo(name).catch((cause: unknown) => {
      throw explain(cause);
    });
    return { err: options.flags.has('quiet') ? '' : `Switched to ${made === undefined ? 'branch' : 'a new branch'} '${name}'\n`, status: 0 };
  },
};

async function refuseUnfinished(call: Parameters<Subcommand['run']>[1]): Promise<void> {
  const open = (await call.git.status()).filter((e) => e.conflict).map((e) => `${e.path}: needs merge\n`);
  if (open.length > 0) throw new GitError(`${open.join('')}error: you need to resolve your current index first`, 1);
  const act = await openAct(call);
  if (act === undefined) return;
  const doing = { merge: 'merging', 'cherry-pick': 'cherry-picking', revert: 'reverting' }[act];
  throw fatal(`cannot switch branch while ${doing}; end it with a commit or git ${act} --abort`);
}

async function checkTarget({ git }: Parameters<Subcommand['run']>[1], name: string): Promise<void> {
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
