import { describe, expect, test } from 'vitest';
import { computeFormula } from '../../../src/core/features/compute-formula.js';
import { parseFormula } from '../../../src/core/features/parse-formula.js';
import { LabError } from '../../../src/core/lab-error.js';
import { cellText } from '../../../src/core/table/select.js';
import type { Table } from '../../../src/core/table/table.js';

const table: Table = {
  rows: 4,
  columns: [
    { name: 'a', type: 'number', values: Float64Array.of(2, 0, -1, NaN) },
    { name: 'b', type: 'integer', values: Float64Array.of(4, 5, 0, 1) },
    { name: 'ok', type: 'boolean', values: Float64Array.of(1, 0, NaN, 1) },
    { name: 'day', type: 'date', values: Float64Array.of(0, 86_400_000, NaN, 0) },
    { name: 'two words', type: 'text', levels: ['Red', 'blue'], codes: Int32Array.of(0, 1, -1, 0) },
  ],
};
const cells = (formula: string): string[] => {
  const { column } = computeFormula('x', formula, table);
  return Array.from({ length: table.rows }, (_, row) => cellText(column, row));
};
const fault = (formula: string): Record<string, unknown> => {
  try {
    computeFormula('x', formula, table);
  } catch (cause) {
    return { code: LabError.from(cause).code, ...LabError.from(cause).data };
  }
  return { code: 'none' };
};

describe('formulas', () => {
  test.each([
    ['1 + 2 * 3 - 4 / 2', 5], ['-2 ^ 2', -4], ['2 ^ 3 ^ 2', 512], ['2 ^ -1', 0.5], ['(1 + 2) * 3', 9], ['10 - 4 - 3', 3], ['1e3 + .5', 1000.5],
    ['log(exp(2))', 2], ['sqrt(9)', 3], ['abs(-3)', 3], ['min(3, 1, 2)', 1], ['max(3, 1, 2)', 3], ['round(2.5)', 3], ['round(-2.5)', -3], ['round(3.14159, 2)', 3.14], ['floor(-1.5)', -2], ['mod(-1, 7)', 6], ['log10(1000)', 3],
    ['if(1 < 2, 10, 20)', 10], ["length('abc')", 3], ["number('4.5')", 4.5], ["if(contains('abc', 'b') and not starts('abc', 'b'), 1, 0)", 1],
  ])('%s is %d', (formula, expected) => {
    const { column } = computeFormula('x', formula, { rows: 1, columns: [] });
    expect(column.type === 'text' ? NaN : column.values[0]).toBeCloseTo(expected, 12);
  });

  test('words bind as they read: or, and, not, comparison, sums', () => {
    expect(cells('a > 1 or b = 5 and not ok')).toEqual(['true', 'true', 'false', '']);
    expect(cells('not a + 1 > 1')).toEqual(['false', 'true', 'true', '']);
  });

  test('a part that is not known leaves open only what it could change', () => {
    expect(cells('ok and a > 0')).toEqual(['true', 'false', 'false', '']);
    expect(cells('ok or b > 3')).toEqual(['true', 'true', '', 'true']);
    expect(cells('if(ok, a, b)')).toEqual(['2', '5', '', '']);
    expect(cells('fill(a, -9)')).toEqual(['2', '0', '-1', '-9']);
    expect(cells('missing(`two words`)')).toEqual(['false', 'false', 'true', 'false']);
  });

  test('words and dates', () => {
    expect(cells('lower(`two words`)')).toEqual(['red', 'blue', '', 'red']);
    expect(cells("if(`two words` = 'Red', 'warm', 'cold')")).toEqual(['warm', 'cold', '', 'warm']);
    expect(cells('day + 0.5')).toEqual(['0.5', '1.5', '', '0.5']);
  });

  test('what has no finite value is missing, and is told from what was missing before', () => {
    expect(computeFormula('x', 'b / a', table)).toMatchObject({ undefinedRows: [1] });
    expect(computeFormula('x', 'log(a)', table)).toMatchObject({ undefinedRows: [1, 2] });
    expect(computeFormula('x', '0 / b', table)).toMatchObject({ undefinedRows: [2] });
    expect(cells('b / a')).toEqual(['2', '', '-0', '']);
    expect(computeFormula('x', 'exp(1000)', table).undefinedRows).toHaveLength(4);
  });

  test.each([
    ['', 1, 'expected-value'], ['a +', 4, 'expected-value'], ['a + * b', 5, 'expected-value'], ['(a + b', 7, 'expected-sign'], ['a b', 3, 'unexpected'], ['a # b', 3, 'unknown-character'], ["'abc", 1, 'unclosed'],
    ['1 < a < 3', 7, 'unexpected'], ['sine(a)', 1, 'unknown-function'], ['sqrt(a, b)', 1, 'arguments'], ['if(a, 1, 2)', 4, 'type'], ["a + 'x'", 5, 'type'], ["if(ok, 1, 'x')", 11, 'type'], ['a and b', 1, 'type'], ['`two words` + 1', 1, 'type'], ['constructor(1)', 1, 'unknown-function'],
  ])('%s is refused at character %d', (formula, position, name) => {
    expect(fault(formula)).toMatchObject({ code: 'bad-formula', position, fault: name });
  });

  test('what is too long or too deep is refused before it can hurt', () => {
    expect(fault('1+'.repeat(600))).toMatchObject({ fault: 'too-long' });
    expect(fault(`${'('.repeat(300)}1${')'.repeat(300)}`)).toMatchObject({ fault: 'too-deep' });
    expect(fault(`${'-'.repeat(900)}1`)).toMatchObject({ fault: 'too-deep' });
    expect(fault(`${'not '.repeat(200)}ok`)).toMatchObject({ fault: 'too-deep' });
    expect(() => parseFormula('1+'.repeat(499) + '1')).not.toThrow();
  });

  test('an unknown column is named', () => {
    expect(fault('a + nothing')).toMatchObject({ code: 'unknown-column', column: 'nothing' });
    expect(fault('__proto__ + 1')).toMatchObject({ code: 'unknown-column' });
  });
});
