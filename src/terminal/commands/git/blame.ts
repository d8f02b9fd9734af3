import { diffArrays } from 'diff';
import type { CommitInfo } from '../../../lab/platform.js';
import { isoDate } from '../../git/log-lines.js';
import { fatal, GitError, lastValue, readOptions } from '../../git/options.js';
import { readPathspecs } from '../../git/pathspec.js';
import { findRevision } from '../../git/revision.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git blame [-L <start>,<end>] [<revision>] [--] <file>',
  flags: {},
  values: { '-L': 'lines' },
};

/** `git blame`: the commit that each line of a file comes from. */
export const blame: Subcommand = {
  name: 'blame',
  summary: 'Show what revision and author last modified each line of a file',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const named = [...options.words, ...(options.paths ?? [])];
    if (named.length === 0 || named.length > 2) throw new GitError(`usage: ${SPEC.usage}\n`, 129);
    const path = readPathspecs(call.prefix, [named.at(-1)!])[0]!.path;
    const revision = named.length === 2 ? named[0] : undefined;
    const start = await findRevision(call.git, revision ?? 'HEAD');
    if ((await call.git.readAt(start, path)) === undefined) throw fatal(`no such path '${path}' in ${revision ?? 'HEAD'}`);
    if (revision === undefined && !(await call.files.stat(path))) throw fatal(`Cannot lstat '${path}': No such file or directory`);
    const lines = linesOf(revision === undefined ? await call.files.read(path) : await call.git.readAt(start, path));
    const [from, to] = readRange(lastValue(options, 'lines'), lines.length, path);
    const found = await findOrigins(call, path, start, lines, revision === undefined);
    return ok(render(lines, found, from, to, call.host.now()));
  },
};

function linesOf(content: Uint8Array | undefined): string[] {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** First and last line, counted from 1. */
function readRange(word: string | undefined, count: number, path: string): [number, number] {
  if (word === undefined) return [1, count];
  const [, first = '', comma, plus, last = ''] = /^(\d*)(,)?(\+)?(\d*)$/.exec(word) ?? [];
  if (comma === undefined && first === '') throw fatal(`-L invalid line range: ${word}`);
  const from = first === '' ? 1 : Number(first);
  if (from > count) throw fatal(`file ${path} has only ${count} line${count === 1 ? '' : 's'}`);
  const to = last === '' ? count : plus === undefined ? Number(last) : from + Number(last) - 1;
  return from <= to ? [from, Math.min(to, count)] : [to, from];
}

/** The commit of each line, by its place; undefined where the working tree made it. Renames are not followed. */
async function findOrigins({ git }: GitCall, path: string, start: string, lines: readonly string[], working: boolean): Promise<(CommitInfo | undefined)[]> {
  const found: (CommitInfo | undefined)[] = lines.map(() => undefined);
  const read = async (id: string): Promise<string[] | undefined> => {
    const content = await git.readAt(id, path);
    return content && linesOf(content);
  };
  let first = new Map(lines.map((_, i) => [i, i]));
  if (working) first = carry(first, (await read(start))!, lines).carried;
  const waiting = new Map([[start, first]]);
  for (const commit of await git.log({ ref: start })) {
    let rest = waiting.get(commit.id);
    if (rest === undefined || rest.size === 0) continue;
    const mine = (await read(commit.id))!;
    for (const parent of commit.parents) {
      const theirs = await read(parent);
      if (theirs === undefined) continue;
      const { carried, left } = carry(rest, theirs, mine);
      waiting.set(parent, new Map([...(waiting.get(parent) ?? []), ...carried]));
      rest = left;
    }
    for (const place of rest.keys()) found[place] = commit;
  }
  return found;
}

/** Carries lines (place in the end → place now) over to an older text; what is not there is left. */
function carry(places: ReadonlyMap<number, number>, before: readonly string[], after: readonly string[]): { carried: Map<number, number>; left: Map<number, number> } {
  const older = new Map<number, number>();
  let [a, b] = [0, 0];
  for (const { added, removed, value } of diffArrays([...before], [...after])) {
    if (!added && !removed) value.forEach((_, i) => older.set(b + i, a + i));
    if (!added) a += value.length;
    if (!removed) b += value.length;
  }
  const [carried, left] = [new Map<number, number>(), new Map<number, number>()];
  for (const [place, now] of places) {
    const then = older.get(now);
    if (then === undefined) left.set(place, now);
    else carried.set(place, then);
  }
  return { carried, left };
}

function render(lines: readonly string[], found: readonly (CommitInfo | undefined)[], from: number, to: number, now: number): string {
  const unsaved = { name: 'Not Committed Yet', email: '', timestamp: Math.floor(now / 1000), timezoneOffset: 0 };
  const shown = lines.slice(from - 1, to).map((text, i) => ({ text, line: from + i, commit: found[from - 1 + i] }));
  const width = Math.max(...shown.map(({ commit }) => (commit?.author ?? unsaved).name.length));
  const digits = String(to).length;
  return shown
    .map(({ text, line, commit }) => {
      const id = commit === undefined ? '00000000' : commit.parents.length === 0 ? `^${commit.id.slice(0, 7)}` : commit.id.slice(0, 8);
      const author = commit?.author ?? unsaved;
      return `${id} (${author.name.padEnd(width)} ${isoDate(author)} ${String(line).padStart(digits)}) ${text}\n`;
    })
    .join('');
}
