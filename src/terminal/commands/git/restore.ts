import { fatal, GitError, readOptions } from '../../git/options.js';
import { readPathspecs, type Pathspec } from '../../git/pathspec.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git restore [<options>] [--staged] <file>...',
  flags: { '-S': 'staged', '--staged': 'staged' },
  refused: { '-s': 'only the index (or, with --staged, HEAD) can be restored from here', '--source': 'only the index (or, with --staged, HEAD) can be restored from here' },
};

/** `git restore`: working files from the index, or with `--staged` the index from HEAD. */
export const restore: Subcommand = {
  name: 'restore',
  summary: 'Restore working tree files',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const named = [...options.words, ...(options.paths ?? [])];
    if (named.length === 0) throw fatal('you must specify path(s) to restore');
    const staged = options.flags.has('staged');
    const paths = await choosePaths(call, readPathspecs(call.prefix, named), staged);
    if (paths.length === 0) return ok();
    await call.turn.begin(call.signal);
    for (const path of paths) await (staged ? unstage(call, path) : call.files.write(path, (await call.git.readAt('INDEX', path))!));
    return ok();
  },
};

async function choosePaths({ git }: GitCall, specs: readonly Pathspec[], staged: boolean): Promise<string[]> {
  const known = new Set((await git.treeAt('INDEX')).keys());
  if (staged && (await git.head()).commit !== undefined) for (const path of (await git.treeAt('HEAD')).keys()) known.add(path);
  const missing = specs.find((s) => ![...known].some((p) => s.matches(p)));
  if (missing) throw new GitError(`error: pathspec '${missing.word}' did not match any file(s) known to git`, 1);
  const changed = (await git.status()).filter((e) => known.has(e.path) && (staged ? e.staged !== 'unmodified' && e.staged !== 'untracked' : e.unstaged === 'modified' || e.unstaged === 'deleted'));
  return changed.map((e) => e.path).filter((p) => specs.some((s) => s.matches(p)));
}

/** The index takes content from the working tree only, so the old content stands there for the moment of `add`. */
async function unstage({ git, files }: GitCall, path: string): Promise<void> {
  const old = (await git.head()).commit === undefined ? undefined : await git.readAt('HEAD', path);
  if (old === undefined) return git.removeFromIndex([path]);
  const present = (await files.stat(path)) ? await files.read(path) : undefined;
  await files.write(path, old);
  await git.add([path]);
  if (present === undefined) await files.remove(path);
  else await files.write(path, present);
}
