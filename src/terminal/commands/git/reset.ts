import { LabError } from '../../../core/lab-error.js';
import { shortId } from '../../git/blob-id.js';
import { closeAct } from '../../git/bring-in.js';
import { subjectOf } from '../../git/log-lines.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { tryRevision } from '../../git/revision.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { restore } from './restore.js';

const SPEC = {
  usage: 'git reset [--mixed | --soft | --hard | --keep] [-q] [<commit>]\n   or: git reset [-q] [--] <pathspec>...',
  flags: { '--soft': 'soft', '--mixed': 'mixed', '--hard': 'hard', '--keep': 'keep', '-q': 'quiet', '--quiet': 'quiet' },
  refused: { '-p': 'choosing hunks is not offered here; reset whole files', '--patch': 'choosing hunks is not offered here; reset whole files' },
};
const LETTERS: Readonly<Record<string, string>> = { modified: 'M', deleted: 'D' };

/** `git reset`: moves the branch to a commit, with the index (`--mixed`) and the files (`--hard`); or takes paths out of the index. */
export const reset: Subcommand = {
  name: 'reset',
  summary: 'Reset current HEAD to the specified state',
  async run(words, call) {
    const { flags, words: rest, paths } = readOptions(SPEC, words);
    const named = await splitWords(call, rest, paths);
    const mode = flags.has('hard') ? 'hard' : flags.has('keep') ? 'keep' : flags.has('soft') ? 'soft' : 'mixed';
    if (named.paths.length > 0) {
      if (mode !== 'mixed') throw fatal(`Cannot do ${mode} reset with paths.`);
      if (named.revision !== 'HEAD') throw fatal('paths are reset to HEAD only here');
      await restore.run(['--staged', '--', ...named.paths], call);
      return ok(flags.has('quiet') ? '' : await leftChanges(call));
    }
    if ((mode === 'soft' || mode === 'keep') && (await call.git.status()).some((e) => e.conflict)) throw fatal(`Cannot do a ${mode} reset in the middle of a merge.`);
    const before = (await call.git.head()).commit;
    await call.turn.begin(call.signal);
    await call.git.reset(named.revision, mode, `reset: moving to ${named.revision}`).catch((cause: unknown) => {
      throw mode === 'keep' ? explainKeep(cause, named.revision) : cause;
    });
    if (before !== undefined) await call.git.writeNote('ORIG_HEAD', `${before}\n`);
    if (mode !== 'soft') await closeAct(call);
    if (flags.has('quiet') || mode === 'soft' || mode === 'keep') return ok();
    return ok(mode === 'hard' ? await nowAt(call) : await leftChanges(call));
  },
};

/** Git's words when a change would be lost. */
function explainKeep(cause: unknown, revision: string): unknown {
  const files = cause instanceof LabError && cause.code === 'local-changes' ? cause.data['files'] : undefined;
  if (!Array.isArray(files)) return cause;
  return new GitError(`error: Entry '${String(files[0])}' not uptodate. Cannot merge.\nfatal: Could not reset index file to revision '${revision}'.`, 128);
}

async function splitWords(call: GitCall, words: readonly string[], after: readonly string[] | undefined): Promise<{ revision: string; paths: readonly string[] }> {
  const [first, ...rest] = words;
  if (first !== undefined && (await tryRevision(call.git, first)) !== undefined) return { revision: first, paths: [...rest, ...(after ?? [])] };
  if (first !== undefined && !(await call.git.status()).some((e) => e.path === first || e.path.startsWith(`${first}/`)) && !(await call.files.stat(first)))
    throw fatal(`ambiguous argument '${first}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`);
  return { revision: 'HEAD', paths: [...words, ...(after ?? [])] };
}

async function nowAt({ git }: GitCall): Promise<string> {
  const commit = (await git.log({ depth: 1 }))[0]!;
  return `HEAD is now at ${shortId(commit.id)} ${subjectOf(commit.message)}\n`;
}

async function leftChanges({ git }: GitCall): Promise<string> {
  const left = (await git.status()).filter((e) => LETTERS[e.unstaged] !== undefined);
  return left.length === 0 ? '' : `Unstaged changes after reset:\n${left.map((e) => `${LETTERS[e.unstaged]}\t${e.path}\n`).join('')}`;
}
