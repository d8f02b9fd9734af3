import { structuredPatch } from 'diff';
import { NO_ID, shortId } from './blob-id.js';
import { quotePath } from './quote-path.js';
import type { Change } from './sides.js';

const CONTEXT = 3;
/** Lines beyond which a text diff is not attempted, so that a huge file cannot hold the shell. */
const MOST_BYTES = 4_000_000;

/** Added and deleted lines; for binary content the sizes in bytes. */
export type LineCount =
  | { readonly binary: false; readonly added: number; readonly deleted: number }
  | { readonly binary: true; readonly from: number; readonly to: number };

/** A stretch of a change; lines begin with ` `, `-`, `+` or `\\`. Starts as git prints them. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** The unified diff of a changed path, as `git diff` prints it. */
export function patchOf(change: Change): string {
  const head = headLines(change);
  if (isBinaryChange(change)) return `${head.slice(0, -2).join('\n')}\nBinary files ${namesOf(change).join(' and ')} differ\n`;
  const hunks = hunksOf(change);
  return hunks.length === 0 ? `${head.slice(0, -2).join('\n')}\n` : `${[...head, ...hunks.flatMap(hunkLines)].join('\n')}\n`;
}

/** The lines above the hunks of a change. */
export function headLines(change: Change): string[] {
  const { path, before, after, from: source } = change;
  const [a, b] = [quotePath(`a/${source ?? path}`), quotePath(`b/${path}`)];
  const head = [`diff --git ${a} ${b}`];
  if (!before) head.push('new file mode 100644');
  if (!after) head.push('deleted file mode 100644');
  if (source !== undefined) head.push(`similarity index ${change.likeness}%`, `rename from ${quotePath(source)}`, `rename to ${quotePath(path)}`);
  if (source === undefined || before?.id !== after?.id) head.push(`index ${shortId(before?.id ?? NO_ID)}..${shortId(after?.id ?? NO_ID)}${before && after ? ' 100644' : ''}`);
  const [from, to] = namesOf(change);
  return [...head, `--- ${named(from)}`, `+++ ${named(to)}`];
}

const namesOf = ({ path, before, after, from = path }: Change): [string, string] => [before ? quotePath(`a/${from}`) : '/dev/null', after ? quotePath(`b/${path}`) : '/dev/null'];

/** A hunk as text, its header first. */
export function hunkLines({ oldStart, oldLines, newStart, newLines, heading, lines }: Hunk): string[] {
  const range = `@@ -${rangeOf(oldStart, oldLines)} +${rangeOf(newStart, newLines)} @@`;
  return [heading === '' ? range : `${range} ${heading}`, ...lines];
}

/** Lines added and deleted by a change. */
export function countLines(change: Change): LineCount {
  if (isBinaryChange(change)) return { binary: true, from: change.before?.content.length ?? 0, to: change.after?.content.length ?? 0 };
  const lines = hunksOf(change).flatMap((hunk) => hunk.lines);
  return { binary: false, added: lines.filter((l) => l.startsWith('+')).length, deleted: lines.filter((l) => l.startsWith('-')).length };
}

/** The hunks of a change, with the heading that git finds above each. */
export function hunksOf(change: Change): Hunk[] {
  const [from, to] = [textOf(change.before?.content), textOf(change.after?.content)];
  const heads = from.split('\n');
  const patch = structuredPatch('a', 'b', from, to, '', '', { context: CONTEXT });
  return patch.hunks.map((hunk) => ({ ...hunk, heading: headingAbove(heads, hunk.oldStart - 1) }));
}

const rangeOf = (start: number, lines: number): string => (lines === 1 ? `${start}` : `${lines === 0 ? start - 1 : start},${lines}`);

/** Git's default heading: the nearest line above the hunk that begins with a letter, `_` or `$`, cut at 80 bytes. */
function headingAbove(lines: readonly string[], count: number): string {
  for (let i = Math.min(count, lines.length) - 1; i >= 0; i--) {
    if (/^[A-Za-z_$]/.test(lines[i]!)) return cutBytes(lines[i]!, 80).trimEnd();
  }
  return '';
}

function cutBytes(text: string, most: number): string {
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= most ? text : new TextDecoder().decode(bytes.subarray(0, most));
}

/** A file name with a space is followed by a tab, so that `patch` can tell where it ends. */
const named = (name: string): string => (name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name);

/** Whether a change has no lines to show. */
export const isBinaryChange = (change: Change): boolean => [change.before, change.after].some((half) => half && isBinary(half.content));

/** Git's rule: a NUL byte within the first 8000 bytes. */
const isBinary = (content: Uint8Array): boolean => content.length > MOST_BYTES || content.subarray(0, 8000).includes(0);

const textOf = (content: Uint8Array | undefined): string => (content ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) : '');
