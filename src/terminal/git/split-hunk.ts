import type { Hunk } from './patch.js';

const isContext = (line: string): boolean => line.startsWith(' ');
const isMark = (line: string): boolean => line.startsWith('\\');

/** The parts of a hunk: one for each group of changed lines, with the unchanged lines around it (those between two groups belong to both). */
export function splitHunk({ oldStart, newStart, heading, lines }: Hunk): Hunk[] {
  const groups = groupsOf(lines);
  return groups.map(([, to], i) => {
    const first = i === 0 ? 0 : groups[i - 1]![1];
    const last = groups[i + 1]?.[0] ?? lines.length;
    const above = lines.slice(0, first);
    const part = lines.slice(first, Math.max(to, last));
    return { oldStart: oldStart + count(above, '+'), newStart: newStart + count(above, '-'), oldLines: count(part, '+'), newLines: count(part, '-'), heading: i === 0 ? heading : '', lines: part };
  });
}

/** Lines that one side has: all but those of the `other` side and the marks. */
const count = (lines: readonly string[], other: '+' | '-'): number => lines.filter((line) => !line.startsWith(other) && !isMark(line)).length;

/** Begin and end of each stretch of changed lines. */
function groupsOf(lines: readonly string[]): [number, number][] {
  const groups: [number, number][] = [];
  lines.forEach((line, i) => {
    if (isContext(line)) return;
    const last = groups.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else if (!isMark(line)) groups.push([i, i + 1]);
  });
  return groups;
}

/** A text with some hunks of its change made. */
export function applyHunks(text: string, hunks: readonly Hunk[]): string {
  const lines: string[] = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const removed = new Set<number>();
  const added = new Map<number, string[]>();
  for (const hunk of hunks) {
    let at = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    hunk.lines.forEach((line, i) => {
      const end = hunk.lines[i + 1]?.startsWith('\\') ? '' : '\n';
      if (line.startsWith('+')) added.set(at, [...(added.get(at) ?? []), line.slice(1) + end]);
      else if (line.startsWith('-')) removed.add(at++);
      else if (isContext(line)) at++;
    });
  }
  const made: string[] = [];
  for (let i = 0; i <= lines.length; i++) {
    made.push(...(added.get(i) ?? []));
    if (i < lines.length && !removed.has(i)) made.push(lines[i]!);
  }
  return made.join('');
}
