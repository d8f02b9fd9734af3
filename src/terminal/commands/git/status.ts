import type { Git, StatusEntry } from '../../../lab/platform.js';
import { openAct } from '../../git/bring-in.js';
import { readOptions } from '../../git/options.js';
import { describeRebase, readRebase, type Rebase } from '../../git/rebase-state.js';
import { isChosen, readPathspecs, type Pathspec } from '../../git/pathspec.js';
import { quotePath } from '../../git/quote-path.js';
import { findRenames } from '../../git/renames.js';
import { byBytes, changesBetween, headSide, revisionSide } from '../../git/sides.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { trackingLines, trackingNote } from '../../git/tracking-words.js';
import { relativePath } from '../../paths.js';

const SPEC = {
  usage: 'git status [<options>] [--] [<pathspec>...]',
  flags: { '-s': 'short', '--short': 'short', '-b': 'branch', '--branch': 'branch', '--porcelain': 'porcelain', '--long': 'long' },
};

/** `git status`, long and `--short`, in git's words. */
export const status: Subcommand = {
  name: 'status',
  summary: 'Show the working tree status',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const specs = readPathspecs(call.prefix, [...options.words, ...(options.paths ?? [])]);
    const seen = await seeStatus(call, specs);
    const porcelain = options.flags.has('porcelain');
    if (options.flags.has('short') || porcelain) return ok(shortStatus(seen, porcelain ? '' : call.prefix, options.flags.has('branch')));
    return ok(longStatus(seen, call.prefix));
  },
};

/** What is staged of a path, and the path that it had before when it was renamed. */
type Staged = StatusEntry & { readonly from?: string };

interface Seen {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly staged: readonly Staged[];
  readonly unstaged: readonly StatusEntry[];
  readonly untracked: readonly string[];
  readonly unmerged: readonly StatusEntry[];
  readonly act: 'merge' | 'cherry-pick' | 'revert' | undefined;
  /** A rebase that waits, and whether a message waits for the commit at which it stopped. */
  readonly rebase: Rebase | undefined;
  readonly isStopped: boolean;
  /** What is said of the branch that this one follows, and the same in short. */
  readonly tracking: string;
  readonly follows: { readonly name: string; readonly note: string } | undefined;
  /** Short id of the commit that is picked or reverted. */
  readonly picked: string;
}

async function seeStatus(call: GitCall, specs: readonly Pathspec[]): Promise<Seen> {
  const { git } = call;
  const { branch, commit } = await git.head();
  const entries = (await git.status()).filter((e) => isChosen(specs, e.path)).sort((a, b) => byBytes(a.path, b.path));
  return {
    branch,
    commit,
    staged: await withRenames(git, entries.filter((e) => e.staged === 'added' || e.staged === 'modified' || e.staged === 'deleted')),
    unstaged: entries.filter((e) => e.unstaged === 'modified' || e.unstaged === 'deleted'),
    unmerged: entries.filter((e) => e.conflict),
    act: await openAct(call),
    rebase: await readRebase(git),
    isStopped: (await git.readNote('MERGE_MSG')) !== undefined,
    tracking: await trackingLines(git, branch),
    follows: branch === undefined ? undefined : await trackingNote(git, branch),
    picked: ((await git.readNote('CHERRY_PICK_HEAD')) ?? (await git.readNote('REVERT_HEAD')) ?? '').slice(0, 7),
    untracked: foldFolders(entries.filter(isUntracked).map((e) => e.path), [...(await git.treeAt('INDEX')).keys(), ...entries.flatMap((e) => (e.conflict ? [e.path] : []))], specs),
  };
}

/** A file that went and one like it that came are one that was renamed. */
async function withRenames(git: Git, staged: readonly StatusEntry[]): Promise<Staged[]> {
  if (!staged.some((e) => e.staged === 'added') || !staged.some((e) => e.staged === 'deleted')) return [...staged];
  const chosen = new Set(staged.map((e) => e.path));
  const changes = findRenames((await changesBetween(await headSide(git), await revisionSide(git, 'INDEX'))).filter((c) => chosen.has(c.path)));
  const sources = new Map(changes.flatMap((c) => (c.from === undefined ? [] : [[c.path, c.from] as const])));
  const used = new Set(sources.values());
  return staged.filter((e) => !used.has(e.path)).map((e) => (sources.has(e.path) ? { ...e, from: sources.get(e.path)! } : e));
}

