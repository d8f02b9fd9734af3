import { describe, expect, it } from 'vitest';
import type { DatasetFacts } from '../../src/core/table/dataset-facts.js';
import { argsOf, formOf, inputsOf, shareBefore, startForm, suggestedDrop, suggestedRoles, suggestedTestFrom, type KnownData } from '../../src/panels/data/prepare-form.js';

const known: KnownData = {
  rows: 100,
  columns: { date: 'date', month: 'integer', temp: 'number', holiday: 'boolean', station: 'text', busy: 'integer', ridership: 'number' },
  target: 'ridership',
  time: 'date',
  drop: ['busy'],
  categorical: ['month'],
  from: '2001-01-22',
  to: '2004-12-31',
  set: { targets: [{ name: 'ridership', task: 'regression', drop: ['busy'] }, { name: 'busy', task: 'binary', drop: ['ridership'] }], split: { kind: 'time', testFrom: '2004-01-01' } } as unknown as DatasetFacts,
};
const own: KnownData = { rows: 3, columns: { name: 'text', size: 'number', label: 'text' }, drop: [], categorical: [] };

describe('what the facts advise', () => {
  it('leaves out what gives the chosen target away, and never the target', () => {
    expect(suggestedDrop(known, 'ridership')).toEqual(['busy']);
    expect(suggestedDrop(known, 'busy')).toEqual(['ridership']);
    expect(suggestedDrop(known, 'temp')).toEqual(['busy', 'ridership']);
    expect(suggestedDrop({ ...known, drop: ['gone', 'busy'], set: undefined }, 'ridership')).toEqual(['busy']);
  });
  it('takes words, yes or no, and the numbers that the facts name as categories; a date is no input', () => {
    expect(suggestedRoles(known, 'ridership')).toEqual({ date: 'out', month: 'category', temp: 'number', holiday: 'category', station: 'category', busy: 'out', ridership: 'number' });
  });
});

describe('the form', () => {
  it('starts with the advised split when it lies inside the rows, else with the last year', () => {
    expect(startForm(known)).toMatchObject({ target: 'ridership', time: 'date', split: 'time', testFrom: '2004-01-01' });
    expect(startForm({ ...known, to: '2009-06-30', set: undefined }).testFrom).toBe('2008-07-01');
    expect(startForm({ ...known, from: '2005-01-01', to: '2009-12-31' }).testFrom).toBe('2009-01-01');
  });
  it('of an unknown file takes the last column as the target and splits at random', () => {
    expect(startForm(own)).toMatchObject({ target: 'label', time: '', split: 'random', testShare: 0.2, seed: 7, testFrom: '' });
  });
  it('gives the arguments of the verb, with words not named as categories', () => {
    expect(argsOf(startForm(known), known.columns)).toEqual({ target: 'ridership', time: 'date', drop: ['busy'], categorical: ['month'], impute: 'median', encode: 'one-hot', scale: 'standard', split: 'time', testFrom: '2004-01-01' });
    expect(argsOf(startForm(own), own.columns)).toEqual({ target: 'label', drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: 'random', testShare: 0.2, seed: 7 });
  });
  it('never counts the target, the time or what is left out as an input', () => {
    expect(inputsOf(startForm(known))).toEqual(['month', 'temp', 'holiday', 'station']);
  });
  it('is filled again from choices that were made before', () => {
    const form = formOf({ target: 'busy', drop: ['ridership', 'temp'], categorical: [], impute: 'mean', encode: 'ordinal', scale: 'none', split: { kind: 'stratified', testShare: 0.3, seed: 11 } }, known);
    expect(form).toMatchObject({ target: 'busy', time: '', impute: 'mean', encode: 'ordinal', scale: 'none', split: 'stratified', testShare: 0.3, seed: 11 });
    expect(form.roles).toMatchObject({ month: 'number', temp: 'out', ridership: 'out', station: 'category' });
    expect(argsOf(form, known.columns)).toMatchObject({ drop: ['temp', 'ridership'], split: 'stratified', seed: 11 });
  });
});

describe('dates', () => {
  it.each([
    [undefined, '2004-12-31', ''],
    ['2004-01-01', '2004-12-31', '2004-10-01'],
    ['2001-01-22', '2004-12-31', '2004-01-01'],
  ])('from %s to %s the test begins on "%s"', (from, to, expected) => expect(suggestedTestFrom(from, to)).toBe(expected));
  it('tells the share of time before a date, within 0 and 1, and nothing for what is no date', () => {
    expect(shareBefore('2001-01-03', '2001-01-01', '2001-01-04')).toBe(0.5);
    expect(shareBefore('1999-01-01', '2001-01-01', '2001-01-04')).toBe(0);
    expect(shareBefore('2020-01-01', '2001-01-01', '2001-01-04')).toBe(1);
    expect(shareBefore('', '2001-01-01', '2001-01-04')).toBeUndefined();
    expect(shareBefore('2001-01-01', undefined, undefined)).toBeUndefined();
  });
});
