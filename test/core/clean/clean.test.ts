import { describe, expect, test } from 'vitest';
import { applyCleaning } from '../../../src/core/clean/apply-cleaning.js';
import { formatCleaning, parseCleaning } from '../../../src/core/clean/clean-file.js';
import { servedSteps, type CleanStep } from '../../../src/core/clean/clean-step.js';
import { compareColumns } from '../../../src/core/clean/compare-columns.js';
import { readDate } from '../../../src/core/clean/read-date.js';
import { editDistance, similarGroups } from '../../../src/core/clean/similar-words.js';
import { suggestCleaning } from '../../../src/core/clean/suggest-cleaning.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import { lineNumbers } from '../../../src/core/table/line-numbers.js';
import { cellText, columnOf } from '../../../src/core/table/select.js';
import { isPixelName, pixelNames } from '../../../src/core/table/image-columns.js';
import type { Column, ColumnType, Table } from '../../../src/core/table/table.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, types?: Record<string, ColumnType>): Table => parseCsv(bytes(text), types ? { types } : {}).table;
const cells = (table: Table, name: string): string[] => Array.from({ length: table.rows }, (_, row) => cellText(columnOf(table, name), row));
const after = (text: string, steps: readonly CleanStep[], name: string, types?: Record<string, ColumnType>): string[] => cells(applyCleaning(read(text, types), steps).table, name);

describe('each step', () => {
  const words = 'id,w,x\n1," Ab  c ",5\n2,ab c,-999\n3,?,7\n4,AB C,1000\n5,-,9\n';
  test.each<[string, CleanStep, string, string[]]>([
    ['trim with case', { do: 'trim', columns: ['w'], case: 'lower' }, 'w', ['ab c', 'ab c', '', 'ab c', '-']],
    ['missing words', { do: 'missing', columns: ['w', 'x'], values: ['-', '-999'] }, 'w', ['Ab  c', 'ab c', '', 'AB C', '']],
    ['missing numbers', { do: 'missing', columns: ['w', 'x'], values: ['-', '-999'] }, 'x', ['5', '', '7', '1000', '9']],
    ['replace', { do: 'replace', column: 'w', map: { 'AB C': 'ab c', '-': 'dash' } }, 'w', ['Ab  c', 'ab c', '', 'ab c', 'dash']],
    ['rescale where it applies', { do: 'rescale', column: 'x', factor: 0.5, offset: 1, above: 6 }, 'x', ['5', '-999', '4.5', '501', '5.5']],
    ['clip', { do: 'limit', column: 'x', low: 6, high: 8, act: 'clip' }, 'x', ['6', '6', '7', '8', '8']],
    ['outside is missing', { do: 'limit', column: 'x', low: 0, high: 100, act: 'missing' }, 'x', ['5', '', '7', '', '9']],
    ['outside is dropped', { do: 'limit', column: 'x', low: 0, high: 100, act: 'drop' }, 'id', ['1', '3', '5']],
    ['set one cell', { do: 'set', key: 'id', row: '3', column: 'w', value: 'new' }, 'w', ['Ab  c', 'ab c', 'new', 'AB C', '-']],
    ['drop missing', { do: 'drop-missing', columns: ['w'] }, 'id', ['1', '2', '4', '5']],
    ['convert with comma', { do: 'convert', columns: ['w'], to: 'number', decimal: 'comma' }, 'w', ['', '', '', '', '']],
  ])('%s', (_name, step, column, expected) => {
    const raw = applyCleaning(read(words), []).table;
    const got = cells(applyCleaning(raw, [step]).table, column);
    expect(got.map((w) => w.replace(/^ | $/g, ''))).toEqual(expected);
  });

  test('decimal commas, dates in any order, and what is neither', () => {
    expect(after('a\n"3,5"\n4.25\n"1,000,0"\nx\n', [{ do: 'convert', columns: ['a'], to: 'number', decimal: 'comma' }], 'a', { a: 'text' })).toEqual(['3.5', '4.25', '', '']);
    expect(after('d\n31/12/2020\n2021-02-03\n31/02/2021\n', [{ do: 'convert', columns: ['d'], to: 'date', dates: 'dmy' }], 'd', { d: 'text' })).toEqual(['2020-12-31', '2021-02-03', '']);
    expect(readDate('12/31/2020', 'mdy')).toBe(Date.UTC(2020, 11, 31));
    expect(readDate('12/31/2020', 'dmy')).toBeNaN();
  });

  test('duplicates, exact and by key, first and last', () => {
    const text = 'k,v\na,1\nb,2\na,1\na,3\n';
    expect(after(text, [{ do: 'deduplicate', keep: 'first' }], 'v')).toEqual(['1', '2', '3']);
    expect(after(text, [{ do: 'deduplicate', by: ['k'], keep: 'first' }], 'v')).toEqual(['1', '2']);
    const last = applyCleaning(read(text), [{ do: 'deduplicate', by: ['k'], keep: 'last' }]);
    expect(cells(last.table, 'v')).toEqual(['2', '3']);
    expect([...last.kept]).toEqual([1, 3]);
  });

  test('order matters, outcomes are counted, and kept rows are rows of the raw table', () => {
    const steps: CleanStep[] = [{ do: 'deduplicate', keep: 'first' }, { do: 'missing', columns: ['v'], values: ['9'] }, { do: 'drop-missing', columns: ['v'] }];
    const { table, kept, outcomes } = applyCleaning(read('v\n1\n1\n9\n2\n'), steps);
    expect(outcomes).toEqual([{ changed: {}, lost: 0, dropped: 1 }, { changed: { v: 1 }, lost: 1, dropped: 0 }, { changed: {}, lost: 0, dropped: 1 }]);
    expect([...kept]).toEqual([0, 3]);
    expect(table.rows).toBe(2);
    expect(servedSteps(steps)).toEqual([steps[1]]);
  });
});

