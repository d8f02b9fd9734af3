import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lookBack } from '../../../src/core/features/history.js';
import type { HistoryStep, Statistic } from '../../../src/core/features/feature-step.js';
import { statisticOf } from '../../../src/core/features/figures.js';
import { createRandom } from '../../../src/core/random.js';
import { wordsColumn } from '../../../src/core/features/words-column.js';
import type { Table } from '../../../src/core/table/table.js';

type Golden = Readonly<Record<string, readonly (number | null)[]>> & { readonly shop: readonly string[] };
const golden = JSON.parse(readFileSync(new URL('./history.json', import.meta.url), 'utf8')) as Golden;
const numbers = (values: readonly (number | null)[]): Float64Array => Float64Array.from(values, (value) => value ?? NaN);
const table: Table = {
  rows: golden.shop.length,
  columns: [{ name: 'time', type: 'date', values: numbers(golden['time']!) }, { name: 'v', type: 'number', values: numbers(golden['v']!) }, wordsColumn('shop', golden.shop)],
};
const base = { name: 'x', column: 'v', time: 'time' };
const rolling = (how: Statistic, last: number, unit: 'rows' | 'days', more: object = {}): HistoryStep => ({ do: 'rolling', ...base, how, last, unit, ...more });

function expectSame(step: HistoryStep, expected: readonly (number | null)[]): void {
  const { values } = lookBack(step, table, table);
  values.forEach((value, row) => {
    const wanted = expected[row] ?? null;
    if (wanted === null) expect(value, `row ${row}`).toBeNaN();
    else expect(value, `row ${row}`).toBeCloseTo(wanted, 9);
  });
}

describe('features of the past', () => {
  test('a lag within groups is pandas’ shift', () => expectSame({ do: 'lag', ...base, rows: 2, by: 'shop' }, golden['lag_2']!));

  test.each(['mean', 'min', 'max', 'std', 'median'] as const)('the %s of the last 5 rows of a group is pandas’', (how) => expectSame(rolling(how, 5, 'rows', { by: 'shop' }), golden[`roll5_${how}`]!));

  test.each(['sum', 'count'] as const)('the %s of the last 5 rows is pandas’, and 0 where nothing lies behind', (how) => {
    const { values } = lookBack(rolling(how, 5, 'rows', { by: 'shop' }), table, table);
    golden[`roll5_${how}`]!.forEach((wanted, row) => expect(values[row]).toBeCloseTo(wanted ?? 0, 9));
  });

  test.each(['mean', 'sum', 'min', 'max', 'std', 'count'] as const)('the %s of the last 7 days is pandas’', (how) => {
    const { values } = lookBack(rolling(how, 7, 'days'), table, table);
    golden[`days7_${how}`]!.forEach((wanted, row) => {
      const empty = how === 'sum' || how === 'count' ? 0 : NaN;
      if (Number.isNaN(wanted ?? empty)) expect(values[row]).toBeNaN();
      else expect(values[row]).toBeCloseTo(wanted ?? empty, 8);
    });
  });

  test.each([
    { do: 'lag', ...base, rows: 1 }, { do: 'lag', ...base, rows: 3, by: 'shop', gap: 2 }, rolling('mean', 4, 'rows'), rolling('sum', 9, 'days', { by: 'shop' }), rolling('count', 3, 'days', { gap: 5 }), rolling('std', 6, 'rows', { gap: 1.5, by: 'shop' }),
  ] as HistoryStep[])('no change of a row that is as new or newer changes an earlier feature: %o', (step) => {
    const random = createRandom(5);
    // Several rows share a day here, so that rows of the same time are put to the test, too.
    const days = Array.from({ length: 60 }, () => Math.floor(random() * 25));
    const make = (values: Float64Array): Table => ({ rows: 60, columns: [{ name: 'time', type: 'date', values: Float64Array.from(days, (day) => day * 86_400_000) }, { name: 'v', type: 'number', values }, wordsColumn('shop', days.map((_, i) => 'ab'[i % 2]))] });
    const values = Float64Array.from(days, () => random());
    const before = lookBack(step, make(values), make(values)).values;
    let changed = 0;
    for (let row = 0; row < 60; row++) {
      const other = values.slice();
      other[row] = 1000 + row;
      const after = lookBack(step, make(other), make(other)).values;
      after.forEach((value, at) => {
        if (Object.is(value, before[at])) return;
        changed++;
        expect(days[row]! + (step.gap ?? 0), `row ${row} changed the feature of row ${at}`).toBeLessThan(days[at]!);
      });
    }
    if (step.do !== 'rolling' || step.how !== 'count') expect(changed, 'earlier rows do count').toBeGreaterThan(0);
    // Rows that are added later change nothing either.
    const fewer: Table = { rows: 60, columns: make(values).columns.map((column) => (column.type === 'text' || column.name !== 'time' ? column : { ...column, values: column.values.map((ms) => (ms >= 20 * 86_400_000 ? NaN : ms)) })) };
    const early = lookBack(step, fewer, fewer).values;
    days.forEach((day, at) => day < 20 && expect(Object.is(early[at], before[at])).toBe(true));
  });

  test.each(['mean', 'sum', 'min', 'max', 'std', 'count', 'median'] as const)('the %s of a long window is that of its values one by one, and nothing later reaches it', (how) => {
    const random = createRandom(11);
    const n = 400;
    const values = Float64Array.from({ length: n }, () => (random() < 0.05 ? NaN : 100 + random()));
    const make = (own: Float64Array): Table => ({ rows: own.length, columns: [{ name: 'time', type: 'date', values: Float64Array.from(own.keys(), (day) => day * 86_400_000) }, { name: 'v', type: 'number', values: own }] });
    const long = make(values);
    const found = lookBack(rolling(how, 150, 'days'), long, long).values;
    found.forEach((value, row) => {
      const wanted = statisticOf(how, [...values.slice(Math.max(0, row - 150), row)]);
      if (Number.isNaN(wanted)) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(wanted, 9);
    });
    const short = make(values.slice(0, 250));
    expect(lookBack(rolling(how, 150, 'days'), short, short).values, 'bit for bit without the later rows').toEqual(found.slice(0, 250));
    const few: Table = { rows: 2, columns: long.columns.map((column) => (column.type === 'text' ? column : { ...column, values: Float64Array.of(column.values[300]!, column.values[20]!) })) };
    expect(lookBack(rolling(how, 150, 'days'), long, few).values, 'a request gets the number of training').toEqual(Float64Array.of(found[300]!, found[20]!));
  });

  test('words and columns that are no dates are refused', () => {
    expect(() => lookBack({ do: 'lag', ...base, column: 'shop', rows: 1 }, table, table)).toThrow(/feature-type/);
    expect(() => lookBack({ do: 'lag', ...base, time: 'v', rows: 1 }, table, table)).toThrow(/feature-type/);
    expect(() => lookBack({ do: 'lag', ...base, column: 'nothing', rows: 1 }, table, table)).toThrow(/unknown-column/);
  });
});
