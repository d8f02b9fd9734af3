import type { CommitInfo, Git } from '../../lab/platform.js';
import { shortId } from './blob-id.js';
import { subjectOf } from './log-lines.js';
import { fatal } from './options.js';

/** One line of the list of what is to be made again. */
export interface Pick {
  readonly id: string;
  readonly subject: string;
}

/** A rebase that waits: what `.git/rebase-merge` keeps, in the form that native git reads too. */
export interface Rebase {
  /** The branch that is made anew; undefined for a detached HEAD. */
  readonly branch: string | undefined;
  readonly onto: string;
  readonly origHead: string;
  readonly done: readonly Pick[];
  readonly todo: readonly Pick[];
  readonly quiet: boolean;
}

const BRANCH = 'refs/heads/';

/** The rebase that waits for an end, or undefined. */
export async function readRebase(git: Git): Promise<Rebase | undefined> {
  const head = (await git.readNote('rebase-merge/head-name'))?.trim();
  if (head === undefined) return undefined;
  const read = async (name: string): Promise<string> => (await git.readNote(`rebase-merge/${name}`)) ?? '';
  return {
    branch: head.startsWith(BRANCH) ? head.slice(BRANCH.length) : undefined,
    onto: (await read('onto')).trim(),
    origHead: (await read('orig-head')).trim(),
    done: parseTodo(await read('done')),
    todo: parseTodo(await read('git-rebase-todo')),
    quiet: (await git.readNote('rebase-merge/quiet')) !== undefined,
  };
}

/** Keeps a rebase that stops. */
export async function writeRebase(git: Git, rebase: Rebase): Promise<void> {
  const { branch, onto, origHead, done, todo, quiet } = rebase;
  const all = [...done, ...todo];
  const notes: Readonly<Record<string, string>> = {
    'head-name': `${branch === undefined ? 'detached HEAD' : BRANCH + branch}\n`, onto: `${onto}\n`, 'orig-head': `${origHead}\n`,
    done: renderTodo(done), 'git-rebase-todo': renderTodo(todo), 'git-rebase-todo.backup': renderTodo(all), msgnum: `${done.length}\n`, end: `${all.length}\n`,
    interactive: '', drop_redundant_commits: '', 'no-reschedule-failed-exec': '', ...(quiet ? { quiet: '' } : {}),
  };
  for (const [name, text] of Object.entries(notes)) await git.writeNote(`rebase-merge/${name}`, text);
}

/** Forgets the rebase that waits, and what was kept of the commit at which it stopped. */
export async function forgetRebase(git: Git): Promise<void> {
  for (const note of ['REBASE_HEAD', 'MERGE_MSG', 'CHERRY_PICK_HEAD'] as const) await git.writeNote(note);
  await git.clearNotes('rebase-merge');
}

/** Keeps the commit at which a rebase stops, with its author and its change, as native git wants them to go on. */
export async function writeStop(git: Git, commit: CommitInfo, message: string, patch: string): Promise<void> {
  const { name, email, timestamp, timezoneOffset } = commit.author;
  const minutes = Math.abs(timezoneOffset);
  const zone = `${timezoneOffset > 0 ? '-' : '+'}${String(Math.floor(minutes / 60) * 100 + (minutes % 60)).padStart(4, '0')}`;
  const script = `GIT_AUTHOR_NAME=${quote(name)}\nGIT_AUTHOR_EMAIL=${quote(email)}\nGIT_AUTHOR_DATE=${quote(`@${timestamp} ${zone}`)}\n`;
  await git.writeNote('rebase-merge/author-script', script);
  await git.writeNote('rebase-merge/message', commit.message);
  await git.writeNote('rebase-merge/patch', patch);
  await git.writeNote('rebase-merge/stopped-sha', `${commit.id}\n`);
  await git.writeNote('REBASE_HEAD', `${commit.id}\n`);
  await git.writeNote('MERGE_MSG', message);
}

const quote = (text: string): string => `'${text.replace(/['!]/g, (mark) => `'\\${mark}'`)}'`;

export const pickOf = ({ id, message }: CommitInfo): Pick => ({ id, subject: subjectOf(message) });

const renderTodo = (picks: readonly Pick[]): string => picks.map(({ id, subject }) => `pick ${id} ${subject}\n`).join('');

/** Lines that only pick; native git can leave others here. */
function parseTodo(text: string): Pick[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#') && line.trim() !== 'noop');
  return lines.map((line) => {
    const [, command = '', id = '', subject = ''] = /^(\S+)\s+(\S+)\s?(.*)$/.exec(line) ?? [];
    if (command !== 'pick' && command !== 'p') throw fatal(`'${line}' cannot be done here; end this rebase where it was begun, or git rebase --abort`);
    return { id, subject };
  });
}

/** `   pick abc1234 subject`, as the status lists them. */
const listed = ({ id, subject }: Pick): string => `   pick ${shortId(id)} ${subject}\n`;
const MOST_LISTED = 2;

/** What `git status` says first of a rebase that waits. */
export function describeRebase({ branch, onto, done, todo }: Rebase, state: 'conflict' | 'settled' | 'editing'): string {
  const commands = (n: number): string => `command${n === 1 ? '' : 's'}`;
  const before = done.length === 0 ? 'No commands done.\n' : `Last ${commands(done.length)} done (${done.length} ${commands(done.length)} done):\n${done.slice(-MOST_LISTED).map(listed).join('')}${done.length > MOST_LISTED ? '  (see more in file .git/rebase-merge/done)\n' : ''}`;
  const after = todo.length === 0 ? 'No commands remaining.\n' : `Next ${commands(todo.length)} to do (${todo.length} remaining ${commands(todo.length)}):\n${todo.slice(0, MOST_LISTED).map(listed).join('')}  (use "git rebase --edit-todo" to view and edit)\n`;
  const where = branch === undefined ? '' : ` branch '${branch}' on '${shortId(onto)}'`;
  const act = state === 'editing' ? `editing a commit ${branch === undefined ? 'during a rebase' : `while rebasing${where}`}` : `rebasing${where}`;
  return `interactive rebase in progress; onto ${shortId(onto)}\n${before}${after}You are currently ${act}.\n${HINTS[state]}`;
}

const HINTS = {
  conflict: '  (fix conflicts and then run "git rebase --continue")\n  (use "git rebase --skip" to skip this patch)\n  (use "git rebase --abort" to check out the original branch)\n',
  settled: '  (all conflicts fixed: run "git rebase --continue")\n',
  editing: '  (use "git commit --amend" to amend the current commit)\n  (use "git rebase --continue" once you are satisfied with your changes)\n',
} as const;
