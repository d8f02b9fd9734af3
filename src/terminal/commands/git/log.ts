import type { CommitInfo } from '../../../lab/platform.js';
import { decorations, formatCommit, fullCommit, oneLine } from '../../git/log-lines.js';
import { fatal, lastValue, readCount, readOptions } from '../../git/options.js';
import { isChosen, readPathspecs } from '../../git/pathspec.js';
import { patchOf } from '../../git/patch.js';
import { findRevision, looksLikeRevision } from '../../git/revision.js';
import { changesBetween, EMPTY_SIDE, revisionSide, type Change } from '../../git/sides.js';
import { statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git log [<options>] [<revision-range>] [[--] <path>...]',
  flags: { '--oneline': 'oneline', '--stat': 'stat', '-p': 'patch', '--patch': 'patch', '--reverse': 'reverse', '--decorate': 'decorate', '--no-decorate': 'plain' },
  values: { '-n': 'count', '--max-count': 'count', '--format': 'format', '--pretty': 'format' },
  digits: 'count',
  refused: { '--graph': 'drawing the graph is not offered here', '--all': 'name the branch to be listed', '--follow': 'renames are not followed here' },
};

/** `git log`: commits from newest to oldest, of a revision, of `a..b`, or of those that changed a path. */
export const log: Subcommand = {
  name: 'log',
  summary: 'Show commit logs',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const { branch, commit } = await call.git.head();
    if (commit === undefined) throw fatal(`your current branch '${branch ?? 'main'}' does not have any commits yet`);
    const { range, paths } = await splitWords(call, options.words, options.paths);
    const most = readCount(options, 'count') ?? Number.POSITIVE_INFINITY;
    let commits = await listRange(call, range, paths.length === 0 ? most : Number.POSITIVE_INFINITY);
    if (paths.length > 0) commits = (await keepTouching(call, commits, paths)).slice(0, most);
    const names = options.flags.has('plain') ? new Map<string, string[]>() : await decorations(call.git);
    if (options.flags.has('reverse')) commits = commits.toReversed();
    const format = lastValue(options, 'format');
    const show = (c: CommitInfo): string => present(c, names.get(c.id) ?? [], format ?? (options.flags.has('oneline') ? 'oneline' : 'medium'));
    const bodies = await Promise.all(commits.map(async (c) => detail(call, c, paths, options.flags)));
    const compact = format !== undefined ? format !== 'medium' : options.flags.has('oneline');
    return ok(commits.map((c, i) => `${compact || i === 0 ? '' : '\n'}${show(c)}${bodies[i] === '' ? '' : `${compact ? '' : '\n'}${bodies[i]}`}`).join(''));
  },
};

/** A commit in one of git's formats, or filled into `format:…`. */
export function present(commit: CommitInfo, names: readonly string[], format: string): string {
  if (format === 'medium') return fullCommit(commit, names);
  if (format === 'oneline') return oneLine(commit, names);
  const pattern = /^t?format:(.*)$/s.exec(format)?.[1] ?? (format.includes('%') ? format : undefined);
  if (pattern === undefined) throw fatal(`invalid --pretty format: ${format}`);
  return `${formatCommit(pattern, commit, names)}\n`;
}

async function detail(call: GitCall, commit: CommitInfo, paths: readonly string[], flags: ReadonlySet<string>): Promise<string> {
  if (!flags.has('stat') && !flags.has('patch')) return '';
  const changes = await changesOf(call, commit, paths);
  const [stat, patch] = [flags.has('stat') ? statOf(changes) : '', flags.has('patch') ? changes.map(patchOf).join('') : ''];
  return [stat, patch].filter((part) => part !== '').join('\n');
}

/** What a commit changed against its first parent. */
export async function changesOf(call: GitCall, commit: CommitInfo, paths: readonly string[] = []): Promise<Change[]> {
  const parent = commit.parents[0];
  const before = parent === undefined ? EMPTY_SIDE : await revisionSide(call.git, parent);
  return changesBetween(before, await revisionSide(call.git, commit.id), readPathspecs(call.prefix, paths));
}

async function splitWords(call: GitCall, words: readonly string[], after: readonly string[] | undefined): Promise<{ range: string; paths: readonly string[] }> {
  const [first, ...rest] = words;
  if (first === undefined) return { range: 'HEAD', paths: after ?? [] };
  if (await looksLikeRevision(call, first, after !== undefined)) return { range: first, paths: [...rest, ...(after ?? [])] };
  return { range: 'HEAD', paths: words };
}

async function listRange({ git }: GitCall, range: string, depth: number): Promise<CommitInfo[]> {
  const at = range.indexOf('..');
  if (at < 0) return git.log({ ref: await findRevision(git, range), depth: Number.isFinite(depth) ? depth : undefined });
  const known = new Set((await git.log({ ref: await findRevision(git, range.slice(0, at) || 'HEAD') })).map((c) => c.id));
  const all = await git.log({ ref: await findRevision(git, range.slice(at + 2) || 'HEAD') });
  return all.filter((c) => !known.has(c.id)).slice(0, depth);
}

/** Commits that changed one of the paths, by the ids in their trees. */
async function keepTouching({ git, prefix }: GitCall, commits: readonly CommitInfo[], words: readonly string[]): Promise<CommitInfo[]> {
  const specs = readPathspecs(prefix, words);
  const kept: CommitInfo[] = [];
  for (const commit of commits) {
    const [after, parent] = [await git.treeAt(commit.id), commit.parents[0]];
    const before = parent === undefined ? new Map<string, string>() : await git.treeAt(parent);
    if ([...new Set([...before.keys(), ...after.keys()])].some((p) => before.get(p) !== after.get(p) && isChosen(specs, p))) kept.push(commit);
  }
  return kept;
}
