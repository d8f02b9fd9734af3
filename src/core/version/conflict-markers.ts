/** One place where two sides of a merge differ, as git marks it in a file. */
export interface Conflict {
  /** 0-based line of `<<<<<<<`, and of the line behind `>>>>>>>`. */
  readonly from: number;
  readonly to: number;
  /** What stands beside the markers, such as `HEAD` and `mona`. */
  readonly ourName: string;
  readonly theirName: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export type Side = 'ours' | 'theirs' | 'both';

/** The conflicts of a text in their order; markers that do not belong together are left alone. */
export function findConflicts(text: string): Conflict[] {
  const found: Conflict[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const conflict = lines[at]!.startsWith('<<<<<<<') ? readConflict(lines, at) : undefined;
    if (!conflict) continue;
    found.push(conflict);
    at = conflict.to - 1;
  }
  return found;
}

function readConflict(lines: readonly string[], from: number): Conflict | undefined {
  let [base, middle] = [-1, -1];
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.startsWith('<<<<<<<')) return undefined;
    if (line.startsWith('|||||||') && base < 0 && middle < 0) base = at;
    else if (/^=======\r?$/.test(line) && middle < 0) middle = at;
    else if (line.startsWith('>>>>>>>') && middle >= 0) {
      const ours = lines.slice(from + 1, base < 0 ? middle : base);
      return { from, to: at + 1, ourName: nameOf(lines[from]!), theirName: nameOf(line), ours, theirs: lines.slice(middle + 1, at) };
    }
  }
  return undefined;
}

const nameOf = (marker: string): string => marker.slice(7).trim();

/** The text with one conflict settled; the text as it was when there is no such conflict. */
export function settleConflict(text: string, index: number, side: Side): string {
  const conflict = findConflicts(text)[index];
  if (!conflict) return text;
  const kept = { ours: conflict.ours, theirs: conflict.theirs, both: [...conflict.ours, ...conflict.theirs] }[side];
  const lines = text.split('\n');
  return [...lines.slice(0, conflict.from), ...kept, ...lines.slice(conflict.to)].join('\n');
}
