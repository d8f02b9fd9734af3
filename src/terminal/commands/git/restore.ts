import { fatal, GitError, lastValue, readOptions } from '../../git/options.js';
import { readPathspecs } from '../../git/pathspec.js';
import { removeFile } from '../../git/remove-file.js';
import { tryRevision } from '../../git/revision.js';
import { stageContent } from '../../git/stage-content.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git restore [<options>] [--source=<branch>] <file>...',
  flags: { '-S': 'staged', '--staged': 'staged', '-W': 'worktree', '--worktree': 'worktree', '-q': 'quiet', '--quiet': 'quiet' },
  values: { '-s': 'source', '--source': 'source' },
  refused: { '-p': 'whole files are restored here', '--patch': 'whole files are restored here' },
};

/** `git restore`: working files from the index, with `--staged` the index from HEAD, either from another commit with `--source`. */
export const restore: Subcommand = {
  name: 'restore',
  summary: 'Restore working tree files',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const named = [...options.words, ...(options.paths ?? [])];
    if (named.length === 0) throw fatal('you must specify path(s) to restore');
    const staged = options.flags.has('staged');
    const working = options.flags.has('worktree') || !staged;
    const source = await sourceOf(call, lastValue(options, 'source') ?? (staged ? 'HEAD' : 'INDEX'));
    const paths = await choosePaths(call, source, named, working);
    if (paths.length === 0) return ok();
    await call.turn.begin(call.signal);
    for (const path of paths) {
      const content = source === undefined ? undefined : await call.git.readAt(source, path);
      if (working) await bringBack(call, path, content);
      if (staged) await stageContent(call.git, path, content);
    }
    return ok();
  },
};

/** The commit (or the index) that content is taken from; undefined is HEAD before the first commit. */
async function sourceOf({ git }: GitCall, word: string): Promise<string | undefined> {
  if (word === 'INDEX') return word;
  if (word === 'HEAD' && (await git.head()).commit === undefined) return undefined;
  const id = await tryRevision(git, word);
  if (id === undefined) throw fatal(`could not resolve ${word}`);
  return id;
}

async function bringBack({ files }: GitCall, path: string, content: Uint8Array | undefined): Promise<void> {
  if (content !== undefined) await files.write(path, content);
  else if (await files.stat(path)) await removeFile(files, path);
}

/** The paths that the words name and whose content is not yet that of the source. */
async function choosePaths({ git, prefix }: GitCall, source: string | undefined, words: readonly string[], working: boolean): Promise<string[]> {
  const specs = readPathspecs(prefix, words);
  const index = await git.treeAt('INDEX');
  const from = source === undefined ? new Map<string, string>() : await git.treeAt(source);
  const known = [...new Set([...index.keys(), ...from.keys()])];
  const missing = specs.find((s) => !known.some((p) => s.matches(p)));
  if (missing) throw new GitError(`error: pathspec '${missing.word}' did not match any file(s) known to git`, 1);
  const changed = new Set((await git.status()).filter((e) => !e.conflict && e.unstaged !== 'unmodified').map((e) => e.path));
  return known.filter((p) => specs.some((s) => s.matches(p)) && (index.get(p) !== from.get(p) || (working && changed.has(p)))).sort();
}
