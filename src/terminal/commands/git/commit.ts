import { LabError } from '../../../core/lab-error.js';
import { shortId } from '../../git/blob-id.js';
import type { CommitOptions } from '../../../lab/platform.js';
import { closeAct, openAct, unmergedError } from '../../git/bring-in.js';
import { gitDate, subjectOf } from '../../git/log-lines.js';
import { fatal, GitError, readOptions, type ReadOptions } from '../../git/options.js';
import { findRenames } from '../../git/renames.js';
import { changesBetween, EMPTY_SIDE, revisionSide } from '../../git/sides.js';
import { modeLines, shortStatOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { status } from './status.js';

const SPEC = {
  usage: 'git commit [-a] [-q] [--amend] [--no-edit] [-m <msg>]',
  flags: { '-a': 'all', '--all': 'all', '-q': 'quiet', '--quiet': 'quiet', '--amend': 'amend', '--no-edit': 'no-edit' },
  values: { '-m': 'message', '--message': 'message' },
  refused: { '--fixup': 'commits are not folded into older ones here; use --amend for the last', '--squash': 'commits are not folded into older ones here; use --amend for the last', '--allow-empty': 'a commit here always holds a change' },
};

/** `git commit -m`: commits what is staged, with `-a` all changes of tracked files first. */
export const commit: Subcommand = {
  name: 'commit',
  summary: 'Record changes to the repository',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    if (options.words.length > 0 || options.paths) throw new GitError('error: committing by path is not offered here; stage the files with git add', 129);
    const draft = await draftOf(call, options);
    const entries = await call.git.status();
    if (entries.some((e) => e.conflict) && !options.flags.has('all')) throw unmergedError(entries);
    await call.turn.begin(call.signal);
    if (options.flags.has('all')) await stageTracked(call);
    const parent = draft.parents?.[0] ?? (draft.parents ? undefined : (await call.git.head()).commit);
    const before = parent === undefined ? EMPTY_SIDE : await revisionSide(call.git, parent);
    const changes = findRenames(await changesBetween(before, await revisionSide(call.git, 'INDEX')));
    if (draft.message === '' && changes.length > 0) throw new GitError('Aborting commit due to empty commit message.', 1);
    const id = await tryCommit(call, draft);
    if (id === undefined) return { out: (await status.run([], call)).out ?? '', status: 1 };
    const merged = await openAct(call);
    await closeAct(call);
    if (options.flags.has('quiet')) return ok();
    const where = (await call.git.head()).branch ?? 'detached HEAD';
    const date = draft.author ? ` Date: ${gitDate(draft.author)}\n` : '';
    const summary = merged === 'merge' ? '' : `${date}${shortStatOf(changes)}${modeLines(changes)}`;
    return ok(`[${where}${parent === undefined ? ' (root-commit)' : ''} ${shortId(id)}] ${subjectOf(draft.message)}\n${summary}`);
  },
};

/** What is to be committed: a change, the end of a merge or pick, or the last commit anew. */
interface Draft extends CommitOptions {
  readonly message: string;
}

async function draftOf(call: GitCall, options: ReadOptions): Promise<Draft> {
  const { git } = call;
  const given = options.values.has('message') ? options.values.get('message')!.join('\n\n').trim() : undefined;
  const [act, note] = [await openAct(call), await git.readNote('MERGE_MSG')];
  const head = (await git.log({ depth: 1 }))[0];
  if (options.flags.has('amend')) {
    if (!head) throw fatal('You have nothing to amend.');
    if (act !== undefined) throw fatal(`You are in the middle of a ${act} -- cannot amend.`);
    if (given === undefined && !options.flags.has('no-edit')) throw noEditor();
    const message = given ?? head.message.trim();
    return { message, parents: head.parents, author: head.author, reason: `commit (amend): ${subjectOf(message)}`, empty: true };
  }
  const message = given ?? (note !== undefined && options.flags.has('no-edit') ? note.trim() : undefined);
  if (message === undefined) throw noEditor();
  if (act !== 'merge') return { message, ...(act === 'cherry-pick' ? await pickedAuthor(call, message) : {}) };
  const theirs = (await git.readNote('MERGE_HEAD'))!.trim();
  return { message, parents: [head!.id, theirs], reason: `commit (merge): ${subjectOf(message)}`, empty: true };
}

async function pickedAuthor({ git }: GitCall, message: string): Promise<CommitOptions> {
  const picked = (await git.log({ ref: (await git.readNote('CHERRY_PICK_HEAD'))!.trim(), depth: 1 }))[0]!;
  return { author: picked.author, reason: `commit (cherry-pick): ${subjectOf(message)}` };
}

const noEditor = (): GitError => new GitError('error: there is no editor here; give the message with -m, or keep the one that is ready with --no-edit', 1);

async function stageTracked({ git }: GitCall): Promise<void> {
  const entries = await git.status();
  const of = (state: string): string[] => entries.filter((e) => e.unstaged === state || (e.conflict && state === 'modified')).map((e) => e.path);
  if (of('modified').length > 0) await git.add(of('modified'));
  if (of('deleted').length > 0) await git.removeFromIndex(of('deleted'));
}

async function tryCommit({ git }: GitCall, { message, ...options }: Draft): Promise<string | undefined> {
  try {
    return await git.commit(`${message}\n`, options);
  } catch (cause) {
    if (cause instanceof LabError && cause.code === 'nothing-to-commit') return undefined;
    throw cause;
  }
}
