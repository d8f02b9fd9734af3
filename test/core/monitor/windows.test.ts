import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/core/calendar.js';
import { addErrors, emptyErrors, windowErrors, windowOf } from '../../../src/core/monitor/windows.js';

describe('windows of time', () => {
  it.each([
    ['2005-01-01', 'quarter', '2005Q1', '2005-01-01', '2005-04-01', 0],
    ['2008-02-29', 'month', '2008-02', '2008-02-01', '2008-03-01', 1],
    ['2012-12-31', 'quarter', '2012Q4', '2012-10-01', '2013-01-01', 3],
    ['1969-12-31', 'month', '1969-12', '1969-12-01', '1970-01-01', 11],
  ] as const)('%s lies in the %s %s', (date, spec, key, start, end, season) => {
    expect(windowOf(dayOf(date), spec)).toEqual({ key, start: dayOf(start), end: dayOf(end), season });
  });

  it('cuts every N days from a given day, also before it', () => {
    const spec = { days: 10, from: dayOf('2005-01-01') };
    expect(windowOf(dayOf('2005-01-10'), spec).key).toBe('2005-01-01');
    expect(windowOf(dayOf('2005-01-11'), spec).key).toBe('2005-01-11');
    expect(windowOf(dayOf('2004-12-31'), spec).key).toBe('2004-12-22');
  });
});

describe('error by window', () => {
  const days = Int32Array.from(['2005-01-31', '2005-02-01', '2005-02-02', '2005-01-01'], dayOf);

  it('is counted by hand for regression, passing over rows without a label', () => {
    const errors = emptyErrors('regression', 'month');
    addErrors(errors, days, [3, 5, 1, 2], [1, 6, NaN, 2]);
    expect(windowErrors(errors).map(({ window, rows, rmse, mae, bias }) => [window.key, rows, rmse, mae, bias])).toEqual([
      ['2005-01', 2, Math.SQRT2, 1, 1],
      ['2005-02', 1, 1, 1, -1],
    ]);
  });

  it('is counted by hand for a binary target', () => {
    const errors = emptyErrors('binary', 'quarter', 0.6);
    addErrors(errors, days, [0.8, 0.7, 0.5, 0.1], [1, 0, 1, 0]);
    const [quarter] = windowErrors(errors);
    expect(quarter!.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.3) + Math.log(0.5) + Math.log(0.9)) / 4, 12);
    expect(quarter!.f1).toBeCloseTo(0.5, 12);
  });

  it('does not depend on how the rows arrive, and survives JSON', () => {
    const whole = emptyErrors('regression', 'month');
    addErrors(whole, days, [3, 5, 1, 2], [1, 6, 4, 2]);
    let pieces = emptyErrors('regression', 'month');
    for (let row = 0; row < 4; row++) {
      pieces = JSON.parse(JSON.stringify(pieces)) as typeof pieces;
      addErrors(pieces, days, [3, 5, 1, 2], [1, 6, 4, 2], row, row + 1);
    }
    expect(windowErrors(pieces)).toEqual(windowErrors(whole));
  });
});
