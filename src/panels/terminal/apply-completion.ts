import { insertText, type Line } from './line-editor.js';

export interface Completion {
  readonly from: number;
  readonly words: readonly string[];
}

/** The line with what all proposals share put in, and the proposals to list when that added nothing. */
export function applyCompletion(line: Line, { from, words }: Completion): { line: Line; list: readonly string[] } {
  const [first] = words;
  if (first === undefined) return { line, list: [] };
  const typed = line.text.slice(from, line.cursor);
  const shared = words.length === 1 ? `${first}${first.endsWith('/') ? '' : ' '}` : words.reduce(sharedStart);
  if (shared.length <= typed.length && words.length > 1) return { line, list: words };
  const before = { ...line, text: line.text.slice(0, from) + line.text.slice(line.cursor), cursor: from };
  return { line: insertText(before, shared), list: [] };
}

function sharedStart(a: string, b: string): string {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return a.slice(0, n);
}

/** Words in columns that fit a width, read down and then across. */
export function inColumns(words: readonly string[], width: number): string {
  const cell = Math.max(...words.map((w) => w.length)) + 2;
  const across = Math.max(1, Math.floor(width / cell));
  const down = Math.ceil(words.length / across);
  return Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (__, column) => words[column * down + row] ?? '')
      .map((w) => w.padEnd(cell))
      .join('')
      .trimEnd(),
  ).join('\n');
}
