import { describe, expect, test } from 'vitest';
import { CsvParser, parseCsv } from '../../../src/core/table/csv-parser.js';
import { encodeUtf8 } from '../../../src/core/table/text-codec.js';
import { cellsOf, failureOf, read, typesOf } from './csv-texts.js';

describe('types', () => {
  test.each([
    ['integers', 'a\n1\n-2\n+3\n', 'integer'],
    ['a point makes a number', 'a\n1\n2.0\n', 'number'],
    ['exponents', 'a\n1e3\n-2.5E-4\n.5\n5.\n', 'number'],
    ['true and false in any case', 'a\ntrue\nFalse\nTRUE\n', 'boolean'],
    ['yes and no are words', 'a\nyes\nno\n', 'text'],
    ['dates', 'a\n2001-02-28\n2004-02-29\n', 'date'],
    ['dates with times', 'a\n2001-02-28T10:20\n2001-02-28 10:20:30.5\n2001-02-28T10:20:30+02:00\n', 'date'],
    ['a day that does not exist is a word', 'a\n2001-02-29\n', 'text'],
    ['leading zeros are names', 'a\n02134\n10001\n', 'text'],
    ['whole numbers that a double cannot hold are names', 'a\n12345678901234567890\n', 'text'],
    ['too large for a double is a word', 'a\n1e999\n', 'text'],
    ['hexadecimal is a word', 'a\n0x10\n', 'text'],
    ['missing beside numbers', 'a\n1\nNA\n""\n2\n', 'integer'],
    ['nothing but missing', 'a,b\nNA,1\n?,2\n', 'number'],
    ['blanks around numbers', 'a\n 1\n2 \n', 'integer'],
    ['quoted numbers', 'a\n"1"\n"2"\n', 'integer'],
  ])('%s', (_, text, type) => {
    expect(read(text).table.columns[0]?.type).toBe(type);
  });

  test('every way to write missing', () => {
    const words = ['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'N/A', 'n/a', '?', '  ', ' NA '];
    const { table } = read(`a,b\n${words.map((word) => `${word},x`).join('\n')}\n7,y\n`);
    expect(typesOf(table)).toEqual(['a:integer', 'b:text']);
    expect(cellsOf(table).map(([a]) => a)).toEqual([...words.map(() => ''), '7']);
  });

  test('words that only look like missing are words', () => {
    const words = ['none', 'None', 'Na', 'nope', 'NAN', 'nulls', '??'];
    expect(cellsOf(read(`a,b\n${words.map((word) => `${word},1`).join('\n')}\n`).table).map(([a]) => a)).toEqual(words);
  });

  test('dates are milliseconds in UTC', () => {
    const { table } = read('a\n1970-01-02\n1969-12-31\n2000-03-01T00:00:01.25Z\n2016-08-28T02:00+02:00\n0001-01-01\n');
    const column = table.columns[0];
    expect(column?.type === 'text' ? [] : [...(column?.values ?? [])]).toEqual([
      86_400_000, -86_400_000, Date.UTC(2000, 2, 1, 0, 0, 1, 250), Date.UTC(2016, 7, 28), -62_135_596_800_000,
    ]);
  });

  test('every day of 400 years reads as the calendar says', () => {
    const days = Array.from({ length: 146_097 }, (_, i) => Date.UTC(1800, 0, 1) + i * 86_400_000);
    const { table } = read(`d\n${days.map((day) => new Date(day).toISOString().slice(0, 10)).join('\n')}\n`);
    const column = table.columns[0];
    expect(column?.type).toBe('date');
    expect(column?.type === 'date' && days.every((day, i) => column.values[i] === day)).toBe(true);
  });

  test('numbers are the nearest doubles', () => {
    const texts = ['0.1', '123456789012345.6', '4503599627370495.5', '0.30000000000000004', '1.7976931348623157e308', '5e-324', '9007199254740991',
      '2.2250738585072014e-308', '0.0000000000000000000001', '-0.7', '1234567.891', '9.007199254740993', '0.123456789012345678901'];
    const column = read(`a,b\n${texts.map((text) => `${text},x`).join('\n')}\n`).table.columns[0];
    expect(column?.type === 'number' && [...column.values]).toEqual(texts.map(Number));
  });

  test('a negative zero stays negative', () => {
    const column = read('a\n-0\n1\n').table.columns[0];
    expect(column?.type === 'integer' && Object.is(column.values[0], -0)).toBe(true);
  });
});

describe('a column that turns out to be words', () => {
  test('keeps every cell as it was written', () => {
    const words = ['1', '1.50', '-0', '+5', '1e3', '', '12345.678900', '0.30000000000000004', 'x', '7'];
    const { table, notes } = read(`a,b\n${words.map((word) => `${word},1`).join('\n')}\n`);
    expect(cellsOf(table).map(([a]) => a)).toEqual(words);
    expect(notes).toContainEqual({ code: 'type-changed', column: 'a', from: 'number', line: 10, value: 'x', others: 1 });
  });

  test('dates keep their spelling too', () => {
    const words = ['2001-01-01', '2001-01-01T10:00', 'soon'];
    const { table, notes } = read(`a\n${words.join('\n')}\n`);
    expect(cellsOf(table).flat()).toEqual(words);
    expect(notes).toContainEqual({ code: 'type-changed', column: 'a', from: 'date', line: 4, value: 'soon', others: 1 });
  });

  test('is not reported when most of it is words', () => {
    expect(read('a\n1\nx\ny\nz\n').notes.map(({ code }) => code)).toEqual(['no-numbers']);
  });

  test('numbers, then dates', () => {
    expect(typesOf(read('a\n1\n2001-01-01\n').table)).toEqual(['a:text']);
    expect(typesOf(read('a\n2001-01-01\n1\n').table)).toEqual(['a:text']);
  });
});

describe('cells and records', () => {
  test.each([
    ['comma', ',', 'a,b\n1,2\n3,4\n'],
    ['semicolon', ';', 'a;b\n1;2\n3;4\n'],
    ['tab', '\t', 'a\tb\n1\t2\n3\t4\n'],
    ['bar', '|', 'a|b\n1|2\n3|4\n'],
    ['commas inside semicolons', ';', 'name;b\n"x, y, z";2\nu,v;4\n'],
    ['a comma within quotes is none', ';', '"a,b";c\n1;2\n'],
    ['one column', ',', 'a\n1\n2\n'],
    ['prose with commas in one column', ',', 'comment\nwell; yes\nso\n'],
  ])('delimiter: %s', (_, delimiter, text) => {
    expect(read(text).delimiter).toBe(delimiter);
  });

  test('decimal commas in a file of semicolons are numbers', () => {
    const { table, notes } = read('a;b\n1,5;x\n2;y\n-0,25;z\n');
    expect(table.columns[0]).toEqual({ name: 'a', type: 'number', values: Float64Array.of(1.5, 2, -0.25) });
    expect(notes).toEqual([{ code: 'decimal-comma', column: 'a' }]);
  });

  test('quotes, doubled quotes, delimiters and newlines in cells', () => {
    const { table } = read('a,b\n"x,y","say ""hi"""\n"two\nlines",z\n"two\r\nlines",""\n');
    expect(cellsOf(table)).toEqual([['x,y', 'say "hi"'], ['two\nlines', 'z'], ['two\r\nlines', '']]);
  });

  test('a quote within a word is a letter; text after a closing quote is kept and noted', () => {
    const { table, notes } = read('a,b\n5" pipe,1\n"ab"c,2\n');
    expect(cellsOf(table)).toEqual([['5" pipe', '1'], ['abc', '2']]);
    expect(notes).toEqual([{ code: 'stray-quotes', count: 1, line: 3 }]);
  });

  test.each([['\n'], ['\r\n'], ['\r']])('line end %j', (end) => {
    const { table } = read(['a,b', '1,x', '', '2,y', ''].join(end));
    expect(cellsOf(table)).toEqual([['1', 'x'], ['2', 'y']]);
  });

  test.each([['1,2\n3,4', [['3', '4']]], ['1,2\n3,', [['3', '']]], ['1,2\n3,"4"', [['3', '4']]]])('no newline at the end of %j', (rest, last) => {
    expect(cellsOf(read(`a,b\n${rest}`).table).slice(-1)).toEqual(last);
  });

  test('ragged rows are filled or cut, counted, and the first is named', () => {
    const { table, notes } = read('a,b,c\n1,2,3\n"4\n",5\n6,7,8,9\n,\n');
    expect(cellsOf(table)).toEqual([['1', '2', '3'], ['4\n', '5', ''], ['6', '7', '8'], ['', '', '']]);
    expect(notes).toContainEqual({ code: 'ragged-rows', count: 3, line: 3 });
  });
});

describe('headers', () => {
  test('names that come twice or not at all', () => {
    const { table, notes } = read('a,a,,a_2,a\n1,2,3,4,5\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'a_3', 'column_3', 'a_2', 'a_4']);
    expect(notes).toEqual([{ code: 'empty-names', count: 1 }, { code: 'duplicate-names', names: ['a'] }]);
  });

  test('a first row of numbers alone is data', () => {
    const { table, notes } = read('1,2.5\n3,4\n');
    expect(typesOf(table)).toEqual(['column_1:integer', 'column_2:number']);
    expect(cellsOf(table)).toEqual([['1', '2.5'], ['3', '4']]);
    expect(notes).toEqual([{ code: 'no-header', columns: 2 }]);
  });

  test('names in any script, with blanks around them taken off', () => {
    expect(read(' المدينة , größe \nx,1\n').table.columns.map(({ name }) => name)).toEqual(['المدينة', 'größe']);
  });

  test('names of object members are plain names', () => {
    expect(typesOf(read('__proto__,constructor\n1,x\n').table)).toEqual(['__proto__:integer', 'constructor:text']);
  });
});

describe('encodings', () => {
  const utf16 = (text: string, little: boolean): Uint8Array => {
    const bytes = Uint8Array.from([...`\ufeff${text}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    return little ? bytes : bytes.map((_, i) => bytes[i ^ 1] as number);
  };

  test('a byte order mark is no part of the first name', () => {
    expect(typesOf(read('\ufeffa,b\n1,x\n').table)).toEqual(['a:integer', 'b:text']);
  });

  test.each([[true, 'utf-16le'], [false, 'utf-16be']])('UTF-16, little-endian %s', (little, encoding) => {
    const result = parseCsv(utf16('città,n\nRoma,1\nمكة,2\n', little));
    expect([result.encoding, cellsOf(result.table)]).toEqual([encoding, [['Roma', '1'], ['مكة', '2']]]);
    expect(result.table.columns[0]?.name).toBe('città');
  });

  test('Windows-1252 is found and said', () => {
    const bytes = Uint8Array.from([...'name,n\ncaf\xe9,1\n\x80uro \x93x\x94,2\n'].map((c) => c.charCodeAt(0)));
    const result = parseCsv(bytes);
    expect([result.encoding, cellsOf(result.table)]).toEqual(['windows-1252', [['café', '1'], ['€uro “x”', '2']]]);
    expect(result.notes).toContainEqual({ code: 'wrong-encoding', used: 'windows-1252', replaced: 0 });
  });

  test('one damaged word among sound ones is replaced and counted', () => {
    const bytes = new Uint8Array([...encodeUtf8('name,n\nمكة,1\nجدة,2\nx'), 0xff, ...encodeUtf8(',3\nx'), 0xfe, ...encodeUtf8(',4\nأبها,5\n')]);
    const { table, notes } = parseCsv(bytes);
    expect(cellsOf(table).map(([name]) => name)).toEqual(['مكة', 'جدة', 'x\ufffd', 'x\ufffd', 'أبها']);
    expect(table.columns[0]?.type === 'text' && table.columns[0].levels.length).toBe(4);
    expect(notes).toContainEqual({ code: 'wrong-encoding', used: 'utf-8', replaced: 2 });
  });
});

describe('notes', () => {
  test('formulas stay words, are counted and located', () => {
    const { table, notes } = read('a,b\nx,1\n=1+1,2\n@SUM(A1),3\n+cmd,4\n+5,5\n=1+1,6\n');
    expect(typesOf(table)).toEqual(['a:text', 'b:integer']);
    expect(notes).toEqual([{ code: 'formula-cells', column: 'a', count: 4, line: 3 }]);
  });

  test('no numbers', () => {
    expect(read('a,b\nx,true\ny,false\n').notes).toEqual([{ code: 'no-numbers' }]);
  });

  test('asked-for types: what does not fit becomes missing and is counted', () => {
    const { table, notes } = read('zip,n,flag,d\n1.50,x,1,2001-01-01\n2,3,0,\n', { types: { zip: 'text', n: 'number', flag: 'boolean', d: 'text' } });
    expect(typesOf(table)).toEqual(['zip:text', 'n:number', 'flag:boolean', 'd:text']);
    expect(cellsOf(table)).toEqual([['1.50', '', 'true', '2001-01-01'], ['2', '3', 'false', '']]);
    expect(notes).toContainEqual({ code: 'cells-lost', column: 'n', type: 'number', count: 1 });
  });
});

describe('refusals', () => {
  test.each<[string, string | Uint8Array, string, Record<string, unknown>]>([
    ['nothing', '', 'csv-empty', {}],
    ['blanks', ' \n\r\n \n', 'csv-empty', {}],
    ['a mark alone', '\ufeff', 'csv-empty', {}],
    ['a header alone', 'a,b\n', 'csv-no-rows', { columns: 2 }],
    ['a header without newline', 'a,b', 'csv-no-rows', { columns: 2 }],
    ['an open quote', 'a,b\n1,2\n"x,3\n4,5\n', 'csv-unclosed-quote', { line: 3 }],
    ['an open quote in the header', '"a,b\n1,2\n', 'csv-unclosed-quote', { line: 1 }],
    ['a zip file or xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0]), 'csv-binary', { kind: 'zip', offset: 0 }],
    ['a parquet file', Uint8Array.from([0x50, 0x41, 0x52, 0x31, 21]), 'csv-binary', { kind: 'parquet', offset: 0 }],
    ['a NUL', 'a,b\n1,\u0000\n', 'csv-binary', { kind: 'unknown', offset: 6 }],
  ])('%s', (_, input, code, data) => {
    const bytes = typeof input === 'string' ? encodeUtf8(input) : input;
    expect(failureOf(() => parseCsv(bytes))).toEqual({ code, data });
  });

  test('10,000 columns, with what and where', () => {
    const wide = `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`;
    expect(failureOf(() => read(wide))).toEqual({ code: 'csv-too-many-columns', data: { columns: 10_000, limit: 2000, line: 1 } });
  });

  test('2,000 columns are a table', () => {
    const row = Array.from({ length: 2000 }, (_, i) => i);
    const { table } = read(`${row.map((i) => `c${i}`).join(',')}\n${row.join(',')}\n`);
    expect([table.columns.length, cellsOf(table)[0]?.[1999]]).toEqual([2000, '1999']);
  });

  test('too many bytes, as soon as they come', () => {
    const parser = new CsvParser({ maxBytes: 10 });
    parser.push(encodeUtf8('a,b\n1,2\n'));
    expect(failureOf(() => parser.push(encodeUtf8('3,4\n')))).toEqual({ code: 'csv-too-large', data: { limit: 10 } });
  });

  test('a cell without end, long before the file ends', () => {
    const parser = new CsvParser();
    parser.push(encodeUtf8('a,b\n1,2\n3,'));
    const push = (): void => {
      for (let i = 0; i < 40; i++) parser.push(new Uint8Array(65_536).fill(0x78));
    };
    expect(failureOf(push)).toEqual({ code: 'csv-cell-too-long', data: { line: 3, limit: 1_048_576 } });
  });

  test('an open quote, long before the file ends', () => {
    const parser = new CsvParser();
    parser.push(encodeUtf8('a,b\n1,2\n"3,'));
    const push = (): void => {
      for (let i = 0; i < 40; i++) parser.push(new Uint8Array(65_536).fill(0x0a));
    };
    expect(failureOf(push)).toEqual({ code: 'csv-unclosed-quote', data: { line: 3 } });
  });

  test('types for a column that is not there', () => {
    expect(failureOf(() => read('a,b\n1,2\n', { types: { c: 'text' } }))).toEqual({ code: 'unknown-column', data: { column: 'c', known: ['a', 'b'] } });
  });
});