describe('the recipe file', () => {
  const steps: CleanStep[] = [
    { do: 'trim', columns: ['a'], case: 'upper' }, { do: 'missing', columns: ['a'], values: ['-999', '?'] }, { do: 'replace', column: 'a', map: { '1': '2', yes: 'true' } },
    { do: 'convert', columns: ['a'], to: 'date', dates: 'mdy' }, { do: 'rescale', column: 'a', factor: 5 / 9, offset: -160 / 9, above: 40 }, { do: 'limit', column: 'a', low: -1.5, act: 'clip', learned: 'iqr' },
    { do: 'set', key: 'id', row: '7', column: 'a', value: 'x' }, { do: 'deduplicate', by: ['id'], keep: 'last' }, { do: 'drop-missing', columns: ['a', 'b'] },
  ];
  test('reads back as it was written', () => expect(parseCleaning(formatCleaning(steps), 'f')).toEqual(steps));
  test.each([
    ['- a\n', 1, 'bad-cleaning'],
    ['steps: 3\n', 1, 'bad-cleaning'],
    ['steps:\n- do: rescale\n  column: a\n  factor: two\n  offset: 0\n', 4, 'bad-cleaning'],
    ['steps:\n- do: trim\n  columns: []\n', 3, 'bad-cleaning'],
    ['steps:\n- do: trim\n  colums: [a]\n', 3, 'bad-cleaning'],
    ['steps:\n- do: convert\n  columns: [a]\n', 2, 'bad-cleaning'],
    ['steps:\n- do: trim\n  do: trim\n', 3, 'bad-yaml'],
  ])('%j is refused with its line', (text, line, code) => {
    let seen: unknown;
    try {
      parseCleaning(text, 'data/clean.yaml');
    } catch (cause) {
      seen = cause;
    }
    expect(seen).toMatchObject({ code, data: { path: 'data/clean.yaml', line } });
  });
});

