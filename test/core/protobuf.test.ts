import { describe, expect, it } from 'vitest';
import { encodeMessage, joinBytes } from '../../src/core/protobuf.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('protobuf’s wire format', () => {
  // The examples of protobuf's own description of its encoding.
  it('writes numbers, texts, messages and packed lists as its description shows', () => {
    expect(hex(encodeMessage([[1, { int: 150 }]]))).toBe('089601');
    expect(hex(encodeMessage([[2, { text: 'testing' }]]))).toBe('120774657374696e67');
    expect(hex(encodeMessage([[3, { message: [[1, { int: 150 }]] }]]))).toBe('1a03089601');
    expect(hex(encodeMessage([[6, { ints: [3, 270, 86942] }]]))).toBe('3206038e029ea705');
    expect(hex(encodeMessage([[1, { int: -2 }]]))).toBe('08feffffffffffffffff01');
  });

  it('writes floats, doubles and repeated texts', () => {
    expect(hex(encodeMessage([[1, { float: 1 }], [2, { double: -2 }]]))).toBe('0d0000803f1100000000000000c0');
    expect(hex(encodeMessage([[1, { floats: [1, 2] }]]))).toBe('0a080000803f00000040');
    expect(hex(encodeMessage([[1, { texts: ['a', 'b', 'a', ''] }]]))).toBe('0a01610a01620a01610a00');
    expect(hex(encodeMessage([[300, { bytes: Uint8Array.of(7) }]]))).toBe('e2120107');
  });

  it('grows beyond any first guess', () => {
    const long = encodeMessage([[1, { texts: Array.from({ length: 5000 }, () => 'LEAF') }]]);
    expect(long.length).toBe(30_000);
    expect(joinBytes([long, long]).length).toBe(60_000);
  });
});
