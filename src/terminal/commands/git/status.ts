import type { StatusEntry } from '../../../lab/platform.js';
import { readOptions } from '../../git/options.js';
import { isChosen, readPathspecs, type Pathspec } from '../../git/pathspec.js';
import { quotePath } from '../../git/quote-path.js';
import { byBytes } from '../../git/sides.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
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

interface Seen {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly staged: readonly StatusEntry[];
  readonly unstaged: readonly StatusEntry[];
  readonly untracked: readonly string[];
}

async function seeStatus({ git }: GitCall, specs: readonly Pathspec[]): Promise<Seen> {
  const { branch, commit } = await git.head();
  const entries = (await git.status()).filter((e) => isChosen(specs, e.path)).sort((a, b) => byBytes(a.path, b.path));
  return {
    branch,
    commit,
    staged: entries.filter((e) => e.staged === 'added' || e.staged === 'modified' || e.staged === 'deleted'),
    unstaged: entries.filter((e) => e.unstaged === 'modified' || e.unstaged === 'deleted'),
    untracked: foldFolders(entries.filter(isUntracked).map((e) => e.path), [...(await git.treeAt('INDEX')).keys()], specs),
  };
}

const isUntracked = (entry: StatusEntry): boolean => entry.unstaged === 'untracked' || entry.staged === 'untracked';

/** A folder in which nothing is tracked is named once, with a slash, unless a path was asked for inside it. */
function foldFolders(untracked: readonly string[], tracked: readonly string[], specs: readonly Pathspec[]): string[] {
  const folded = untracked.map((path) => {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at + 1);
      if (!tracked.some((t) => t.startsWith(folder)) && !specs.some((s) => s.path.startsWith(folder))) return folder;
    }
    return path;
  });
  return [...new Set(folded)].sort(byBytes);
}

const LETTERS: Readonly<Record<string, string>> = { added: 'A', modified: 'M', deleted: 'D' };

function shortStatus(seen: Seen, prefix: string, withBranch: boolean): string {
  const letters = new Map<string, [string, string]>();
  for (const e of seen.staged) letters.set(e.path, [LETTERS[e.staged]!, ' ']);
  for (const e of seen.unstaged) letters.set(e.path, [letters.get(e.path)?.[0] ?? ' ', LETTERS[e.unstaged]!]);
  const lines = [...letters].sort(([a], [b]) => byBytes(a, b)).map(([path, [x, y]]) => `${x}${y} ${showShort(prefix, path)}\n`);
  const head = seen.commit === undefined ? `## No commits yet on ${seen.branch ?? 'main'}\n` : `## ${seen.branch ?? 'HEAD (no branch)'}\n`;
  return [withBranch ? head : '', ...lines, ...seen.untracked.map((p) => `?? ${showShort(prefix, p)}\n`)].join('');
}

function longStatus(seen: Seen, prefix: string): string {
  const { branch, commit, staged, unstaged, untracked } = seen;
  const head = branch === undefined ? `HEAD detached at ${commit?.slice(0, 7) ?? ''}\n` : `On branch ${branch}\n`;
  const parts = [head, commit === undefined ? '\nNo commits yet\n' : ''];
  const unstage = commit === undefined ? 'git rm --cached <file>...' : 'git restore --staged <file>...';
  parts.push(section('Changes to be committed:', [`use "${unstage}" to unstage`], staged.map((e) => `${label(e.staged)}${show(prefix, e.path)}`), commit === undefined));
  const add = unstaged.some((e) => e.unstaged === 'deleted') ? 'git add/rm <file>...' : 'git add <file>...';
  const hints = [`use "${add}" to update what will be committed`, 'use "git restore <file>..." to discard changes in working directory'];
  parts.push(section('Changes not staged for commit:', hints, unstaged.map((e) => `${label(e.unstaged)}${show(prefix, e.path)}`), staged.length > 0 || commit === undefined));
  const before = staged.length > 0 || unstaged.length > 0 || commit === undefined;
  parts.push(section('Untracked files:', ['use "git add <file>..." to include in what will be committed'], untracked.map((p) => show(prefix, p)), before));
  return parts.join('') + closing(seen);
}

const label = (state: string): string => `${state === 'added' ? 'new file' : state}:`.padEnd(12);

function section(title: string, hints: readonly string[], rows: readonly string[], gap: boolean): string {
  if (rows.length === 0) return '';
  return [gap ? '\n' : '', `${title}\n`, ...hints.map((h) => `  (${h})\n`), ...rows.map((r) => `\t${r}\n`)].join('');
}

/** The last line of a long status; it stands apart from the lists above it. */
function closing({ commit, staged, unstaged, untracked }: Seen): string {
  const listed = staged.length + unstaged.length + untracked.length > 0;
  if (staged.length > 0) return '\n';
  const gap = listed || commit === undefined ? '\n' : '';
  if (unstaged.length > 0) return `${gap}no changes added to commit (use "git add" and/or "git commit -a")\n`;
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
