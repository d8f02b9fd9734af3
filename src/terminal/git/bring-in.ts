import { LabError } from '../../core/lab-error.js';
import type { MergeOutcome, SideNames, StatusEntry } from '../../lab/platform.js';
import { shortId } from './blob-id.js';
import { GitError } from './options.js';
import type { GitCall } from './subcommand.js';

/** `git merge`'s words for changes that stand in the way; other failures keep their own. */
export function explainLosses(cause: unknown, act: string): unknown {
  const files = cause instanceof LabError ? cause.data['files'] : undefined;
  if (!(cause instanceof LabError) || !Array.isArray(files)) return cause;
  const list = files.map((p) => `\t${String(p)}\n`).join('');
  if (cause.code === 'local-changes')
    return new GitError(`error: Your local changes to the following files would be overwritten by ${act}:\n${list}Please commit your changes or stash them before you ${act}.\nAborting`, 1);
  if (cause.code !== 'untracked-changes') return cause;
  return new GitError(`error: The following untracked working tree files would be overwritten by ${act}:\n${list}Please move or remove them before you ${act}.\nAborting`, 1);
}

/** What git says of the paths that it merged by line and of those it could not. */
export function describeMerge({ merged, conflicts }: MergeOutcome, { ours, theirs }: SideNames): string {
  const lines = new Map<string, string>();
  for (const path of merged) lines.set(path, `Auto-merging ${path}\n`);
  for (const { path, kind } of conflicts) {
    const [gone, kept] = kind === 'deleted by us' ? [ours, theirs] : [theirs, ours];
    const said = kind.startsWith('deleted')
      ? `CONFLICT (modify/delete): ${path} deleted in ${gone} and modified in ${kept}.  Version ${kept} of ${path} left in tree.\n`
      : kind === 'binary'
        ? `warning: Cannot merge binary files: ${path} (${ours} vs. ${theirs})\nAuto-merging ${path}\nCONFLICT (content): Merge conflict in ${path}\n`
        : `CONFLICT (${kind}): Merge conflict in ${path}\n`;
    lines.set(path, (lines.get(path) ?? '') + said);
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text).join('');
}

/** A message with the list of conflicts as a comment, as git keeps it for the commit that ends the merge. */
export const noteConflicts = (message: string, { conflicts }: MergeOutcome): string =>
  `${message.trimEnd()}\n\n# Conflicts:\n${conflicts.map(({ path }) => `#\t${path}\n`).join('')}`;

/** The message of a note without its comments. */
export const withoutComments = (note: string): string => `${note.split('\n').filter((line) => !line.startsWith('#')).join('\n').trim()}\n`;

/** The name of the act that waits for an end, or undefined. */
export async function openAct({ git }: GitCall): Promise<'merge' | 'cherry-pick' | 'revert' | undefined> {
  if ((await git.readNote('MERGE_HEAD')) !== undefined) return 'merge';
  if ((await git.readNote('CHERRY_PICK_HEAD')) !== undefined) return 'cherry-pick';
  return (await git.readNote('REVERT_HEAD')) === undefined ? undefined : 'revert';
}

/** Forgets an act that has come to its end. */
export async function closeAct({ git }: GitCall): Promise<void> {
  for (const note of ['MERGE_HEAD', 'MERGE_MSG', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'] as const) await git.writeNote(note);
}

/** `git commit`'s refusal while files are in conflict. */
export function unmergedError(entries: readonly StatusEntry[]): GitError {
  const list = entries.filter((e) => e.conflict).map((e) => `U\t${e.path}\n`).join('');
  return new GitError(`${list}error: Committing is not possible because you have unmerged files.\n${FIX}fatal: Exiting because of an unresolved conflict.`, 128);
}

const FIX = "hint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\n";

/** Refuses to begin an act while another one waits or conflicts are open. */
export async function refuseOpenAct(call: GitCall, act: string): Promise<void> {
  if ((await call.git.status()).some((e) => e.conflict)) throw new GitError(`error: ${verbing(act)} is not possible because you have unmerged files.\n${FIX}fatal: Exiting because of an unresolved conflict.`, 128);
  const open = await openAct(call);
  if (open === 'merge') throw new GitError('fatal: You have not concluded your merge (MERGE_HEAD exists).\nPlease, commit your changes before you merge.', 128);
  if (open !== undefined) throw new GitError(`fatal: a ${open} is not finished; end it with git ${open} --continue or --abort`, 128);
}

const verbing = (act: string): string => ({ merge: 'Merging', 'cherry-pick': 'Cherry-picking', revert: 'Reverting' })[act] ?? act;

/** Ends an act and puts all files back to where it began. */
export async function abortAct(call: GitCall, act: 'merge' | 'cherry-pick' | 'revert'): Promise<void> {
  if ((await openAct(call)) !== act)
    throw new GitError(act === 'merge' ? 'fatal: There is no merge to abort (MERGE_HEAD missing).' : `error: no cherry-pick or revert in progress\nfatal: ${act} failed`, 128);
  await call.turn.begin(call.signal);
  await call.git.reset('HEAD', 'hard', `reset: moving to ${act === 'merge' ? 'HEAD' : (await call.git.head()).commit}`);
  await closeAct(call);
}

/** `abc1234 (subject)`, as the markers of a picked commit name it. */
export const namePicked = (id: string, subject: string): string => `${shortId(id)} (${subject})`;
