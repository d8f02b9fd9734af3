import type { CommitInfo } from '../../../lab/platform.js';
import { CommitGraph } from '../../git/commit-graph.js';
import { decorations, formatCommit, fullCommit, oneLine } from '../../git/log-lines.js';
import { fatal, lastValue, readCount, readOptions, type ReadOptions } from '../../git/options.js';
import { orderByLines } from '../../git/order-by-lines.js';
import { isChosen, readPathspecs } from '../../git/pathspec.js';
import { patchOf } from '../../git/patch.js';
import { findRenames } from '../../git/renames.js';
import { findRevision, looksLikeRevision } from '../../git/revision.js';
import { changesOfCommit, type Change } from '../../git/sides.js';
import { statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git log [<options>] [<revision-range>] [[--] <path>...]',
  flags: { '--oneline': 'oneline', '--stat': 'stat', '-p': 'patch', '--patch': 'patch', '--reverse': 'reverse', '--decorate': 'decorate', '--no-decorate': 'plain', '--graph': 'graph', '--all': 'all', '--no-renames': 'keep', '-M': 'renames', '--find-renames': 'renames' },
  values: { '-n': 'count', '--max-count': 'count', '--author': 'author', '--grep': 'grep', '--format': 'format', '--pretty': 'format' },
  digits: 'count',
  refused: { '--follow': 'renames are not followed here' },
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
    if (options.flags.has('graph') && options.flags.has('reverse')) throw fatal('options \'--reverse\' and \'--graph\' cannot be used together');
    const most = readCount(options, 'count') ?? Number.POSITIVE_INFINITY;
    const sifted = paths.length > 0 || ['author', 'grep'].some((name) => options.values.has(name)) || ['all', 'graph'].some((flag) => options.flags.has(flag));
    let commits = options.flags.has('all') ? await listAll(call) : await listRange(call, range, sifted ? Number.POSITIVE_INFINITY : most);
    const names = options.flags.has('plain') && !options.flags.has('all') ? new Map<string, string[]>() : await decorations(call.git);
    if (paths.length > 0) commits = await keepTouching(call, commits, paths, options.flags.has('all') ? names.keys() : commits.slice(0, 1).map((c) => c.id));
    if (options.flags.has('graph')) commits = orderByLines(commits);
    const listed = siftCommits(commits, options);
    commits = listed.slice(0, most);
    if (options.flags.has('plain')) names.clear();
    if (options.flags.has('reverse')) commits = commits.toReversed();
    const format = lastValue(options, 'format');
    const compact = format !== undefined ? format !== 'medium' : options.flags.has('oneline');
    const bodies = await Promise.all(commits.map(async (c) => detail(call, c, paths, options.flags)));
    const texts = commits.map((c, i) => {
      const head = present(c, names.get(c.id) ?? [], format ?? (options.flags.has('oneline') ? 'oneline' : 'medium'));
      return `${head}${bodies[i] === '' ? '' : `${compact ? '' : '\n'}${bodies[i]}`}`;
    });
    if (options.flags.has('graph')) return ok(besideGraph(commits, new Set(listed.map((c) => c.id)), texts, compact));
    return ok(texts.map((text, i) => `${compact || i === 0 ? '' : '\n'}${text}`).join(''));
  },
};

/** The texts with the graph drawn at their left; commits that are not listed are left out of it. */
function besideGraph(commits: readonly CommitInfo[], listed: ReadonlySet<string>, texts: readonly string[], compact: boolean): string {
  const graph = new CommitGraph();
  const rows: string[] = [];
  commits.forEach((commit, i) => {
    graph.update({ id: commit.id, parents: commit.parents.filter((p) => listed.has(p)) });
    if (!compact && i > 0) rows.push(graph.paddingRow());
    for (;;) {
      const { row, isCommit } = graph.nextRow();
      const [first = '', ...more] = texts[i]!.replace(/\n$/, '').split('\n');
      rows.push(isCommit ? row + first : row);
      if (!isCommit) continue;
      for (const line of more) rows.push(graph.nextRow().row + line);
      break;
    }
    while (!graph.isFinished) rows.push(graph.nextRow().row);
  });
  return rows.map((row) => `${row}\n`).join('');
}

