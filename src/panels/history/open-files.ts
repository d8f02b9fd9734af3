import type { ChangedFile } from '../../lab/views/commit-detail.js';

const MOST_LINES = 160;

/** The files whose lines are shown at once: from the first on, as long as they stay few. */
export function openFiles(files: readonly ChangedFile[]): ReadonlySet<string> {
  const open = new Set<string>();
  let lines = 0;
  for (const { path, change } of files) {
    lines += change.kind === 'text' ? change.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0) : 1;
    if (lines > MOST_LINES && open.size > 0) break;
    open.add(path);
  }
  return open;
}

/** A line of a comparison with its numbers before and after; `mark` is `\` for a note of git's. */
export interface NumberedLine {
  readonly old?: number;
  readonly now?: number;
  readonly mark: ' ' | '+' | '-' | '\\';
  readonly text: string;
}

/** Gives the lines of a hunk their numbers. */
export function numberLines(hunk: { readonly oldStart: number; readonly newStart: number; readonly lines: readonly string[] }): NumberedLine[] {
  let [old, now] = [hunk.oldStart, hunk.newStart];
  return hunk.lines.map((line) => {
    const mark = line[0] as NumberedLine['mark'];
    const numbers = { ...(mark === ' ' || mark === '-' ? { old: old++ } : {}), ...(mark === ' ' || mark === '+' ? { now: now++ } : {}) };
    return { ...numbers, mark, text: line.slice(1) };
  });
}
