import { describe, expect, test } from 'vitest';
import { CsvParser, parseCsv } from '../../../src/core/table/csv-parser.js';
import type { CsvResult } from '../../../src/core/table/csv-notes.js';
import { encodeUtf8 } from '../../../src/core/table/text-codec.js';

const TEXTS: readonly [string, string][] = [
  ['quotes and newlines', 'a,b,c\r\n1,"two\r\nlines ""x""",3.25\r\n-4.5,"",مكة\r\n\r\n5,"q"z,NA\r\n6,=1,2001-02-03'],
  ['lone returns', 'a;b\r"x\ry";1,5\rz;-2,25\r'],
  ['no header', '1,2\n3,4.5\n'],
  ['ragged', 'a,b,c\n1\n1,2,3,4\n,\n'],
  ['becomes words', 'a,b\n1.50,2001-01-01\n-0.70,2001-01-02T00:00\nx,y\n'],
  ['ends with a delimiter', 'a,b\n1,2\n3,'],
  ['ends with a quote', 'a,b\n1,2\n3,"x"'],
];

function parseInPieces(bytes: Uint8Array, size: number): CsvResult {
  const parser = new CsvParser();
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    // One buffer for all pieces, as a file reader does: nothing may keep a view of it.
    buffer.set(piece);
    parser.push(buffer.subarray(0, piece.length));
  }
  return parser.finish();
}

describe('pieces of any size give the same table', () => {
  for (const [name, text] of TEXTS) {
    test.each([1, 2, 3, 4, 5, 6, 7])(`${name}, pieces of %i`, (size) => {
      const bytes = encodeUtf8(text);
      expect(parseInPieces(bytes, size)).toEqual(parseCsv(bytes));
    });
  }

  // Only beyond the sample of 64 KiB do rows meet the borders of pieces one by one.
  const rows = Array.from({ length: 9000 }, (_, i) => `${i},${(i / 8).toFixed(i % 4)},"w ${i % 13}\n""${i % 3}""",${i % 5 === 0 ? 'NA' : `v${i % 7}`}`);
  const long = encodeUtf8(`n,x,quoted,word\r\n${rows.join('\r\n')}\r\n`);
  const whole = parseCsv(long);

  test.each([1021, 4099, 65_537, 100_003])('a long file, pieces of %i', (size) => {
    expect(whole.table.rows).toBe(9000);
    expect(parseInPieces(long, size)).toEqual(whole);
  });

  test('a long file that goes on byte by byte', () => {
    const parser = new CsvParser();
    parser.push(long.subarray(0, 70_000));
    for (let i = 70_000; i < long.length; i++) parser.push(long.subarray(i, i + 1));
    expect(parser.finish()).toEqual(whole);
  });

  test('UTF-16 cut within a letter', () => {
    const text = '\ufeffa,b\nمكة,1\n😀,2\n';
    const bytes = Uint8Array.from(Array.from({ length: text.length }, (_, i) => [text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8]).flat());
    for (const size of [1, 3, 5]) expect(parseInPieces(bytes, size)).toEqual(parseCsv(bytes));
    expect(parseCsv(bytes).table.columns[0]).toMatchObject({ levels: ['مكة', '😀'] });
  });
});
