import { structuredPatch } from 'diff';

/** One line of a comparison; `skip` stands for unchanged lines that are not shown. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skip';
  readonly text: string;
  /** 1-based line in the old and in the new text. */
  readonly before?: number;
  readonly after?: number;
}

const CONTEXT = 3;
const MOST_LINES = 4000;

/** The lines that differ between two texts, with three lines around each; [] when they are the same. */
export function diffLines(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  for (const hunk of structuredPatch('a', 'b', before, after, '', '', { context: CONTEXT }).hunks) {
    if (lines.length > 0 || hunk.oldStart > 1) lines.push({ kind: 'skip', text: '' });
    let [old, now] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('+')) lines.push({ kind: 'added', text, after: now++ });
      else if (line.startsWith('-')) lines.push({ kind: 'removed', text, before: old++ });
      else if (line.startsWith(' ')) lines.push({ kind: 'same', text, before: old++, after: now++ });
    }
    if (lines.length > MOST_LINES) return lines.slice(0, MOST_LINES);
  }
  return lines;
}
