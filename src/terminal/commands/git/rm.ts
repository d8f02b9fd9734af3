import { fatal, GitError, readOptions } from '../../git/options.js';
import { readPathspecs } from '../../git/pathspec.js';
import { ok, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git rm [--cached] [-r] [-q] <file>...',
  flags: { '--cached': 'cached', '-r': 'recursive', '-q': 'quiet', '--quiet': 'quiet' },
  refused: { '-f': 'changes are not thrown away here; commit them first', '--force': 'changes are not thrown away here; commit them first' },
};

/** `git rm`: takes files out of the index and, without `--cached`, out of the working tree. */
export const rm: Subcommand = {
  name: 'rm',
  summary: 'Remove files from the working tree and from the index',
  async run(words, call) {
    const { flags, words: rest, paths } = readOptions(SPEC, words);
    const named = [...rest, ...(paths ?? [])];
    if (named.length === 0) throw fatal('No pathspec was given. Which files should I remove?');
    const entries = await call.git.status();
    const known = [...(await call.git.treeAt('INDEX')).keys(), ...entries.filter((e) => e.conflict).map((e) => e.path)];
    const chosen: string[] = [];
    for (const spec of readPathspecs(call.prefix, named)) {
      const found = known.filter((p) => spec.matches(p));
      if (found.length === 0) throw fatal(`pathspec '${spec.word}' did not match any files`);
      if (!known.includes(spec.path) && !flags.has('recursive') && !/[*?]/.test(spec.word)) throw fatal(`not removing '${spec.word}' recursively without -r`);
      chosen.push(...found);
    }
    if (!flags.has('cached')) refuseChanged(chosen, entries);
    await call.turn.begin(call.signal);
    await call.git.removeFromIndex(chosen);
    if (!flags.has('cached')) for (const path of chosen) if (await call.files.stat(path)) await call.files.remove(path);
    return ok(flags.has('quiet') ? '' : chosen.map((p) => `rm '${p}'\n`).join(''));
  },
};

function refuseChanged(paths: readonly string[], entries: readonly { path: string; staged: string; unstaged: string }[]): void {
  const of = (state: 'staged' | 'unstaged'): string[] => entries.filter((e) => paths.includes(e.path) && ['modified', 'added'].includes(e[state])).map((e) => e.path);
  for (const [state, where] of [['staged', 'changes staged in the index'], ['unstaged', 'local modifications']] as const) {
    const list = of(state);
    if (list.length > 0) throw new GitError(`error: the following file${list.length === 1 ? ' has' : 's have'} ${where}:\n${list.map((p) => `    ${p}\n`).join('')}(use --cached to keep the file)`, 1);
  }
}
