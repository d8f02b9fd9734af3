import { LabError } from '../../../core/lab-error.js';
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
    if (made !== undefined) await create(call, [made, ...options.words]);
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
