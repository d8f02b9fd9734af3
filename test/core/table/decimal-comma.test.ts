import { expect, it } from 'vitest';
import { parseCsv } from '../../../src/core/table/csv-parser.js';

const bytes = new TextEncoder().encode('size;name\n1,5;ant\n2,25;bee\n;cat\n');

it.each([undefined, { size: 'number' as const }])('reads decimal commas as numbers, also when it is told the types (%j)', (types) => {
  const { table, notes } = parseCsv(bytes, types === undefined ? {} : { types });
  const size = table.columns[0]!;
  expect(size.type).toBe('number');
  expect(size.type === 'text' ? [] : [...size.values]).toEqual([1.5, 2.25, NaN]);
  expect(notes).toContainEqual({ code: 'decimal-comma', column: 'size' });
});

it('keeps them as text when text is asked for', () => {
  expect(parseCsv(bytes, { types: { size: 'text' } }).table.columns[0]).toMatchObject({ type: 'text', levels: ['1,5', '2,25'] });
});
