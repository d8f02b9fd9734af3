import { describe, expect, it } from 'vitest';
import { applyCompletion, inColumns } from '../../src/panels/terminal/apply-completion.js';
import { readKeys } from '../../src/panels/terminal/keys.js';
import { press, shownText, startLine, type Line } from '../../src/panels/terminal/line-editor.js';
import { addToHistory, loadHistory } from '../../src/panels/terminal/line-history.js';

const HISTORY = ['git status', 'lab train --model linear', 'ls -la', 'git log'];

/** Types what a terminal sends; gives the line with `|` for the cursor, and the last act. */
function type(data: string, line: Line = startLine(HISTORY)): { shown: string; act: string; line: Line } {
  let act = 'nothing';
  for (const key of readKeys(data)) ({ line, act } = press(line, key));
  return { shown: `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`, act, line };
}

const [LEFT, RIGHT, UP, DOWN, HOME, END, DELETE] = ['\x1b[D', '\x1b[C', '\x1b[A', '\x1b[B', '\x1b[H', '\x1b[F', '\x1b[3~'];

describe('line editing', () => {
  it.each([
    ['types', 'abc', 'abc|'],
    ['inserts in the middle', `ac${LEFT}b`, 'ab|c'],
    ['stops at the start', `a${LEFT}${LEFT}${LEFT}b`, 'b|a'],
    ['stops at the end', `a${RIGHT}b`, 'ab|'],
    ['goes home and to the end', `bc${HOME}a${END}d`, 'abcd|'],
    ['Ctrl-A and Ctrl-E', 'bc\x01a\x05d', 'abcd|'],
    ['Ctrl-B and Ctrl-F', 'ab\x02\x02x\x06y', 'xay|b'],
    ['backspace', 'abc\x7f\x7f', 'a|'],
    ['backspace at the start', `a${HOME}\x7f`, '|a'],
    ['delete', `abc${HOME}${DELETE}`, '|bc'],
    ['delete at the end', `a${DELETE}`, 'a|'],
    ['Ctrl-D within a line', 'ab\x01\x04', '|b'],
    ['Ctrl-U', 'abc def\x1bb\x15', '|def'],
    ['Ctrl-K', 'abc def\x1bb\x0b', 'abc |'],
    ['Ctrl-W cuts to the blank', 'cat data/raw.csv\x17', 'cat |'],
    ['Alt-Backspace', 'cat data\x1b\x7f', 'cat |'],
    ['Alt-D', 'cat data\x01\x1bd', '| data'],
    ['Ctrl-Y puts back what was cut', 'one two\x17\x01\x19 ', 'two |one '],
    ['words to the left', 'ab cd-ef\x1bb\x1bb', 'ab |cd-ef'],
    ['words with Ctrl and arrows', 'ab cd\x1b[1;5D\x1b[1;5D\x1b[1;5C', 'ab| cd'],
    ['Ctrl-T', 'ab\x14', 'ba|'],
    ['Ctrl-T with one character', 'a\x14', 'a|'],
    ['a whole emoji', 'a👩‍🔬\x7f', 'a|'],
    ['a letter with its marks', 'é\x7f', '|'],
    ['over a wide character', `你好${LEFT}x`, '你x|好'],
    ['Arabic by its logical order', `مرحبا${HOME}x`, 'x|مرحبا'],
    ['a Devanagari cluster', `क्षि${LEFT}x`, 'x|क्षि'],
    ['home on the second line', '\x1b[200~ab\ncd\x1b[201~\x01x', 'ab\nx|cd'],
    ['unknown sequences are left out', 'a\x1b[99~\x1b[Zb\x1b[200;5u', 'ab|'],
    ['control characters are left out', 'a\x00\x1cb', 'ab|'],
  ])('%s', (_name, data, want) => expect(type(data).shown).toBe(want));

  it.each([
    ['\r', 'submit'], ['\t', 'complete'], ['\x03', 'interrupt'], ['\x0c', 'clear'], ['\x04', 'close'], ['x\x04', 'nothing'], ['x', 'nothing'],
  ])('%j asks to %s', (data, act) => expect(type(data).act).toBe(act));
});

describe('pasting', () => {
  it.each([
    ['several lines, unrun', '\x1b[200~a\r\nb\rc\n\n\x1b[201~', 'a\nb\nc|', 'nothing'],
    ['tabs without completing', '\x1b[200~a\tb\x1b[201~', 'a  b|', 'nothing'],
    ['no escape sequences', '\x1b[200~a\x1b[31m\x07b\x1b[201~', 'a[31mb|', 'nothing'],
    ['no signs that turn text round', '\x1b[200~a\u202eb\x1b[201~', 'ab|', 'nothing'],
    ['then goes on with keys', '\x1b[200~ls\x1b[201~\r', 'ls|', 'submit'],
  ])('takes %s', (_name, data, shown, act) => expect(type(data)).toMatchObject({ shown, act }));
});