const isUntracked = (entry: StatusEntry): boolean => entry.unstaged === 'untracked' || entry.staged === 'untracked';

/** A folder in which nothing is tracked is named once, with a slash, unless a path was asked for inside it. */
export function foldFolders(untracked: readonly string[], tracked: readonly string[], specs: readonly Pathspec[]): string[] {
  const folded = untracked.map((path) => {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at + 1);
      if (!tracked.some((t) => t.startsWith(folder)) && !specs.some((s) => s.path.startsWith(folder))) return folder;
    }
    return path;
  });
  return [...new Set(folded)].sort(byBytes);
}

const followed = (follows: Seen['follows']): string => (follows === undefined ? '' : `...${follows.name}${follows.note === '' ? '' : ` [${follows.note}]`}`);

const LETTERS: Readonly<Record<string, string>> = { added: 'A', modified: 'M', deleted: 'D' };

function shortStatus(seen: Seen, prefix: string, withBranch: boolean): string {
  const letters = new Map<string, [string, string]>();
  for (const e of seen.staged) letters.set(e.path, [e.from === undefined ? LETTERS[e.staged]! : 'R', ' ']);
  const from = new Map(seen.staged.map((e) => [e.path, e.from]));
  for (const e of seen.unstaged) letters.set(e.path, [letters.get(e.path)?.[0] ?? ' ', LETTERS[e.unstaged]!]);
  for (const e of seen.unmerged) letters.set(e.path, sidesOf(e).letters);
  const lines = [...letters].sort(([a], [b]) => byBytes(a, b)).map(([path, [x, y]]) => `${x}${y} ${from.get(path) === undefined ? '' : `${showShort(prefix, from.get(path)!)} -> `}${showShort(prefix, path)}\n`);
  const head = seen.commit === undefined ? `## No commits yet on ${seen.branch ?? 'main'}\n` : `## ${seen.branch ?? 'HEAD (no branch)'}${followed(seen.follows)}\n`;
  return [withBranch ? head : '', ...lines, ...seen.untracked.map((p) => `?? ${showShort(prefix, p)}\n`)].join('');
}

/** How git names a conflict by the stages that are there. */
const CONFLICTS: Readonly<Record<string, { letters: [string, string]; words: string }>> = {
  '1,2,3': { letters: ['U', 'U'], words: 'both modified:' },
  '2,3': { letters: ['A', 'A'], words: 'both added:' },
  '1,2': { letters: ['U', 'D'], words: 'deleted by them:' },
  '1,3': { letters: ['D', 'U'], words: 'deleted by us:' },
};
const sidesOf = (entry: StatusEntry): { letters: [string, string]; words: string } => CONFLICTS[entry.conflict!.join(',')] ?? { letters: ['U', 'U'], words: 'unmerged:' };

/** What waits for an end, and how to end it. */
function actLines({ act, unmerged, picked, rebase, isStopped }: Seen): string {
  const open = unmerged.length > 0;
  if (rebase) return describeRebase(rebase, open ? 'conflict' : isStopped ? 'settled' : 'editing');
  if (act === undefined) return '';
  if (act !== 'merge') {
    const now = act === 'revert' ? 'reverting' : 'cherry-picking';
    return `You are currently ${now} commit ${picked}.\n  (${open ? `fix conflicts and run "git ${act} --continue"` : `all conflicts fixed: run "git ${act} --continue"`})\n  (use "git ${act} --skip" to skip this patch)\n  (use "git ${act} --abort" to cancel the ${act} operation)\n`;
  }
  if (!open) return 'All conflicts fixed but you are still merging.\n  (use "git commit" to conclude merge)\n';
  return 'You have unmerged paths.\n  (fix conflicts and run "git commit")\n  (use "git merge --abort" to abort the merge)\n';
}

