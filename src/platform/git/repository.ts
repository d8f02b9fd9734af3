import type { CommitInfo } from '../../lab/platform.js';
import { createObjectDatabase, type ObjectDatabase } from './object-database.js';
import type { PromisesFs } from './promises-fs.js';

/** Who commits; `timezoneOffset` in minutes as `Date.getTimezoneOffset` gives it. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly timezoneOffset: number;
}

/** What every part of the git adapter works on. */
export interface Repository {
  readonly fs: PromisesFs;
  /** Working tree. */
  readonly dir: string;
  readonly gitdir: string;
  readonly objects: ObjectDatabase;
  readonly author: Author;
  /** Milliseconds. */
  now(): number;
}

/** A repository whose data lie apart from its working tree `dir`. */
export const openApart = (fs: PromisesFs, dir: string, gitdir: string, author: Author, now: () => number): Repository => ({ fs, dir, gitdir, author, now, objects: createObjectDatabase(fs, gitdir) });

/** The repository in `dir`. */
export const openRepository = (fs: PromisesFs, dir: string, author: Author, now: () => number): Repository => openApart(fs, dir, `${dir}/.git`, author, now);

/** A repository without a working tree, with its data right in `gitdir`. */
export const openBare = (fs: PromisesFs, gitdir: string, author: Author, now: () => number): Repository => openApart(fs, gitdir, gitdir, author, now);

/** The arguments that isomorphic-git's commands share. */
export const isomorphic = (repo: Repository) => ({ fs: { promises: repo.fs }, dir: repo.dir, gitdir: repo.gitdir });

/** A commit with the id of its tree. */
export interface Commit extends CommitInfo {
  readonly tree: string;
  /** Seconds since 1970 at which the commit was made; its author's time may be older. */
  readonly committed: number;
}

/** Commits as they were read, by the bytes that the object store keeps in memory. */
const parsed = new WeakMap<Uint8Array, Commit>();

/** Reads a commit object. */
export async function readCommit(repo: Repository, id: string): Promise<Commit> {
  const { type, content } = await repo.objects.read(id);
  if (type !== 'commit') throw new Error(`${id} is a ${type}`);
  const commit = parsed.get(content) ?? parseCommit(id, content);
  parsed.set(content, commit);
  return commit;
}

function parseCommit(id: string, content: Uint8Array): Commit {
  const text = new TextDecoder().decode(content);
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end < 0 ? undefined : end).split('\n');
  const valuesOf = (name: string): string[] => headers.filter((h) => h.startsWith(`${name} `)).map((h) => h.slice(name.length + 1));
  return {
    id,
    message: end < 0 ? '' : text.slice(end + 2),
    author: parseIdentity(valuesOf('author')[0] ?? ''),
    parents: valuesOf('parent'),
    tree: valuesOf('tree')[0] ?? '',
    committed: parseIdentity(valuesOf('committer')[0] ?? '').timestamp,
  };
}

/** Writes a commit object, of another author when one is given; the message ends in one newline, as git keeps it (as it is given when `ending` is empty). */
export async function writeCommit(repo: Repository, tree: string, parents: readonly string[], message: string, author?: CommitInfo['author'], ending = '\n'): Promise<string> {
  const who = identityNow(repo);
  const by = author ? renderIdentity(author) : who;
  const lines = [`tree ${tree}`, ...parents.map((p) => `parent ${p}`), `author ${by}`, `committer ${who}`, '', ending === '' ? message : `${message.trim()}${ending}`];
  return repo.objects.write('commit', new TextEncoder().encode(lines.join('\n')));
}

const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();

/** Who acts now, as commits and reflogs name them. */
export const identityNow = ({ author, now }: Repository): string => renderIdentity({ ...author, timestamp: Math.floor(now() / 1000) });

function renderIdentity(author: CommitInfo['author']): string {
  const minutes = Math.abs(author.timezoneOffset);
  const zone = `${author.timezoneOffset > 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`;
  return `${clean(author.name)} <${clean(author.email)}> ${author.timestamp} ${zone}`;
}

const pad = (n: number): string => String(n).padStart(2, '0');

function parseIdentity(text: string): CommitInfo['author'] {
  const [, name = '', email = '', timestamp = '0', sign = '+', hours = '0', minutes = '0'] =
    /^(.*?) ?<([^>]*)> (\d+) ([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  return { name, email, timestamp: Number(timestamp), timezoneOffset: sign === '+' ? 0 - offset : offset };
}
