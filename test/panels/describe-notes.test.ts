import { describe, expect, it } from 'vitest';
import type { PrepareNote } from '../../src/core/prepare/prepare-notes.js';
import type { CsvNote } from '../../src/core/table/csv-notes.js';
import { ar } from '../../src/i18n/ar.js';
import { en } from '../../src/i18n/en.js';
import { makeFormat } from '../../src/i18n/format.js';
import { describeCsvNote } from '../../src/panels/data/describe-csv-note.js';
import { describePrepareNote } from '../../src/panels/data/describe-prepare-note.js';

const csv: CsvNote[] = [
  { code: 'ragged-rows', count: 3, line: 12 },
  { code: 'stray-quotes', count: 1, line: 4 },
  { code: 'duplicate-names', names: ['a', 'b'] },
  { code: 'empty-names', count: 2 },
  { code: 'wrong-encoding', used: 'windows-1252', replaced: 0 },
  { code: 'wrong-encoding', used: 'utf-8', replaced: 5 },
  { code: 'formula-cells', column: 'x', count: 2, line: 9 },
  { code: 'type-changed', column: 'x', from: 'number', line: 7, value: 'n/a?', others: 11 },
  { code: 'cells-lost', column: 'x', type: 'integer', count: 1 },
  { code: 'decimal-comma', column: 'x' },
  { code: 'no-header', columns: 4 },
  { code: 'no-numbers' },
];
const prepare: PrepareNote[] = [
  { code: 'constant-column', column: 'x', value: '1' },
  { code: 'all-missing-column', column: 'x' },
  { code: 'high-cardinality', column: 'x', levels: 400, kept: 50 },
  { code: 'date-left-out', column: 'x' },
  { code: 'imputed', column: 'x', count: 2, value: '3.5' },
  { code: 'missing-kept', column: 'x', count: 11 },
  { code: 'unlabelled-rows', column: 'x', count: 1 },
  { code: 'suspect-leak', column: 'x', measure: 'correlation', score: 0.9987 },
  { code: 'suspect-leak', column: 'x', measure: 'auc', score: 0.999 },
  { code: 'suspect-leak', column: 'x', measure: 'purity', score: 0.995 },
];

describe.each([
  ['en', en],
  ['ar', ar],
] as const)('in %s', (locale, t) => {
  const format = makeFormat(locale);
  it('every note of the reader is a whole sentence of its own', () => {
    const said = csv.map((note) => describeCsvNote(note, t, format));
    expect(new Set(said).size).toBe(csv.length);
    for (const text of said) expect(text).toMatch(/^[^#]*[.؟?]$/u);
  });
  it('every note of preparing is a whole sentence of its own', () => {
    const said = prepare.map((note) => describePrepareNote(note, t, format));
    expect(new Set(said).size).toBe(prepare.length);
    for (const text of said) expect(text).toMatch(/^[^#]*[.؟?]$/u);
  });
});

it('says what and where', () => {
  const format = makeFormat('en');
  expect(describeCsvNote(csv[0]!, en, format)).toContain('3 rows have more or fewer cells than the header (first on line 12)');
  expect(describeCsvNote(csv[7]!, en, format)).toContain('until “\u2068n/a?\u2069” on line 7. 11 cells are different');
  expect(describePrepareNote(prepare[7]!, en, format)).toContain('correlation 0.999');
  expect(describePrepareNote(prepare[9]!, en, format)).toContain('99.5%');
});
