import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import type { Column, Table } from '../../../src/core/table/table.js';
import { writeCsv } from '../../../src/core/table/write-csv.js';
import { failureOf, read } from './csv-texts.js';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('writing', () => {
  test('quotes what needs it, the shortest numbers, dates at midnight without time', () => {
    const text = 'a,"b,c",d,e\n1.0,"x ""y""",2001-02-03,true\n0.1," pad",2001-02-03T04:05:06Z,false\n,"two\nlines",,\n';
    const { table } = read(text);
    expect(textOf(writeCsv(table))).toBe(text.replace('1.0', '1'));
  });

  test('chosen rows and columns, in that order', () => {
    const { table } = read('a,b,c\n1,x,p\n2,y,q\n3,z,r\n');
    expect(textOf(writeCsv(table, { rows: [2, 0], columns: ['c', 'a'] }))).toBe('c,a\nr,3\np,1\n');
    expect(failureOf(() => writeCsv(table, { columns: ['z'] })).code).toBe('unknown-column');
  });

  test('formulas are disarmed for spreadsheets only', () => {
    const { table } = read('a,b\n=1+1,1\n@x,2\n+y,3\n-z,4\nplain,5\n');
    expect(textOf(writeCsv(table, { forSpreadsheet: true }))).toBe("a,b\n'=1+1,1\n'@x,2\n'+y,3\n'-z,4\nplain,5\n");
    expect(textOf(writeCsv(table))).toBe('a,b\n=1+1,1\n@x,2\n+y,3\n-z,4\nplain,5\n');
  });

  test('a lone missing cell is no blank line', () => {
    const table: Table = { rows: 3, columns: [{ name: 'a', type: 'integer', values: Float64Array.of(1, NaN, 3) }] };
    expect(textOf(writeCsv(table))).toBe('a\n1\n""\n3\n');
    expect(parseCsv(writeCsv(table)).table).toEqual(table);
  });

  test('numbers that happen to be whole stay numbers', () => {
    const table: Table = { rows: 2, columns: [{ name: 'a', type: 'number', values: Float64Array.of(1, -2) }] };
    expect(parseCsv(writeCsv(table)).table).toEqual(table);
  });
});

const WORDS = ['x', 'two words', 'a,b', 'say "hi"', 'line\nbreak', 'cr\r\nlf', ' padded ', 'semi;colon', '=1+1', 'café', 'مكة', '😀', '-', 'true', '7up', "'"];

function randomColumn(name: string, rows: number, random: () => number): Column {
  const pick = (n: number): number => Math.floor(random() * n);
  const numbers = (make: () => number): Float64Array => Float64Array.from({ length: rows }, () => (random() < 0.1 ? NaN : make()));
  const kind = pick(5);
  if (kind === 0) return { name, type: 'integer', values: numbers(() => pick(2_000_001) - 1_000_000) };
  if (kind === 1) return { name, type: 'number', values: numbers(() => (random() - 0.5) * 10 ** (pick(40) - 20)) };
  if (kind === 2) return { name, type: 'date', values: numbers(() => pick(40_000) * 86_400_000 + (random() < 0.5 ? 0 : pick(86_400_000))) };
  if (kind === 3) return { name, type: 'boolean', values: numbers(() => pick(2)) };
  const codes = Int32Array.from({ length: rows }, () => (random() < 0.1 ? -1 : pick(WORDS.length)));
  // Levels stand in order of first appearance, as the reader finds them.
  const order = [...new Set(codes)].filter((code) => code >= 0);
  return { name, type: 'text', levels: order.map((code) => WORDS[code] as string), codes: codes.map((code) => (code < 0 ? -1 : order.indexOf(code))) };
}

test('200 random tables read back as they were written', () => {
  const random = createRandom(20_010_122);
  for (let i = 0; i < 200; i++) {
    const rows = 20 + Math.floor(random() * 60);
    const columns = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, c) => randomColumn(`c ${c}${c % 2 ? ',"' : ''}`, rows, random));
    const table: Table = { rows, columns };
    expect(parseCsv(writeCsv(table)).table, `table ${i}`).toEqual(table);
  }
});
