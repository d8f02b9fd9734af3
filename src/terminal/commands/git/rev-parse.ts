import { shortId } from '../../git/blob-id.js';
import { fatal, readOptions } from '../../git/options.js';
import { tryRevision } from '../../git/revision.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { PROJECT } from '../../paths.js';

const SPEC = {
  usage: 'git rev-parse [--verify] [--short] [--abbrev-ref] [--show-toplevel] [--git-dir] [--is-inside-work-tree] [--show-prefix] <revision>...',
  flags: {
    '--verify': 'verify', '-q': 'quiet', '--quiet': 'quiet', '--short': 'short', '--abbrev-ref': 'name', '--show-toplevel': 'top',
    '--git-dir': 'gitdir', '--is-inside-work-tree': 'inside', '--show-prefix': 'prefix',
  },
};

/** `git rev-parse`: the commit id that a name stands for, or a fact about the place. */
export const revParse: Subcommand = {
  name: 'rev-parse',
  summary: 'Show which commit a name stands for',
  async run(words, call) {
    const { flags, words: names } = readOptions(SPEC, words);
    const facts: Readonly<Record<string, string>> = {
      '--show-toplevel': PROJECT,
      '--git-dir': call.prefix === '' ? '.git' : `${PROJECT}/.git`,
      '--is-inside-work-tree': 'true',
      '--show-prefix': call.prefix === '' ? '' : `${call.prefix}/`,
    };
    let out = words.flatMap((word) => (facts[word] === undefined ? [] : [`${facts[word]}\n`])).join('');
    if (flags.has('verify') && names.length !== 1) throw fatal('Needed a single revision');
    for (const name of names) {
      const id = await tryRevision(call.git, name);
      if (id !== undefined) out += `${await spell(call, name, id, flags)}\n`;
      else if (flags.has('verify')) return flags.has('quiet') ? { status: 1 } : { out, err: 'fatal: Needed a single revision\n', status: 128 };
      else if (await call.files.stat(name)) out += `${name}\n`;
      else return { out: `${out}${name}\n`, err: `fatal: ambiguous argument '${name}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'\n`, status: 128 };
    }
    return ok(out);
  },
};

async function spell({ git }: GitCall, name: string, id: string, flags: ReadonlySet<string>): Promise<string> {
  if (!flags.has('name')) return flags.has('short') ? shortId(id) : id;
  if (name === 'HEAD' || name === '@') return (await git.head()).branch ?? 'HEAD';
  return (await git.branches()).includes(name) || (await git.tags()).includes(name) ? name : '';
}
