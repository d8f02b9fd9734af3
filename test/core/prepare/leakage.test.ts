import { describe, expect, test } from 'vitest';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import { findLeakage, type PreparedData } from '../../../src/core/prepare/leakage.js';
import type { PrepareChoices, SplitChoice } from '../../../src/core/prepare/recipe.js';
import { splitRows } from '../../../src/core/prepare/split.js';
import { createRandom } from '../../../src/core/random.js';
import type { NumericColumn, Table } from '../../../src/core/table/table.js';

const N = 400;
const DAY = 86_400_000;
const noise = (seed: number): Float64Array => {
  const next = createRandom(seed);
  return Float64Array.from({ length: N }, () => next() * 10);
};
const column = (name: string, values: Float64Array, type: NumericColumn['type'] = 'number'): NumericColumn => ({ name, type, values });
const days = column('day', Float64Array.from({ length: N }, (_, i) => i * DAY), 'date');
const y = noise(1);
const clean = [days, column('a', noise(2)), column('b', noise(3)), column('y', y)];

function prepared(columns: readonly NumericColumn[], split: SplitChoice, more: Partial<PreparedData> = {}): PreparedData {
  const table: Table = { rows: N, columns };
  const { train, test: held } = splitRows(table, split, 'y', 'day');
  const choices: PrepareChoices = { target: 'y', time: 'day', drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split };
  const { recipe } = fitRecipe(table, train, choices);
  return { table, train, test: held, recipe, split, time: 'day', refitted: recipe, ...more };
}
const kinds = (data: PreparedData): string[] => findLeakage(data).map(({ kind, column: name }) => `${kind} ${name ?? ''}`.trim());
const BY_TIME: SplitChoice = { kind: 'time', testFrom: '1970-12-01' };

describe('planted leaks', () => {
  test('none in clean rows by time', () => expect(kinds(prepared(clean, BY_TIME))).toEqual([]));
  test('the target itself, scaled', () => expect(kinds(prepared([...clean, column('twice', y.map((v) => 2 * v + 1))], BY_TIME))).toContain('gives-target-away twice'));
  test('tomorrow’s target, but not yesterday’s', () => {
    expect(kinds(prepared([...clean, column('next', y.map((_, i) => y[i + 1] ?? 0))], BY_TIME))).toEqual(['feature-from-future next']);
    expect(kinds(prepared([...clean, column('last', y.map((_, i) => y[i - 1] ?? 0))], BY_TIME))).toEqual([]);
  });
  test('a running number', () => expect(kinds(prepared([...clean, column('n', Float64Array.from({ length: N }, (_, i) => i), 'integer')], BY_TIME))).toEqual(['identifier n']));
  test('a scaler that was fitted on everything', () => {
    const data = prepared(clean, BY_TIME);
    const all = prepared(clean, { kind: 'none' });
    expect(kinds({ ...data, recipe: all.recipe })).toEqual(['fitted-on-more']);
    const found = findLeakage({ ...data, recipe: { ...all.recipe, fittedOn: data.train.length } });
    expect(found.map(({ kind, column: name }) => [kind, name])).toEqual([['fitted-on-more', 'a'], ['fitted-on-more', 'b']]);
    expect(found[0]!.seen).not.toBe(found[0]!.expected);
  });
  test('future rows in training', () => {
    const [leak, ...others] = findLeakage(prepared(clean, { kind: 'random', testShare: 0.2, seed: 7 }));
    expect(others).toEqual([]);
    expect(leak).toMatchObject({ kind: 'future-in-training', column: 'day', of: 320 });
    expect(leak!.count).toBeGreaterThan(200);
  });
  test('rows that stand on both sides, with their places', () => {
    const doubled = clean.map((own) => ({ ...own, values: own.values.map((value, i) => (i >= 200 ? own.values[i - 200]! : value)) }));
    const table: Table = { rows: N, columns: doubled };
    const data = { ...prepared(clean, BY_TIME), table, train: Int32Array.from({ length: 300 }, (_, i) => i), test: Int32Array.from({ length: 100 }, (_, i) => 300 + i) };
    expect(findLeakage(data).find(({ kind }) => kind === 'duplicates-across')).toMatchObject({ count: 100, of: 100, rows: [300, 301, 302, 303, 304] });
  });
  test('members of a group on both sides, mended by a split by group', () => {
    const grouped = [...clean, column('group_id', Float64Array.from({ length: N }, (_, i) => i % 80), 'integer')];
    expect(kinds(prepared(grouped, BY_TIME))).toContain('groups-across group_id');
    const data = prepared(grouped, { kind: 'group', column: 'group_id', testShare: 0.2, seed: 7 });
    expect(kinds(data)).not.toContain('groups-across group_id');
    expect(new Set(Array.from(data.test, (row) => row % 80)).size).toBe(16);
  });
});