describe('what the data suggest', () => {
  test('near-equal words go to the commonest, and the letter of two words to neither', () => {
    const groups = similarGroups(new Map([['female', 90], ['male', 95], ['Male', 3], ['femal', 2], ['F', 1], ['M', 2], ['mals', 1]]));
    expect(groups).toEqual([{ word: 'male', others: ['Male', 'M', 'mals'] }, { word: 'female', others: ['femal', 'F'] }]);
    expect(similarGroups(new Map([['Monday', 50], ['Male', 50], ['M', 1]]))).toEqual([]);
    expect(similarGroups(new Map([['cat', 50], ['car', 49], ['2007', 9], ['2008', 1]]))).toEqual([]);
    expect([editDistance('abc', 'acb'), editDistance('abc', 'abd'), editDistance('', 'ab'), editDistance('kitten', 'sitting')]).toEqual([1, 1, 2, 3]);
  });
  test('hidden missing values and values far out', () => {
    const values = Array.from({ length: 60 }, (_, i) => 50 + (i % 7));
    const found = suggestCleaning(read(`x,y\n${[...values.map((v) => `${v},${v}`), '-999,0', '-999,0', '900,51'].join('\n')}\n`));
    expect(found).toMatchObject([
      { why: 'same-rows' },
      { why: 'marker', examples: ['-999'], step: { do: 'missing', columns: ['x'] } },
      { why: 'far-out', count: 1, examples: ['900'], step: { do: 'limit', learned: 'iqr' } },
      { why: 'marker', examples: ['0'], step: { do: 'missing', columns: ['y'], values: ['0'] } },
    ]);
  });
  test('nothing for plain data', () => expect(suggestCleaning(read(`a,b\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? 'red' : 'blue'}`).join('\n')}\n`))).toEqual([]));
});

test('a distribution before and after keeps its bins', () => {
  const before = columnOf(read('x\n1\n2\n3\n100\n'), 'x');
  const { table } = applyCleaning(read('x\n1\n2\n3\n100\n'), [{ do: 'limit', column: 'x', high: 10, act: 'missing' }]);
  const compared = compareColumns(before, columnOf(table, 'x'));
  expect(compared.rows.at(-1)).toMatchObject({ before: 1, after: 0 });
  expect(compared.missing).toEqual({ before: 0, after: 1 });
});

test('bins of whole numbers hold whole numbers', () => {
  const years = columnOf(read('year\n2007\n2008\n2008\n2009\n'), 'year');
  expect(compareColumns(years, years).rows.map(({ label, from, to, after }) => [label, from, to, after])).toEqual([['2007', 2007, 2008, 1], ['2008', 2008, 2009, 2], ['2009', 2009, 2010, 1]]);
  const wide = columnOf(read(`n\n${Array.from({ length: 100 }, (_, i) => i).join('\n')}\n`), 'n');
  const { rows } = compareColumns(wide, wide);
  expect(rows.map(({ before }) => before)).toEqual(new Array(20).fill(5));
  expect([rows[0]!.from, rows.at(-1)!.to]).toEqual([0, 100]);
});

test('lines of rows, with quotes over several lines, blank lines and either line end', () => {
  expect(lineNumbers(bytes('a,b\r\n1,"x\ny"\r\n\r\n2,z\r\n3,"say ""hi"""'))).toEqual([2, 5, 6]);
});

describe('pictures', () => {
  test('get no suggestion about single pixels, other columns beside them do', () => {
    const pixels = pixelNames(16).map((name): Column => ({ name, type: 'integer', values: Float64Array.from({ length: 40 }, (_, row) => (row % 3 === 0 ? 0 : row % 7 === 0 ? 99 : 120 + (row % 5))) }));
    const spaced: Column = { name: 'label', type: 'text', levels: ['coat ', 'coat', 'bag'], codes: Int32Array.from({ length: 40 }, (_, row) => row % 3) };
    const named = suggestCleaning({ rows: 40, columns: [...pixels, spaced] }).flatMap(({ step }) => ('columns' in step ? step.columns : []));
    expect(named).toContain('label');
    expect(named.filter((name) => isPixelName(name))).toEqual([]);
    expect(suggestCleaning({ rows: 40, columns: pixels.slice(1) }).length).toBeGreaterThan(0);
  });
});