/** Every commit that a branch, a tag or HEAD leads to. */
async function listAll({ git }: GitCall): Promise<CommitInfo[]> {
  return git.log({ ref: ['HEAD', ...(await git.refs('refs/')).keys()].filter((ref) => ref !== 'refs/stash') });
}

/** Those by an author and with words in the message, both read as basic patterns. */
function siftCommits(commits: readonly CommitInfo[], options: ReadOptions): CommitInfo[] {
  const [author, words] = ['author', 'grep'].map((name) => options.values.get(name)?.map((v) => basicPattern(v)));
  return commits.filter((c) => (author?.some((p) => p.test(`${c.author.name} <${c.author.email}>`)) ?? true) && (words?.some((p) => p.test(c.message)) ?? true));
}

/** A basic regular expression: `+ ? | ( ) {` are plain unless a backslash stands before them. */
function basicPattern(text: string): RegExp {
  try {
    return new RegExp(text.replace(/\\?[+?|(){}]/g, (mark) => (mark.length === 2 ? mark[1]! : `\\${mark}`)), 'm');
  } catch {
    throw fatal(`command line, '${text}': Invalid regular expression`);
  }
}

/** A commit in one of git's formats, or filled into `format:…`. */
export function present(commit: CommitInfo, names: readonly string[], format: string): string {
  if (format === 'medium') return fullCommit(commit, names);
  if (format === 'oneline') return oneLine(commit, names);
  const pattern = /^t?format:(.*)$/s.exec(format)?.[1] ?? (format.includes('%') ? format : undefined);
  if (pattern === undefined) throw fatal(`invalid --pretty format: ${format}`);
  return `${formatCommit(pattern, commit, names)}\n`;
}

async function detail(call: GitCall, commit: CommitInfo, paths: readonly string[], flags: ReadonlySet<string>): Promise<string> {
  if ((!flags.has('stat') && !flags.has('patch')) || commit.parents.length > 1) return '';
  const changes = await changesOf(call, commit, paths, flags.has('keep'));
  const [stat, patch] = [flags.has('stat') ? statOf(changes) : '', flags.has('patch') ? changes.map(patchOf).join('') : ''];
  return [stat, patch].filter((part) => part !== '').join('\n');
}

/** What a commit changed against its first parent; with `keep` a renamed file is one that went and one that came. */
export async function changesOf(call: GitCall, commit: CommitInfo, paths: readonly string[] = [], keep = false): Promise<Change[]> {
  const changes = await changesOfCommit(call.git, commit, readPathspecs(call.prefix, paths));
  return keep ? changes : findRenames(changes);
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

/** Commits that changed one of the paths; a merge that took them as one parent has them is passed over, and only that parent followed, as git simplifies a history. */
async function keepTouching({ git, prefix }: GitCall, commits: readonly CommitInfo[], words: readonly string[], starts: Iterable<string>): Promise<CommitInfo[]> {
  const specs = readPathspecs(prefix, words);
  const chosenAt = async (id: string): Promise<string> => JSON.stringify([...(await git.treeAt(id))].filter(([path]) => isChosen(specs, path)));
  const seen = new Set(starts);
  const kept: CommitInfo[] = [];
  const standIn = new Map<string, string | undefined>();
  for (const commit of commits) {
    if (!seen.has(commit.id)) continue;
    const now = await chosenAt(commit.id);
    const before = await Promise.all(commit.parents.map(chosenAt));
    const like = before.indexOf(now);
    if (like >= 0) standIn.set(commit.id, commit.parents[like]);
    else if (commit.parents.length === 0 && now === '[]') standIn.set(commit.id, undefined);
    else kept.push(commit);
    for (const parent of like >= 0 ? [commit.parents[like]!] : commit.parents) seen.add(parent);
  }
  const follow = (id: string): string[] => {
    let at: string | undefined = id;
    while (at !== undefined && standIn.has(at)) at = standIn.get(at);
    return at === undefined ? [] : [at];
  };
  return kept.map((c) => ({ ...c, parents: [...new Set(c.parents.flatMap(follow))] }));
}
