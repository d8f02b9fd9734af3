import { describe, expect, test } from 'vitest';
import { formatContract, parseContract } from '../../../src/core/contract/contract-file.js';
import type { Contract } from '../../../src/core/contract/contract.js';
import { inferContract } from '../../../src/core/contract/infer-contract.js';
import { validateTable } from '../../../src/core/contract/validate-table.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import type { ColumnType, Table } from '../../../src/core/table/table.js';

const read = (text: string, types?: Record<string, ColumnType>): Table => parseCsv(new TextEncoder().encode(text), types ? { types } : {}).table;
const words = { id: 'text', n: 'text', d: 'text', c: 'text' } as const;
const GOOD = 'id,n,d,c\na,1,2024-01-01,red\nb,2,2024-01-02,blue\nc,3,2024-01-03,red\n';
const PROMISE: Contract = {
  rows: { min: 3, max: 5 }, freshness: { column: 'd', days: 10 }, others: 'refuse',
  columns: { id: { type: 'text', required: true, unique: true }, n: { type: 'integer', min: 0, max: 10, missing: 0.3 }, d: { type: 'date', min: '2024-01-01' }, c: { type: 'text', allowed: ['red', 'blue'] } },
};
const TODAY = Date.UTC(2024, 0, 10);
const broken = (text: string, today = TODAY): [string, number, number[]][] => validateTable(read(text, words), PROMISE, { today }).map(({ column, rule, count, examples }) => [`${column ?? 'table'} ${rule}`, count, examples.map(({ row }) => row)]);

describe('planted faults', () => {
  test.each<[string, string, [string, number, number[]][]]>([
    ['none', GOOD, []],
    ['a word for a number', GOOD.replace('b,2', 'b,two'), [['n type', 1, [1]]]],
    ['a fraction for a whole number', GOOD.replace('b,2', 'b,2.5'), [['n type', 1, [1]]]],
    ['too small', GOOD.replace('a,1', 'a,-1'), [['n min', 1, [0]]]],
    ['too large', GOOD.replace('c,3', 'c,11'), [['n max', 1, [2]]]],
    ['missing too often', GOOD.replace('a,1', 'a,'), [['n missing-share', 1, [0]]]],
    ['a required cell is missing', GOOD.replace('c,3', ',3'), [['id required', 1, [2]]]],
    ['a repeated key', GOOD.replace('c,3', 'a,3'), [['id unique', 1, [2]]]],
    ['a value that is not allowed', GOOD.replace('blue', 'green'), [['c allowed', 1, [1]]]],
    ['too early a date', GOOD.replace('2024-01-01', '1970-01-01'), [['d min', 1, [0]]]],
    ['no date', GOOD.replace('2024-01-01', '2024-13-01'), [['d type', 1, [0]]]],
    ['too few rows', GOOD.replace('c,3,2024-01-03,red\n', ''), [['table rows', 2, []]]],
    ['a column too many', GOOD.replace(/$/gm, ',1').replace('c,1', 'c,extra').replace(/\n,1$/, '\n'), [['extra column-unknown', 1, []]]],

  ])('%s', (_name, text, expected) => expect(broken(text)).toEqual(expected));
  test('a column too few', () => expect(validateTable(read('id,n,d\na,1,2024-01-01\nb,2,2024-01-02\nc,3,2024-01-03\n'), PROMISE).map(({ column, rule }) => `${column} ${rule}`)).toEqual(['c column-missing']));
  test('stale data', () => expect(broken(GOOD, Date.UTC(2024, 1, 1))).toEqual([['d freshness', 1, []]]));
});

test('an inferred contract is kept by its data, reads back, and is broken by other data', () => {
  const text = `id,x,kind,day\n${Array.from({ length: 60 }, (_, i) => `r${i},${i % 9 === 0 ? '' : 10 + (i % 5)},${['a', 'b', 'c'][i % 3]},2024-01-${String((i % 28) + 1).padStart(2, '0')}`).join('\n')}\n`;
  const contract = inferContract(read(text), 'day');
  expect(contract).toMatchObject({ rows: { min: 30 }, freshness: { column: 'day', days: 30 }, columns: { id: { type: 'text', unique: true, required: true }, x: { type: 'integer', min: 9, max: 15, missing: 0.17 }, kind: { allowed: ['a', 'b', 'c'] } } });
  expect(parseContract(formatContract(contract), 'f')).toMatchObject(contract);
  expect(validateTable(read(text), contract, { today: Date.UTC(2024, 1, 1) })).toEqual([]);
  expect(validateTable(read(text.replace(',14,', ',140,')), contract, { today: Date.UTC(2024, 1, 1) }).map(({ rule }) => rule)).toEqual(['max']);
});

describe('bad files', () => {
  test.each([
    ['columns: [a]\n', 1], ['columns:\n  a: {type: number}\nrows: {min: -1}\n', 3], ['columns:\n  a:\n    type: number\n    min: low\n', 4], ['columns:\n  a:\n    type: text\n    max: 3\n', 4],
    ['columns:\n  a:\n    type: number\n    need: true\n', 4], ['columns:\n  a: {type: number, missing: 2}\n', 2], ['freshness: {days: 3}\ncolumns: {}\n', 1], ['requests: ignore\ncolumns: {}\n', 1],
  ])('%j is refused with its line', (text, line) => {
    let seen: unknown;
    try {
      parseContract(text, 'data/contract.yaml');
    } catch (cause) {
      seen = cause;
    }
    expect(seen).toMatchObject({ code: 'bad-contract', data: { path: 'data/contract.yaml', line } });
  });
  test('what is no YAML', () => expect(() => parseContract('columns:\n  a: {type: number\n', 'f')).toThrow(expect.objectContaining({ code: 'bad-yaml' }) as Error));
});