function longStatus(seen: Seen, prefix: string): string {
  const { branch, commit, staged, unstaged, untracked } = seen;
  const head = seen.rebase ? '' : branch === undefined ? `HEAD detached at ${commit?.slice(0, 7) ?? ''}\n` : `On branch ${branch}\n${seen.tracking === '' ? '' : `${seen.tracking}\n`}`;
  const middle = actLines(seen);
  const parts = [head, commit === undefined ? '\nNo commits yet\n' : '', middle];
  const first = commit === undefined || middle !== '';
  const unstage = commit === undefined ? 'git rm --cached <file>...' : 'git restore --staged <file>...';
  const hints = seen.act !== undefined ? [] : [`use "${unstage}" to unstage`];
  parts.push(section('Changes to be committed:', hints, staged.map((e) => (e.from === undefined ? `${label(e.staged)}${show(prefix, e.path)}` : `${label('renamed')}${show(prefix, e.from)} -> ${show(prefix, e.path)}`)), first));
  parts.push(unmergedSection(seen, prefix, unstage, staged.length > 0 || first));
  const add = unstaged.some((e) => e.unstaged === 'deleted') ? 'git add/rm <file>...' : 'git add <file>...';
  const discard = [`use "${add}" to update what will be committed`, 'use "git restore <file>..." to discard changes in working directory'];
  parts.push(section('Changes not staged for commit:', discard, unstaged.map((e) => `${label(e.unstaged)}${show(prefix, e.path)}`), staged.length + seen.unmerged.length > 0 || first));
  const before = staged.length + seen.unmerged.length + unstaged.length > 0 || first;
  parts.push(section('Untracked files:', ['use "git add <file>..." to include in what will be committed'], untracked.map((p) => show(prefix, p)), before));
  return parts.join('') + closing(seen, middle !== '');
}

function unmergedSection({ unmerged, act }: Seen, prefix: string, unstage: string, gap: boolean): string {
  const gone = unmerged.some((e) => e.conflict!.length === 2 && e.conflict!.includes(1));
  const hint = gone ? 'use "git add/rm <file>..." as appropriate to mark resolution' : 'use "git add <file>..." to mark resolution';
  return section('Unmerged paths:', [...(act !== undefined ? [] : [`use "${unstage}" to unstage`]), hint], unmerged.map((e) => `${sidesOf(e).words.padEnd(17)}${show(prefix, e.path)}`), gap);
}

const label = (state: string): string => `${state === 'added' ? 'new file' : state}:`.padEnd(12);

function section(title: string, hints: readonly string[], rows: readonly string[], gap: boolean): string {
  if (rows.length === 0) return '';
  return [gap ? '\n' : '', `${title}\n`, ...hints.map((h) => `  (${h})\n`), ...rows.map((r) => `\t${r}\n`)].join('');
}

/** The last line of a long status; it stands apart from the lists above it. */
function closing({ commit, staged, unstaged, untracked, unmerged, act }: Seen, apart: boolean): string {
  const listed = staged.length + unmerged.length + unstaged.length + untracked.length > 0 || apart;
  if (staged.length > 0 || (act === 'merge' && unmerged.length === 0)) return '\n';
  const gap = listed || commit === undefined ? '\n' : '';
  if (unstaged.length + unmerged.length > 0) return `${gap}no changes added to commit (use "git add" and/or "git commit -a")\n`;
  if (untracked.length > 0) return `${gap}nothing added to commit but untracked files present (use "git add" to track)\n`;
  return commit === undefined ? `${gap}nothing to commit (create/copy files and use "git add" to track)\n` : `${gap}nothing to commit, working tree clean\n`;
}

const show = (prefix: string, path: string): string =>
  quotePath(path.endsWith('/') ? `${relativePath(prefix, path.slice(0, -1))}/` : relativePath(prefix, path));

/** The short form also quotes a name that holds a space. */
function showShort(prefix: string, path: string): string {
  const shown = show(prefix, path);
  return shown.includes(' ') && !shown.startsWith('"') ? `"${shown}"` : shown;
}