describe('history', () => {
  it.each([
    ['the last', UP, 'git log|'],
    ['older', UP + UP, 'ls -la|'],
    ['not beyond the first', UP.repeat(9), 'git status|'],
    ['back to what was typed', `dra${UP}${UP}${DOWN}${DOWN}`, 'dra|'],
    ['not beyond the draft', `dra${DOWN}`, 'dra|'],
    ['an old line can be changed', `${UP}s`, 'git logs|'],
  ])('%s', (_name, data, want) => expect(type(data).shown).toBe(want));

  it.each([
    ['finds the newest', '\x12git', 'git log'],
    ['again: an older one', '\x12git\x12', 'git status'],
    ['stays at the oldest', '\x12git\x12\x12\x12', 'git status'],
    ['narrows', '\x12git s', 'git status'],
    ['backspace widens', '\x12gitx\x7f', 'git log'],
    ['nothing found', '\x12zzz', ''],
  ])('searching %s', (_name, data, want) => expect(shownText(type(data).line)).toBe(want));

  it.each([
    ['Enter runs what was found', '\x12train\r', 'lab train --model linear|', 'submit'],
    ['an arrow takes it for editing', `\x12train${LEFT}`, 'lab train --model linea|r', 'nothing'],
    ['Escape keeps the line', 'abc\x12train\x1b', 'abc|', 'nothing'],
    ['Ctrl-C keeps the line', 'abc\x12train\x03', 'abc|', 'nothing'],
    ['Enter without a find runs the line', 'abc\x12zzz\r', 'abc|', 'submit'],
  ])('%s', (_name, data, shown, act) => {
    const got = type(data);
    expect(got).toMatchObject({ shown, act });
    expect(got.line.search).toBeUndefined();
  });

  it('is kept, bounded, and forgives a broken shelf', () => {
    const store = new Map<string, string>();
    const shelf = { getItem: (k: string) => store.get(k) ?? null, setItem: (k: string, v: string) => void store.set(k, v) };
    let history: string[] = [];
    for (const line of ['ls', 'ls', '  secret', 'git clone https://ada:pw@host/x', '', '   ', 'x'.repeat(5000), 'git status\ngit log']) history = addToHistory(shelf, history, line);
    expect(history).toEqual(['ls', 'git status\ngit log']);
    expect(loadHistory(shelf)).toEqual(history);
    for (let i = 0; i < 600; i++) history = addToHistory(shelf, history, `echo ${i}`);
    expect([history.length, loadHistory(shelf).length, history.at(-1)]).toEqual([500, 500, 'echo 599']);
    expect(loadHistory({ getItem: () => '{"not":"lines"}', setItem: () => undefined })).toEqual([]);
    expect(loadHistory({ getItem: () => '["a", 1, null]', setItem: () => undefined })).toEqual(['a']);
    expect(loadHistory({ getItem: () => { throw new Error('forbidden'); }, setItem: () => undefined })).toEqual([]);
    expect(addToHistory({ getItem: () => null, setItem: () => { throw new Error('full'); } }, [], 'ls')).toEqual(['ls']);
  });
});

describe('completing', () => {
  it.each([
    ['one word and a blank', 'gi', { from: 0, words: ['git'] }, 'git |', []],
    ['a folder without', 'cat sr', { from: 4, words: ['src/'] }, 'cat src/|', []],
    ['what all share', 'git s', { from: 4, words: ['status', 'stash'] }, 'git sta|', []],
    ['a list when nothing is shared', 'git s', { from: 4, words: ['show', 'status'] }, 'git s|', ['show', 'status']],
    ['nothing', 'zzz', { from: 0, words: [] }, 'zzz|', []],
  ])('puts in %s', (_name, typed, completion, want, list) => {
    const got = applyCompletion(type(typed).line, completion);
    expect([`${got.line.text.slice(0, got.line.cursor)}|${got.line.text.slice(got.line.cursor)}`, got.list]).toEqual([want, list]);
  });

  it('keeps what stands behind the cursor', () => {
    const { line } = applyCompletion(type(`gi status\x01${RIGHT}${RIGHT}`).line, { from: 0, words: ['git'] });
    expect(line.text).toBe('git  status');
  });

  it('lists in columns', () => {
    expect(inColumns(['a', 'b', 'c', 'd', 'e'], 7)).toBe('a  d\nb  e\nc');
    expect(inColumns(['very-long-word'], 5)).toBe('very-long-word');
  });
});
