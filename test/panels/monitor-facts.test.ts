import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Engine } from '../../src/lab/engine.js';
import type { DriftTable } from '../../src/lab/views/monitor-views.js';
import { barShare, driftFacts } from '../../src/panels/monitor/drift-words.js';
import { dateOfYear, errorFacts, firstAlerts, judgeStretches, yearOf } from '../../src/panels/monitor/error-rows.js';
import { changedSensors, formulaOf, isFahrenheit, sensorsOf } from '../../src/panels/monitor/sensor-state.js';
import { versionSpans } from '../../src/panels/retrain/version-spans.js';
import { readUsers } from '../../src/panels/retire/users-of-version.js';
import { deployRidership, openLab } from '../lab/open-lab.js';

describe('a life with two versions', () => {
  let engine: Engine;
  let refusal: { users: readonly string[] };

  beforeAll(async () => {
    const lab = await openLab();
    engine = lab.engine;
    await deployRidership(lab.act);
    await lab.act('advance', { to: '2008-07-01' });
    await lab.act('retrain', { windowDays: 730, holdoutDays: 90 });
    refusal = await lab.act('retire', { name: 'ridership', version: 1, reason: 'old' }).catch((cause: { data: { users: readonly string[] } }) => cause.data) as typeof refusal;
    await lab.act('promote', { name: 'ridership', version: 2 });
    await lab.act('advance', { to: '2009-01-20' });
  }, 60_000);

  const months = async () => {
    const series = await engine.view('errors', { service: 'ridership' });
    return judgeStretches(series.months, series, 'ridership', engine.snapshot.versions, engine.snapshot.monitors[0]!.alerts);
  };

  it('holds each month against the promise of the version that answered in it', async () => {
    const found = await months();
    const promise = (version: number) => engine.snapshot.versions.find((one) => one.version === version)!.metrics['test.rmse'];
    expect(found[0]).toMatchObject({ version: 1, promise: promise(1) });
    expect(found.at(-2)).toMatchObject({ version: 2, promise: promise(2), limit: promise(2)! * 1.3 });
  });

  it('puts every alert at the month that ended when it was raised', async () => {
    const placed = (await months()).flatMap(({ alerts }) => alerts);
    expect(placed).toEqual(engine.snapshot.monitors[0]!.alerts);
  });

  it('tells the newest month that has labels', async () => {
    const facts = errorFacts(await months())!;
    expect(facts.last.from).toBe('2009-01-01');
    expect(facts.last.labelled).toBeLessThan(facts.last.requests);
    expect(facts.judged).toBe(49);
    expect(facts.over).toBeGreaterThan(10);
  });

  it('knows which rows each version learned from, and when it answered', async () => {
    const learned = await engine.view('learned', { name: 'ridership' });
    expect(learned[0]).toEqual({ version: 1, rows: 1074, from: '2001-01-22', to: '2003-12-31' });
    expect(learned[1]!.from! > '2006-01-01' && learned[1]!.to! < '2008-07-01').toBe(true);
    const { spans, from } = versionSpans(learned, (await engine.view('errors', {})).months, '2009-01-20');
    expect(from).toBe('2001-01-22');
    expect(spans[0]!.served.map(({ from: start, to }) => [start, to])).toEqual([['2005-01-01', '2008-07-01']]);
    expect(spans[1]!.served.map(({ from: start, to }) => [start, to])).toEqual([['2008-07-01', '2009-01-20']]);
    expect(spans[1]!.served[0]!.start + spans[1]!.served[0]!.length).toBeCloseTo(1, 6);
    expect(await engine.view('learned', { name: 'nobody' })).toEqual([]);
  });

  it('reads who still used the version', () => {
    expect(readUsers(refusal.users)).toEqual([{ kind: 'service', name: 'ridership' }, { kind: 'alias', name: 'champion' }]);
    expect(readUsers(['deploy/x.yaml', 'requests to /versions/1 (last on 2008-06-30)'])).toEqual([{ kind: 'manifest', name: 'deploy/x.yaml' }, { kind: 'requests', name: '/versions/1', last: '2008-06-30' }]);
  });
});

