import { describe, expect, test } from 'vitest';
import { appendRows, cellText, columnOf, dropColumns, selectColumns, selectRows, withColumn } from '../../../src/core/table/select.js';
import { retypeColumn, retypeTable } from '../../../src/core/table/retype.js';
import type { ColumnType } from '../../../src/core/table/table.js';
import { cellsOf, failureOf, read, typesOf } from './csv-texts.js';

const { table } = read('id,word,day,flag\n1,x,2001-01-01,true\n2,NA,2001-01-02,false\n3,y,,true\n');

describe('selecting', () => {
  test('rows in any order, with repeats; a row that is not there is missing', () => {
    expect(cellsOf(selectRows(table, [2, 0, 0, 9]))).toEqual([
      ['3', 'y', '', 'true'], ['1', 'x', '2001-01-01', 'true'], ['1', 'x', '2001-01-01', 'true'], ['', '', '', ''],
    ]);
    expect(cellsOf(selectRows(table, Int32Array.of(1)))).toEqual([['2', '', '2001-01-02', 'false']]);
    expect(selectRows(table, []).rows).toBe(0);
  });

  test('columns by name', () => {
    expect(columnOf(table, 'day').type).toBe('date');
    expect(typesOf(selectColumns(table, ['flag', 'id']))).toEqual(['flag:boolean', 'id:integer']);
    expect(typesOf(dropColumns(table, ['word', 'day']))).toEqual(['id:integer', 'flag:boolean']);
    expect(cellText(columnOf(table, 'word'), 1)).toBe('');
  });

  test.each([
    ['columnOf', () => columnOf(table, 'nope')],
    ['dropColumns', () => dropColumns(table, ['id', 'nope'])],
    ['retypeTable', () => retypeTable(table, 'nope', 'text')],
  ])('%s names the unknown column and the known ones', (_, act) => {
    expect(failureOf(act)).toEqual({ code: 'unknown-column', data: { column: 'nope', known: ['id', 'word', 'day', 'flag'] } });
  });

  test('withColumn puts in place or at the end, and refuses another length', () => {
    const twice = { name: 'id', type: 'integer', values: Float64Array.of(2, 4, 6) } as const;
    expect(cellsOf(withColumn(table, twice)).map(([id]) => id)).toEqual(['2', '4', '6']);
    expect(typesOf(withColumn(table, { ...twice, name: 'new' })).at(-1)).toBe('new:integer');
    const short = { name: 'id', type: 'integer', values: Float64Array.of(1) } as const;
    expect(failureOf(() => withColumn(table, short))).toEqual({ code: 'wrong-length', data: { column: 'id', rows: 1, expected: 3 } });
  });
});

describe('appending', () => {
  test('merges levels and takes columns by name', () => {
    const more = read('word,id,flag,day\nz,4.5,true,2001-01-04\nx,5,false,2001-01-05\n').table;
    const both = appendRows(table, more);
    expect(typesOf(both)).toEqual(['id:number', 'word:text', 'day:date', 'flag:boolean']);
    expect(cellsOf(both).slice(-2)).toEqual([['4.5', 'z', '2001-01-04', 'true'], ['5', 'x', '2001-01-05', 'false']]);
    expect(columnOf(both, 'word')).toMatchObject({ levels: ['x', 'y', 'z'], codes: Int32Array.of(0, -1, 1, 2, 0) });
  });

  test.each([
    ['a column less', 'id,word,day\n1,x,2001-01-01\n', 'unknown-column'],
    ['a column more', 'id,word,day,flag,extra\n1,x,2001-01-01,true,1\n', 'unknown-column'],
    ['another type', 'id,word,day,flag\nw,x,2001-01-01,true\n', 'columns-differ'],
    ['a date for a flag', 'id,word,day,flag\n1,x,2001-01-01,2001-01-01\n', 'columns-differ'],
  ])('refuses %s', (_, text, code) => {
    expect(failureOf(() => appendRows(table, read(text).table)).code).toBe(code);
  });
});

describe('retyping', () => {
  test.each<[string, ColumnType, readonly string[], number]>([
    ['1\n2\nNA\n', 'text', ['1', '2', ''], 0],
    ['1\n2.5\nNA\n', 'integer', ['1', '', ''], 1],
    ['0\n1\n2\n', 'boolean', ['false', 'true', ''], 1],
    ['yes\nNo\nmaybe\n', 'boolean', ['true', 'false', ''], 1],
    ['1\nx\n2\n', 'number', ['1', '', '2'], 1],
    ['02\n10\n', 'integer', ['2', '10'], 0],
    ['2001-01-01\nsoon\n', 'date', ['2001-01-01', ''], 1],
    ['2001-01-01\n2001-01-02\n', 'text', ['2001-01-01', '2001-01-02'], 0],
    ['1970-01-01\n', 'number', ['0'], 0],
    ['5\n6\n', 'date', ['', ''], 2],
    ['true\nfalse\n', 'integer', ['1', '0'], 0],
  ])('%j as %s', (cells, type, expected, lost) => {
    const { column } = { column: columnOf(read(`a,b\n${cells.replaceAll('\n', ',x\n')}`).table, 'a') };
    const result = retypeColumn(column, type);
    expect(result.lost).toBe(lost);
    expect(result.column.type).toBe(type);
    expect(expected.map((_, row) => cellText(result.column, row))).toEqual(expected);
  });
});
