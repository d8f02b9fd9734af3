import { shortId } from '../../git/blob-id.js';
import { fatal, lastValue, readOptions } from '../../git/options.js';
import { byBytes } from '../../git/sides.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';

const SPEC = {
  usage: 'git tag [-a] [-m <msg>] <tagname> [<commit>]\n   or: git tag -d <tagname>...\n   or: git tag [-l]',
  flags: { '-a': 'annotate', '--annotate': 'annotate', '-d': 'delete', '--delete': 'delete', '-l': 'list', '--list': 'list' },
  values: { '-m': 'message', '--message': 'message' },
  refused: { '-f': 'moving a tag is not offered here; delete it first', '-s': 'there is no key to sign with here' },
};

/** `git tag`: list, create (with `-m` annotated) and delete. */
export const tag: Subcommand = {
  name: 'tag',
  summary: 'Create, list or delete a tag',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    if (options.flags.has('delete')) return remove(call, options.words);
    const [name, at, extra] = options.words;
    if (name === undefined || options.flags.has('list')) return ok((await call.git.tags()).sort(byBytes).map((t) => `${t}\n`).join(''));
    if (extra !== undefined) throw fatal('too many arguments');
    const message = lastValue(options, 'message');
    if (options.flags.has('annotate') && message === undefined) throw fatal('there is no editor here; give the message with -m');
    if ((await call.git.tags()).includes(name)) throw fatal(`tag '${name}' already exists`);
    const id = await call.git.resolve(at ?? 'HEAD').catch(() => undefined);
    if (id === undefined) throw fatal(`Failed to resolve '${at ?? 'HEAD'}' as a valid ref.`);
    await call.turn.begin(call.signal);
    await call.git.createTag(name, id, message);
    return ok();
  },
};

async function remove({ git, turn, signal }: GitCall, names: readonly string[]): Promise<CommandResult> {
  let out = '';
  let err = '';
  for (const name of names) {
    if (!(await git.tags()).includes(name)) {
      err += `error: tag '${name}' not found.\n`;
      continue;
    }
    const id = (await git.refs('refs/tags/')).get(`refs/tags/${name}`)!;
    await turn.begin(signal);
    await git.deleteTag(name);
    out += `Deleted tag '${name}' (was ${shortId(id)})\n`;
  }
  return { out, err, status: err === '' ? 0 : 1 };
}
