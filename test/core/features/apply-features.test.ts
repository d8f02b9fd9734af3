import { describe, expect, test } from 'vitest';
import { applyFeatures } from '../../../src/core/features/apply-features.js';
import type { FeatureStep } from '../../../src/core/features/feature-step.js';
import { formatFeatures, MOST_STEPS, parseFeatures } from '../../../src/core/features/features-file.js';
import { wordsColumn } from '../../../src/core/features/words-column.js';
import { LabError } from '../../../src/core/lab-error.js';
import { cellText, columnOf } from '../../../src/core/table/select.js';
import type { Table } from '../../../src/core/table/table.js';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const table: Table = {
  rows: 4,
  columns: [
    { name: 'date', type: 'date', values: Float64Array.of(day('2024-02-29'), day('2024-12-31'), day('2023-01-01'), NaN) },
    { name: 'a', type: 'number', values: Float64Array.of(1, 2, 3, NaN) },
    { name: 'b', type: 'number', values: Float64Array.of(2, 0, 4, 1) },
    wordsColumn('site', ['x', 'y', 'x', undefined]),
    wordsColumn('sex', ['f', 'm', 'm', 'f']),
    { name: 'y', type: 'number', values: Float64Array.of(10, 20, 30, 40) },
  ],
};
const make = (...steps: FeatureStep[]) => applyFeatures(table, steps, [0, 1, 2, 3], 'y');
const cells = (name: string, ...steps: FeatureStep[]): string[] => {
  const column = columnOf(make(...steps).table, name);
  return [0, 1, 2, 3].map((row) => cellText(column, row));
};
const fault = (...steps: FeatureStep[]): Record<string, unknown> => {
  try {
    make(...steps);
  } catch (cause) {
    return { code: LabError.from(cause).code, ...LabError.from(cause).data };
  }
  return { code: 'none' };
};
const formula = (name: string, text: string): FeatureStep => ({ do: 'formula', name, formula: text });

