import { NO_ID, shortId } from '../../git/blob-id.js';
import { decorations } from '../../git/log-lines.js';
import { fatal, readCount, readOptions } from '../../git/options.js';
import { ok, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git reflog [show] [-n <number>] [<ref>]',
  flags: { '--decorate': 'decorate', '--no-decorate': 'plain' },
  values: { '-n': 'count', '--max-count': 'count' },
  digits: 'count',
};

/** `git reflog`: where HEAD or a branch has stood, newest first; each line is a place that `git reset` can go back to. */
export const reflog: Subcommand = {
  name: 'reflog',
  summary: 'Show where HEAD and the branches have stood',
  async run(words, { git }) {
    const options = readOptions(SPEC, words);
    const [ref = 'HEAD', extra] = options.words[0] === 'show' ? options.words.slice(1) : options.words;
    if (ref === 'expire' || ref === 'delete' || extra !== undefined) throw fatal('the reflog can only be shown here; nothing of it is ever removed');
    const isRemote = (await git.refs('refs/remotes/')).has(`refs/remotes/${ref}`);
    if (ref !== 'HEAD' && !isRemote && !(await git.branches()).includes(ref))
      throw fatal(`ambiguous argument '${ref}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`);
    const names = options.flags.has('plain') || (await git.head()).commit === undefined ? new Map<string, string[]>() : await decorations(git);
    const entries = await git.reflog(ref === 'HEAD' ? ref : `refs/${isRemote ? 'remotes' : 'heads'}/${ref}`);
    const lines = entries.flatMap(({ after, message }, i) => (after === NO_ID ? [] : [`${shortId(after)}${decorated(names.get(after))} ${isRemote ? 'refs/remotes/' : ''}${ref}@{${i}}: ${message}\n`]));
    return ok(lines.slice(0, readCount(options, 'count')).join(''));
  },
};

const decorated = (names: readonly string[] | undefined): string => (names === undefined ? '' : ` (${names.join(', ')})`);
