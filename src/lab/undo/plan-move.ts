import { LabError } from '../../core/lab-error.js';
import type { Git, Platform, ReflogEntry } from '../platform.js';
import { changedPaths } from '../project/changed-paths.js';
import { isBehind } from '../team/tracking.js';
import type { UndoPlan } from './plan.js';

/** One line of the log for each commit that a rebase replays; together they are one act. */
const PART = /^(.+?) \((start|pick|continue|reword|edit|squash|fixup|skip|finish|abort)\)/;
const MAKES_COMMITS = /^(commit|revert|cherry-pick)|\(pick\)|\(finish\)|Merge made/;

/** Taking back git's last move of `HEAD`, which is the newest line of its log. Undefined when nothing came before it. */
export async function planMove(platform: Platform, log: readonly ReflogEntry[], redo: boolean): Promise<UndoPlan | undefined> {
  const { git } = platform;
  const [last] = log;
  if (!last) return undefined;
  const first = firstOf(log);
  const { to, name } = (await rebasedFrom(git, last)) ?? { to: log[first]!.before, name: `HEAD@{${first + 1}}` };
  if (/^0+$/.test(to) && log.length === 1) return undefined;
  const base = { id: `move-${log.length}`, kind: 'move' as const, redo, text: PART.exec(last.message)?.[1] ?? last.message };
  const [, from] = /^checkout: moving from (\S+) to \S+$/.exec(last.message) ?? [];
  if (from !== undefined) return planSwitch(platform, { ...base, text: last.message.replace('checkout: ', '') }, from, last);
  if (/^0+$/.test(to) || to === last.after) return { ...base, files: [], refused: new LabError('undo-no-move', { message: last.message }) };
  const files = await changedPaths(git, last.after, to);
  const refused = (await openAct(platform)) ?? (await pushed(git, log.slice(0, first + 1))) ?? (await localChanges(git, files));
  return { ...base, to, files, same: `git reset --keep ${name}`, ...(refused ? { refused } : {}) };
}

/** Where the act of the newest line begins. */
function firstOf(log: readonly ReflogEntry[]): number {
  const [, action] = PART.exec(log[0]!.message) ?? [];
  if (action === undefined) return 0;
  for (let i = 0; i < log.length; i++) {
    const [, same, part] = PART.exec(log[i]!.message) ?? [];
    if (same === undefined || !(same === action || action.startsWith(same) || same.startsWith(action))) return Math.max(0, i - 1);
    if (part === 'start') return i;
  }
  return log.length - 1;
}

async function planSwitch(platform: Platform, base: Pick<UndoPlan, 'id' | 'kind' | 'redo' | 'text'>, branch: string, { before, after }: ReflogEntry): Promise<UndoPlan> {
  const { git } = platform;
  const known = (await git.branches()).includes(branch);
  const files = await changedPaths(git, after, before);
  const refused = (await openAct(platform)) ?? (known ? await localChanges(git, files) : new LabError('unknown-branch', { branch }));
  return { ...base, branch, files, same: `git switch ${branch}`, ...(refused ? { refused } : {}) };
}

/** Where the branch stood before a rebase in steps of its own, which its log keeps as one move. */
async function rebasedFrom(git: Git, last: ReflogEntry): Promise<{ to: string; name: string } | undefined> {
  const { branch } = await git.head();
  if (branch === undefined || PART.exec(last.message)?.[2] !== 'finish') return undefined;
  const [move] = await git.reflog(`refs/heads/${branch}`);
  return move?.after === last.after && PART.exec(move.message)?.[2] === 'finish' ? { to: move.before, name: `${branch}@{1}` } : undefined;
}

/** A merge, a pick, a revert or a rebase that waits to be ended, as the reason against an undo. */
export async function openAct({ git, files: tree }: Platform): Promise<LabError | undefined> {
  for (const note of ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'] as const) {
    if ((await git.readNote(note)) !== undefined) return new LabError('undo-unfinished', { act: note.slice(0, -'_HEAD'.length).toLowerCase().replace('_', '-') });
  }
  if ((await tree.list('.git/rebase-merge')).length > 0) return new LabError('undo-unfinished', { act: 'rebase' });
  const files = (await git.status()).filter((entry) => entry.conflict).map((entry) => entry.path);
  return files.length > 0 ? new LabError('unmerged', { files }) : undefined;
}

/** What others may have is not taken away from under them. */
async function pushed(git: Git, lines: readonly ReflogEntry[]): Promise<LabError | undefined> {
  const { after } = lines[0]!;
  if (!lines.some((line) => MAKES_COMMITS.test(line.message))) return undefined;
  for (const [ref, id] of await git.refs('refs/remotes/')) {
    if (await isBehind(git, after, id)) return new LabError('undo-pushed', { commit: after.slice(0, 7), remote: ref.slice('refs/remotes/'.length) });
  }
  return undefined;
}

async function localChanges(git: Git, paths: readonly string[]): Promise<LabError | undefined> {
  const dirty = new Set((await git.status()).map((entry) => entry.path));
  const files = paths.filter((path) => dirty.has(path));
  return files.length > 0 ? new LabError('local-changes', { files }) : undefined;
}

