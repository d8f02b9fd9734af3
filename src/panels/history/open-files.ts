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
