import type { CommitInfo, Git } from '../../lab/platform.js';
import { shortId } from './blob-id.js';
import { fatal } from './options.js';
import { byBytes } from './sides.js';

/** Names that point at a commit, as `git log --decorate` lists them: `HEAD -> main`, `tag: v1`, branches of remotes, other branches. */
export async function decorations(git: Git): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  const { branch, commit } = await git.head();
  const put = (id: string, name: string): void => void names.set(id, [...(names.get(id) ?? []), name]);
  if (commit !== undefined) put(commit, branch === undefined ? 'HEAD' : `HEAD -> ${branch}`);
  for (const tag of (await git.tags()).sort(byBytes).reverse()) put(await git.resolve(tag), `tag: ${tag}`);
  for (const [ref, id] of [...(await git.refs('refs/remotes/'))].sort(([a], [b]) => byBytes(b, a))) put(id, ref.slice('refs/remotes/'.length));
  for (const other of (await git.branches()).sort(byBytes).reverse()) if (other !== branch) put(await git.resolve(other), other);
  return names;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** `Tue Nov 24 05:51:22 2026 +0200`, in the author's own time zone; the offset is minutes west of UTC, as isomorphic-git keeps it. */
export function gitDate({ timestamp, timezoneOffset }: CommitInfo['author']): string {
  const local = new Date((timestamp - timezoneOffset * 60) * 1000);
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${DAYS[local.getUTCDay()]} ${MONTHS[local.getUTCMonth()]} ${local.getUTCDate()} ${time} ${local.getUTCFullYear()} ${zone(timezoneOffset)}`;
}

/** `2026-11-24 05:51:22 +0200`, in the author's own time zone. */
export function isoDate({ timestamp, timezoneOffset }: CommitInfo['author']): string {
  const local = new Date((timestamp - timezoneOffset * 60) * 1000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone(timezoneOffset)}`;
}

function zone(minutesWest: number): string {
  const m = Math.abs(minutesWest);
  return `${minutesWest > 0 ? '-' : '+'}${two(Math.floor(m / 60))}${two(m % 60)}`;
}

/** Subject line: the first paragraph on one line. */
export const subjectOf = (message: string): string => message.trim().split(/\n\s*\n/)[0]!.replaceAll('\n', ' ');
const bodyOf = (message: string): string => message.trim().split(/\n\s*\n/).slice(1).join('\n\n');

/** The full header of a commit with its message indented, as `git log` prints it. */
export function fullCommit(commit: CommitInfo, names: readonly string[]): string {
  const head = [`commit ${commit.id}${decorated(names)}`];
  if (commit.parents.length > 1) head.push(`Merge: ${commit.parents.map(shortId).join(' ')}`);
  head.push(`Author: ${commit.author.name} <${commit.author.email}>`, `Date:   ${gitDate(commit.author)}`, '');
  const message = commit.message.replace(/\n+$/, '').split('\n').map((l) => `    ${expandTabs(l)}`);
  return `${[...head, ...message].join('\n')}\n`;
}

/** Tabs of a message end at every eighth column, as `git log` shows them. */
const expandTabs = (line: string): string => line.split('\t').reduce((text, part) => text.padEnd(Math.floor(text.length / 8) * 8 + 8) + part);

/** `abc1234 (HEAD -> main) subject`. */
export const oneLine = (commit: CommitInfo, names: readonly string[]): string => `${shortId(commit.id)}${decorated(names)} ${subjectOf(commit.message)}\n`;

const decorated = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.join(', ')})`);

/** Fills a `--format` text; throws on a placeholder that the lab does not know. */
export function formatCommit(format: string, commit: CommitInfo, names: readonly string[]): string {
  return format.replace(/%(ae|ad|ai|an|at|[HhPpsbBdDn%]|.)/gs, (all, code: string) => {
    const fill = placeholders(commit, names)[code];
    if (fill === undefined) throw fatal(`invalid --pretty format: ${all} is not known here`);
    return fill;
  });
}

function placeholders(commit: CommitInfo, names: readonly string[]): Readonly<Record<string, string>> {
  const { author } = commit;
  return {
    H: commit.id, h: shortId(commit.id), P: commit.parents.join(' '), p: commit.parents.map(shortId).join(' '),
    an: author.name, ae: author.email, ad: gitDate(author), ai: isoDate(author), at: String(author.timestamp),
    s: subjectOf(commit.message), b: bodyOf(commit.message) === '' ? '' : `${bodyOf(commit.message)}\n`, B: `${commit.message.trimEnd()}\n`,
    d: decorated(names), D: names.join(', '), n: '\n', '%': '%',
  };
}