test('an alert about the error is not buried under drift', () => {
  const alert = (id: string, rule: string) => ({ id, rule, service: 's', at: id, subject: 'x', value: 2, threshold: 1 });
  const list = [alert('9', 'drift'), alert('8', 'drift'), alert('7', 'drift'), alert('6', 'error'), alert('5', 'drift'), alert('4', 'error'), alert('3', 'error'), alert('2', 'error')];
  expect(firstAlerts(list).map(({ id }) => id)).toEqual(['9', '8', '6', '4', '3']);
  expect(firstAlerts(list.slice(0, 1))).toHaveLength(1);
});

test('nothing is told while no label has arrived', () => expect(errorFacts([])).toBeUndefined());

test.each(['2005-01-01', '2008-12-01', '2016-08-01'])('%s survives as a number of years', (date) => expect(dateOfYear(yearOf(date))).toBe(date));

describe('season and drift', () => {
  const feature = (name: string, psi: number | null, seasonPsi: number | null) => ({ feature: name, rows: 90, missing: 0, ks: 0.1, ksPValue: 0.5, psi, seasonKs: 0.1, seasonKsPValue: 0.5, seasonPsi });
  const table = (features: DriftTable['features'], threshold = 0.5): DriftTable => ({ service: 's', version: 1, from: '2015-07-01', to: '2015-10-01', requests: 92, threshold, detector: 'psi', against: 'season', features });

  test('temperature in 2015 Q3 is the season, ridership is the world', () => {
    const facts = driftFacts(table([feature('month', 7, 0.1), feature('temp', 4.8, 0.14), feature('lag', 6.9, 6.9), feature('wind', 0.1, 0.1)]));
    expect(facts.season?.feature).toBe('temp');
    expect(facts.real?.feature).toBe('lag');
    expect(facts).toMatchObject({ overSeason: 1, overTraining: 3 });
  });

  test('nothing moved, or nothing can be measured', () => {
    expect(driftFacts(table([feature('a', 0.1, 0.1), feature('b', null, null)]))).toEqual({ overSeason: 0, overTraining: 0 });
    expect(driftFacts(table([feature('a', 3, null)]))).toEqual({ overSeason: 0, overTraining: 1 });
  });

  test.each([[null, 5, 0], [-1, 5, 0], [5, 5, 1], [1.25, 5, 0.5], [9, 5, 1], [1, 0, 0]] as const)('the bar of %s in %s is %s long', (value, most, share) => expect(barShare(value, most)).toBe(share));
});

describe('sensors', () => {
  const change = (column: string, factor: number, offset: number, from: string) => ({ column, kind: 'scale', factor, offset, from });
  test('changes add up, and a sensor that was put right is gone', () => {
    const celsius = change('temp', 5 / 9, -160 / 9, '2006-01-01');
    expect(changedSensors([celsius, change('dew', 2, 1, '2006-02-01'), change('dew', 3, 0, '2006-03-01')])).toEqual([{ column: 'temp', factor: 5 / 9, offset: -160 / 9, from: '2006-01-01' }, { column: 'dew', factor: 6, offset: 3, from: '2006-03-01' }]);
    expect(changedSensors([celsius, change('temp', 9 / 5, 32, '2007-01-01')])).toEqual([]);
  });
  test('only temperatures turn to Celsius, and only what is measured is a sensor', () => {
    const set = { target: 'y', columns: [{ name: 'temp', type: 'number', unit: 'deg F', meaning: '' }, { name: 'temp_change', type: 'number', unit: 'deg F', meaning: '' }, { name: 'month', type: 'integer', meaning: '' }, { name: 'y', type: 'number', unit: 'k', meaning: '' }] } as unknown as Parameters<typeof sensorsOf>[0];
    expect(sensorsOf(set).map(({ name }) => name)).toEqual(['temp', 'temp_change']);
    expect(sensorsOf(set).map(isFahrenheit)).toEqual([true, false]);
    expect(sensorsOf(undefined)).toEqual([]);
  });
});

test.each([
  [5 / 9, -160 / 9, 'x × 0.56 − 17.78'],
  [1, 3, 'x + 3.00'],
  [2, 0, 'x × 2.00'],
  [1, 0, 'x'],
])('%d and %d read as a formula', (factor, offset, formula) => expect(formulaOf(factor, offset, (value) => value.toFixed(2))).toBe(`\u2066${formula}\u2069`));
