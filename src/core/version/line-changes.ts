import { structuredPatch } from 'diff';

/** A stretch of changed lines with what stands around it; each line begins with its sign: space, `+`, `-`, or `\` for a missing newline. */
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** How the text of a file changed; binary and large content is named with its sizes in bytes and not compared. */
export type ContentChange =
  | { readonly kind: 'text'; readonly added: number; readonly removed: number; readonly hunks: readonly Hunk[]; /** Lines that are left out at the end. */ readonly left: number }
  | { readonly kind: 'binary' | 'large'; readonly from: number; readonly to: number };

const MOST_BYTES = 400_000;
const MOST_LINES = 600;
/** Edits beyond which two texts are called too different to draw, so that none can hold the reader up. */
const MOST_EDITS = 6000;

/** The changed lines between two contents, three lines of context around; undefined is a file that is not there. */
export function compareContents(before: Uint8Array | undefined, after: Uint8Array | undefined): ContentChange {
  const sizes = { from: before?.length ?? 0, to: after?.length ?? 0 };
  if ([before, after].some((content) => content?.subarray(0, 8000).includes(0))) return { kind: 'binary', ...sizes };
  if (Math.max(sizes.from, sizes.to) > MOST_BYTES) return { kind: 'large', ...sizes };
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const patch = structuredPatch('a', 'b', decoder.decode(before), decoder.decode(after), '', '', { context: 3, maxEditLength: MOST_EDITS });
  if (!patch) return { kind: 'large', ...sizes };
  const count = (sign: string): number => patch.hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith(sign)).length, 0);
  return { kind: 'text', added: count('+'), removed: count('-'), ...cut(patch.hunks) };
}

function cut(hunks: readonly Hunk[]): { hunks: Hunk[]; left: number } {
  const kept: Hunk[] = [];
  let room = MOST_LINES;
  for (const { oldStart, newStart, lines } of hunks) {
    if (room > 0) kept.push({ oldStart, newStart, lines: lines.slice(0, room) });
    room -= lines.length;
  }
  return { hunks: kept, left: Math.max(0, -room) };
}

/** A line of a comparison with its numbers before and after; `mark` is `\` for a note of git's. */
interface NumberedLine {
  readonly old?: number;
  readonly now?: number;
  readonly mark: ' ' | '+' | '-' | '\\';
  readonly text: string;
}

/** Gives the lines of a hunk their numbers. */
export function numberLines(hunk: Hunk): NumberedLine[] {
  let [old, now] = [hunk.oldStart, hunk.newStart];
  return hunk.lines.map((line) => {
    const mark = line[0] as NumberedLine['mark'];
    const numbers = { ...(mark === ' ' || mark === '-' ? { old: old++ } : {}), ...(mark === ' ' || mark === '+' ? { now: now++ } : {}) };
    return { ...numbers, mark, text: line.slice(1) };
  });
}
