import type { Key, KeyName } from './keys.js';

/** The line being typed. `cursor` counts UTF-16 units and never stands inside a character. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
  /** Older lines, the oldest first. */
  readonly history: readonly string[];
  /** Place in the history; its length while a new line is typed. */
  readonly at: number;
  /** The new line, kept while older ones are looked at. */
  readonly draft: string;
  /** What was cut last. */
  readonly cut: string;
  readonly search?: Search;
}

/** A search back through the history; `found` is the line shown, `at` its place, -1 when nothing fits. */
export interface Search {
  readonly query: string;
  readonly at: number;
}

/** What the terminal should do after a key. */
export type Act = 'nothing' | 'submit' | 'interrupt' | 'clear' | 'complete' | 'close';

export interface Pressed {
  readonly line: Line;
  readonly act: Act;
}

/** A new, empty line over a history. */
export const startLine = (history: readonly string[], cut = ''): Line => ({ text: '', cursor: 0, history, at: history.length, draft: '', cut });

/** The line after a key, and what to do. */
export function press(line: Line, key: Key): Pressed {
  if (line.search) return pressInSearch(line, line.search, key);
  if (key.name === 'text') return edited(insertText(line, key.text));
  const move = MOVES[key.name];
  if (move) return edited({ ...line, cursor: move(line.text, line.cursor) });
  return { line, act: 'nothing', ...EDITS[key.name]?.(line) };
}

export const insertText = (line: Line, text: string): Line => ({ ...line, text: line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor), cursor: line.cursor + text.length });

/** The line that a search shows now; the line itself when there is none. */
export const shownText = (line: Line): string => (line.search ? (line.history[line.search.at] ?? '') : line.text);

const edited = (line: Line): Pressed => ({ line, act: 'nothing' });

type Move = (text: string, cursor: number) => number;
const MOVES: Partial<Record<KeyName, Move>> = {
  left: (text, cursor) => cursor - previous(text, cursor),
  right: (text, cursor) => cursor + next(text, cursor),
  home: (text, cursor) => text.lastIndexOf('\n', cursor - 1) + 1,
  end: (text, cursor) => (text.indexOf('\n', cursor) < 0 ? text.length : text.indexOf('\n', cursor)),
  'word-left': wordLeft,
  'word-right': wordRight,
};

const EDITS: Partial<Record<KeyName, (line: Line) => Partial<Pressed>>> = {
  enter: (line) => ({ line: { ...line, cursor: line.text.length }, act: 'submit' }),
  tab: () => ({ act: 'complete' }),
  backspace: (line) => ({ line: remove(line, line.cursor - previous(line.text, line.cursor), line.cursor) }),
  delete: (line) => ({ line: remove(line, line.cursor, line.cursor + next(line.text, line.cursor)) }),
  'end-of-input': (line) => (line.text === '' ? { act: 'close' } : { line: remove(line, line.cursor, line.cursor + next(line.text, line.cursor)) }),
  'kill-word': (line) => ({ line: cut(line, spaceLeft(line.text, line.cursor), line.cursor) }),
  'kill-word-right': (line) => ({ line: cut(line, line.cursor, wordRight(line.text, line.cursor)) }),
  'kill-to-start': (line) => ({ line: cut(line, 0, line.cursor) }),
  'kill-to-end': (line) => ({ line: cut(line, line.cursor, line.text.length) }),
  yank: (line) => ({ line: insertText(line, line.cut) }),
  swap: (line) => ({ line: swapped(line) }),
  up: (line) => ({ line: recall(line, line.at - 1) }),
  down: (line) => ({ line: recall(line, line.at + 1) }),
  search: (line) => ({ line: { ...line, search: { query: '', at: -1 } } }),
  interrupt: (line) => ({ line, act: 'interrupt' }),
  clear: (line) => ({ line, act: 'clear' }),
};

const remove = (line: Line, from: number, to: number): Line => ({ ...line, text: line.text.slice(0, from) + line.text.slice(to), cursor: from });
const cut = (line: Line, from: number, to: number): Line => ({ ...remove(line, from, to), cut: from === to ? line.cut : line.text.slice(from, to) });

function recall(line: Line, at: number): Line {
  if (at < 0 || at > line.history.length) return line;
  const draft = line.at === line.history.length ? line.text : line.draft;
  const text = line.history[at] ?? draft;
  return { ...line, text, cursor: text.length, at, draft };
}

/** Swaps the characters around the cursor, as Ctrl-T does. */
function swapped(line: Line): Line {
  const end = line.cursor === line.text.length ? line.cursor : line.cursor + next(line.text, line.cursor);
  const middle = end - previous(line.text, end);
  const start = middle - previous(line.text, middle);
  if (start === middle) return line;
  const { text } = line;
  return { ...line, text: text.slice(0, start) + text.slice(middle, end) + text.slice(start, middle) + text.slice(end), cursor: end };
}

function pressInSearch(line: Line, search: Search, key: Key): Pressed {
  if (key.name === 'text') return edited(find(line, search.query + key.text, line.history.length - 1));
  if (key.name === 'backspace') return edited(find(line, search.query.slice(0, -1), line.history.length - 1));
  if (key.name === 'search') return edited(find(line, search.query, search.at - 1, search.at));
  const { search: _done, ...left } = line;
  if (key.name === 'interrupt' || key.name === 'escape') return edited(left);
  const text = line.history[search.at] ?? line.text;
  const accepted = { ...left, text, cursor: text.length };
  return press(accepted, key);
}

/** The newest line at or before `from` that holds the query; `otherwise` stays when there is no older one. */
function find(line: Line, query: string, from: number, otherwise = -1): Line {
  let at = query === '' ? -1 : from;
  while (at >= 0 && !line.history[at]!.includes(query)) at--;
  return { ...line, search: { query, at: at >= 0 ? at : otherwise } };
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length of the character before the cursor as a reader sees it, marks and joined emoji included. */
function previous(text: string, cursor: number): number {
  let last = 0;
  for (const { segment } of segments.segment(text.slice(0, cursor))) last = segment.length;
  return last;
}

function next(text: string, cursor: number): number {
  for (const { segment } of segments.segment(text.slice(cursor))) return segment.length;
  return 0;
}

const WORD = /[\p{L}\p{M}\p{N}_]/u;

function wordLeft(text: string, cursor: number): number {
  let at = cursor;
  while (at > 0 && !WORD.test(text[at - 1]!)) at--;
  while (at > 0 && WORD.test(text[at - 1]!)) at--;
  return at;
}

function wordRight(text: string, cursor: number): number {
  let at = cursor;
  while (at < text.length && !WORD.test(text[at]!)) at++;
  while (at < text.length && WORD.test(text[at]!)) at++;
  return at;
}

/** Start of the blank-separated word before the cursor, as Ctrl-W cuts. */
function spaceLeft(text: string, cursor: number): number {
  let at = cursor;
  while (at > 0 && /\s/.test(text[at - 1]!)) at--;
  while (at > 0 && !/\s/.test(text[at - 1]!)) at--;
  return at;
}
