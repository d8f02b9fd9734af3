import { addHunks } from '../../git/add-hunks.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { readPathspecs } from '../../git/pathspec.js';
import { ok, type Subcommand } from '../../git/subcommand.js';
import { PROJECT } from '../../paths.js';

const SPEC = {
  usage: 'git add [<options>] [--] <pathspec>...',
  flags: { '-A': 'all', '--all': 'all', '-u': 'update', '--update': 'update', '-v': 'verbose', '--verbose': 'verbose', '-n': 'dry', '--dry-run': 'dry', '-p': 'patch', '--patch': 'patch' },
  refused: { '-f': 'ignored files hold data that DVC tracks; they stay out of git', '--force': 'ignored files hold data that DVC tracks; they stay out of git' },
};

/** `git add`: stages changed, new and deleted files under the paths given, with `-p` stretch by stretch. */
export const add: Subcommand = {
  name: 'add',
  summary: 'Add file contents to the index',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const named = [...options.words, ...(options.paths ?? [])];
    if (options.flags.has('patch')) return addHunks(call, readPathspecs(call.prefix, named));
    const whole = options.flags.has('all') || options.flags.has('update');
    if (named.length === 0 && !whole) throw new GitError("Nothing specified, nothing added.\nhint: Maybe you wanted to say 'git add .'?", 0);
    const specs = readPathspecs(call.prefix, named.length === 0 ? [PROJECT] : named);
    const entries = await call.git.status();
    const known = [...(await call.git.treeAt('INDEX')).keys()];
    for (const spec of specs) {
      const found = spec.path === '' || entries.some((e) => spec.matches(e.path)) || known.some((p) => spec.matches(p)) || (await call.files.stat(spec.path));
      if (!found) throw fatal(`pathspec '${spec.word}' did not match any files`);
    }
    const chosen = entries.filter((e) => specs.some((s) => s.matches(e.path)));
    const gone = chosen.filter((e) => e.unstaged === 'deleted').map((e) => e.path);
    const isGone = async (path: string): Promise<boolean> => (await call.files.stat(path)) === undefined;
    for (const e of chosen) if (e.conflict && (await isGone(e.path))) gone.push(e.path);
    const changed = chosen.filter((e) => e.unstaged === 'modified' || e.conflict || (e.unstaged === 'untracked' && !options.flags.has('update'))).map((e) => e.path).filter((p) => !gone.includes(p));
    const shown = options.flags.has('verbose') || options.flags.has('dry') ? [...changed.map((p) => `add '${p}'\n`), ...gone.map((p) => `remove '${p}'\n`)].sort().join('') : '';
    if (options.flags.has('dry') || changed.length + gone.length === 0) return ok(shown);
    await call.turn.begin(call.signal);
    if (changed.length > 0) await call.git.add(changed);
    if (gone.length > 0) await call.git.removeFromIndex(gone);
    return ok(shown);
  },
};