describe('features of a table', () => {
  test('two columns in one', () => {
    expect(cells('p', { do: 'combine', name: 'p', of: ['a', 'b'], how: 'product' })).toEqual(['2', '0', '12', '']);
    expect(cells('r', { do: 'combine', name: 'r', of: ['a', 'b'], how: 'ratio' })).toEqual(['0.5', '', '0.75', '']);
    expect(make({ do: 'combine', name: 'r', of: ['a', 'b'], how: 'ratio' }).outcomes[0]).toEqual({ columns: ['r'], missing: 2, undefinedCount: 1, undefinedRows: [1] });
    expect(cells('c', { do: 'combine', name: 'c', of: ['site', 'sex'], how: 'cross' })).toEqual(['x × f', 'y × m', 'x × m', '']);
  });

  test('parts of a date, in UTC', () => {
    const step: FeatureStep = { do: 'date', column: 'date', parts: ['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'weekend', 'days-since', 'month-sin', 'month-cos'], since: '2024-01-01' };
    const row = (at: number): string[] => step.parts.map((part) => cells(`date_${part.replaceAll('-', '_')}`, step)[at]!);
    expect(row(0)).toEqual(['2024', '1', '2', '29', '4', '60', 'false', '59', String(Math.sin(Math.PI / 6)), String(Math.cos(Math.PI / 6))]);
    expect(row(1).slice(0, 8)).toEqual(['2024', '4', '12', '31', '2', '366', 'false', '365']);
    expect(row(2).slice(0, 8)).toEqual(['2023', '1', '1', '1', '7', '1', 'true', '-365']);
    expect(row(3)).toEqual(step.parts.map(() => ''));
    expect(fault({ do: 'date', column: 'date', parts: ['days-since'] })).toMatchObject({ code: 'feature-needs', key: 'since' });
  });

  test('figures of groups come from the training rows alone', () => {
    const step: FeatureStep = { do: 'group', name: 'g', column: 'a', by: 'site', how: 'mean' };
    const of = (train: number[]): string[] => {
      const column = columnOf(applyFeatures(table, [step], train, 'y').table, 'g');
      return [0, 1, 2, 3].map((row) => cellText(column, row));
    };
    expect(of([0, 1, 2, 3])).toEqual(['2', '2', '2', '']);
    expect(of([0, 1]), 'the third row does not count, the unseen level gets the mean of all').toEqual(['1', '2', '1', '1.5']);
  });

  test('a step reads what an earlier one made', () => expect(cells('second', formula('first', 'a + b'), formula('second', 'first * 2'))).toEqual(['6', '4', '14', '']));

  test.each<[string, FeatureStep[], object]>([
    ['an unknown column', [formula('x', 'nothing + 1')], { code: 'unknown-column', column: 'nothing', place: 1 }],
    ['itself', [formula('x', 'x + 1')], { code: 'feature-cycle', column: 'x', place: 1 }],
    ['what comes later', [formula('x', 'z + 1'), formula('z', 'a')], { code: 'feature-cycle', column: 'z', place: 1 }],
    ['a circle', [formula('x', 'z'), formula('z', 'x')], { code: 'feature-cycle', place: 1 }],
    ['a name that is taken', [formula('a', 'b + 1')], { code: 'feature-name-taken', column: 'a' }],
    ['a name taken by another step', [formula('x', 'a'), formula('x', 'b')], { code: 'feature-name-taken', column: 'x', place: 2 }],
    ['the target', [formula('x', 'a / y')], { code: 'feature-uses-target', column: 'x', target: 'y' }],
    ['the target in a group', [{ do: 'group', name: 'g', column: 'y', by: 'site', how: 'mean' }], { code: 'feature-uses-target' }],
    ['leaving out the target', [{ do: 'drop', columns: ['y'] }], { code: 'feature-uses-target' }],
    ['words as numbers', [{ do: 'combine', name: 'p', of: ['a', 'site'], how: 'product' }], { code: 'feature-type', column: 'site', type: 'text', expected: 'number' }],
    ['a number as a date', [{ do: 'date', column: 'a', parts: ['year'] }], { code: 'feature-type', expected: 'date' }],
  ])('%s is refused', (_what, steps, expected) => expect(fault(...steps)).toMatchObject(expected));

  test('earlier targets may be read', () => expect(cells('l', { do: 'lag', name: 'l', column: 'y', time: 'date', rows: 1 })).toEqual(['30', '10', '', '']));
});

describe('the file of features', () => {
  const steps: FeatureStep[] = [
    formula('x', "if(a > 1, 'much', 'little')"), { do: 'combine', name: 'p', of: ['a', 'b'], how: 'ratio' }, { do: 'date', column: 'date', parts: ['year', 'days-since'], since: '2020-01-01' },
    { do: 'lag', name: 'l', column: 'a', time: 'date', rows: 2, by: 'site', gap: 1 }, { do: 'rolling', name: 'm', column: 'a', time: 'date', how: 'std', last: 7, unit: 'days' }, { do: 'group', name: 'g', column: 'a', by: 'site', how: 'median' }, { do: 'drop', columns: ['b'] },
  ];
  test('reads back as it was written', () => expect(parseFeatures(formatFeatures(steps), 'f.yaml')).toEqual(steps));
  test.each([
    ['steps:\n- do: magic', 'do is one of'], ['steps:\n- do: formula\n  name: x', 'formula needs formula'], ['steps:\n- do: formula\n  name: "1x"\n  formula: a', 'a name is expected'], ['steps:\n- do: formula\n  name: __proto__\n  formula: a', 'a name is expected'],
    ['steps:\n- do: combine\n  name: x\n  of: [a]\n  how: ratio', 'two columns'], ['steps:\n- do: lag\n  name: x\n  column: a\n  time: t\n  rows: 0', 'whole number from 1'], ['steps:\n- do: lag\n  name: x\n  column: a\n  time: t\n  rows: 1\n  gap: -1', 'from 0'],
    ['steps:\n- do: rolling\n  name: x\n  column: a\n  time: t\n  how: mode\n  last: 1\n  unit: rows', 'one of mean'], ['steps: 3', 'steps is a list'], ['- a', 'a mapping'], ['steps:\n- do: date\n  column: d\n  parts: [era]', 'one of year'],
  ])('%j is refused', (text, reason) => {
    try {
      parseFeatures(text, 'f.yaml');
      expect.unreachable();
    } catch (cause) {
      expect(LabError.from(cause)).toMatchObject({ code: 'bad-features' });
      expect(String(LabError.from(cause).data['reason'])).toContain(reason);
    }
  });
  test('a huge recipe is refused', () => expect(() => parseFeatures(formatFeatures(Array.from({ length: MOST_STEPS + 1 }, (_, i) => formula(`x${i}`, 'a'))), 'f.yaml')).toThrow(/at most 100/));
});
