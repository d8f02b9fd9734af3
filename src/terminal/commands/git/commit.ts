import { LabError } from '../../../core/lab-error.js';
import { shortId } from '../../git/blob-id.js';
import { subjectOf } from '../../git/log-lines.js';
import { GitError, readOptions } from '../../git/options.js';
import { changesBetween, headSide, revisionSide } from '../../git/sides.js';
import { modeLines, shortStatOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { status } from './status.js';

const NO_REWRITE = 'rewriting a commit is not offered here, because runs and versions of the lab name commits; make a new commit';
const SPEC = {
  usage: 'git commit [-a] [-q] -m <msg>',
  flags: { '-a': 'all', '--all': 'all', '-q': 'quiet', '--quiet': 'quiet' },
  values: { '-m': 'message', '--message': 'message' },
  refused: { '--amend': NO_REWRITE, '--fixup': NO_REWRITE, '--squash': NO_REWRITE, '--allow-empty': 'a commit here always holds a change' },
};

/** `git commit -m`: commits what is staged, with `-a` all changes of tracked files first. */
export const commit: Subcommand = {
  name: 'commit',
  summary: 'Record changes to the repository',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    if (options.words.length > 0 || options.paths) throw new GitError('error: committing by path is not offered here; stage the files with git add', 129);
    const message = (options.values.get('message') ?? []).join('\n\n').trim();
    if (!options.values.has('message')) throw new GitError('error: there is no editor here; give the message with -m', 1);
    await call.turn.begin(call.signal);
    if (options.flags.has('all')) await stageTracked(call);
    const parent = (await call.git.head()).commit;
    const changes = await changesBetween(await headSide(call.git), await revisionSide(call.git, 'INDEX'));
    if (message === '' && changes.length > 0) throw new GitError('Aborting commit due to empty commit message.', 1);
    const id = await tryCommit(call, message);
    if (id === undefined) return { out: (await status.run([], call)).out ?? '', status: 1 };
    if (options.flags.has('quiet')) return ok();
    const where = (await call.git.head()).branch ?? 'detached HEAD';
    return ok(`[${where}${parent === undefined ? ' (root-commit)' : ''} ${shortId(id)}] ${subjectOf(message)}\n${shortStatOf(changes)}${modeLines(changes)}`);
  },
};

async function stageTracked({ git }: GitCall): Promise<void> {
  const entries = await git.status();
  const of = (state: string): string[] => entries.filter((e) => e.unstaged === state).map((e) => e.path);
  if (of('modified').length > 0) await git.add(of('modified'));
  if (of('deleted').length > 0) await git.removeFromIndex(of('deleted'));
}

async function tryCommit({ git }: GitCall, message: string): Promise<string | undefined> {
  try {
    return await git.commit(`${message}\n`);
  } catch (cause) {
    if (cause instanceof LabError && cause.code === 'nothing-to-commit') return undefined;
    throw cause;
  }
}
