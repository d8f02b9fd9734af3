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

/** The unified diff of a changed path, as `git diff` prints it. */
export function patchOf(change: Change): string {
  const { path, before, after } = change;
  const [a, b] = [quotePath(`a/${path}`), quotePath(`b/${path}`)];
  const head = [`diff --git ${a} ${b}`];
  if (!before) head.push('new file mode 100644');
  if (!after) head.push('deleted file mode 100644');
  head.push(`index ${shortId(before?.id ?? NO_ID)}..${shortId(after?.id ?? NO_ID)}${before && after ? ' 100644' : ''}`);
  const [from, to] = [before ? a : '/dev/null', after ? b : '/dev/null'];
  if (isBinaryChange(change)) return `${head.join('\n')}\nBinary files ${from} and ${to} differ\n`;
  const hunks = hunksOf(change);
  return hunks.length === 0 ? `${head.join('\n')}\n` : `${[...head, `--- ${named(from)}`, `+++ ${named(to)}`, ...hunks].join('\n')}\n`;
}

/** Lines added and deleted by a change. */
export function countLines(change: Change): LineCount {
  if (isBinaryChange(change)) return { binary: true, from: change.before?.content.length ?? 0, to: change.after?.content.length ?? 0 };
  const lines = hunksOf(change);
  return { binary: false, added: lines.filter((l) => l.startsWith('+')).length, deleted: lines.filter((l) => l.startsWith('-')).length };
}

/** Hunks as lines of text, headers with the heading that git finds above them. */
function hunksOf(change: Change): string[] {
  const [from, to] = [textOf(change.before?.content), textOf(change.after?.content)];
  const heads = from.split('\n');
  const patch = structuredPatch('a', 'b', from, to, '', '', { context: CONTEXT });
  return patch.hunks.flatMap((hunk) => {
    const heading = headingAbove(heads, hunk.oldStart - 1);
    const range = `@@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`;
    return [heading === '' ? range : `${range} ${heading}`, ...hunk.lines];
  });
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

const isBinaryChange = (change: Change): boolean => [change.before, change.after].some((half) => half && isBinary(half.content));

/** Git's rule: a NUL byte within the first 8000 bytes. */
const isBinary = (content: Uint8Array): boolean => content.length > MOST_BYTES || content.subarray(0, 8000).includes(0);

const textOf = (content: Uint8Array | undefined): string => (content ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) : '');
