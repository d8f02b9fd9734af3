import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { md5Hex } from '../../src/core/version/md5.js';
import type { RawFacts } from '../../src/lab/project/artefacts.js';
import { writeRecords } from '../../src/lab/json-records.js';
import { openLab } from './open-lab.js';

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no failure', (cause: unknown) => LabError.from(cause).toJSON());

describe('collecting from a source', () => {
  it('brings a result of the database into the project with where it came from', async () => {
    const { engine, platform, act } = await openLab();
    const sql = "select airport, state, cost_total, damaged from strike_details where damaged = 1 order by id";
    const { step, command, commit } = await act('collect', { sql, name: 'damage' });
    const facts = (await engine.view('rawFacts')) as RawFacts;
    const content = await platform.objects.get(step.after!);
    expect(md5Hex(content)).toBe(step.after);
    expect(facts.provenance).toMatchObject({ from: 'database', query: sql, md5: step.after, rows: facts.collected.rows, again: { sql, name: 'damage' } });
    expect(new TextDecoder().decode(content).split('\n')[0]).toBe('airport,state,cost_total,damaged');
    expect(facts.collected.rows).toBe(new TextDecoder().decode(content).trimEnd().split('\n').length - 1);
    expect(command).toBe(`lab collect --sql '${sql}' --name damage`);
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(new TextDecoder().decode(await platform.files.read('data/raw.csv.dvc'))).toContain(step.after);
    expect((await act('collect', facts.provenance!.again)).step.after).toBe(step.after);
  });

  it('follows the pages of the API and tells of the field that changed', async () => {
    const { engine, platform, act } = await openLab();
    const { lines, step } = await act('collect', { api: 'applications' });
    const { provenance, collected, columns } = (await engine.view('rawFacts')) as RawFacts;
    expect(collected.rows).toBe(4454);
    expect(columns['income']).toBe('integer');
    expect(provenance).toMatchObject({ from: 'api', met: { pages: 23, incomeChanged: 'number to string from record 2701' } });
    expect(lines.join('\n')).toContain('income changes from number to string at record 2701');
    const text = new TextDecoder().decode(await platform.objects.get(step.after!)).split('\n');
    expect(text.slice(0, 2)).toEqual(['id,seniority_years,housing,loan_months,age,marital,negative_records,job_type,expenses,income,assets,debt,amount,price,status', '1,9,rent,60,30,married,no,freelance,73,129,0,0,800,846,good']);
    expect(await codeOf(act('collect', { api: 'applications', onTypeChange: 'stop' }))).toMatchObject({ code: 'api-type-change', data: { field: 'income', record: 2701 } });
    expect(await codeOf(act('collect', { api: 'decisions' }))).toMatchObject({ code: 'api-failed', data: { status: 403 } });
    expect(await codeOf(act('collect', { api: 'nothing' }))).toMatchObject({ code: 'api-failed', data: { status: 404 } });
    expect(await codeOf(act('collect', { api: 'applications/3' }))).toMatchObject({ code: 'api-failed' });
    expect(((await engine.view('rawFacts')) as RawFacts).provenance?.from).toBe('api');
  });

  it('waits as Retry-After asks, and stops when told to', async () => {
    const { engine, platform } = await openLab();
    let now = 100;
    Object.assign(platform, { now: () => now });
    const timer = setInterval(() => (now += 2000), 100);
    try {
      const { result, lines } = await engine.run('collect', { api: 'applications' });
      expect((result as { rows: number }).rows).toBe(4454);
      expect(lines[2]).toMatch(/23 pages, waited [1-9]/);
    } finally {
      clearInterval(timer);
    }
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    expect(await codeOf(engine.run('collect', { api: 'applications' }, { signal: stop.signal }))).toEqual({ code: 'cancelled', data: {} });
  }, 15_000);

  it('keeps a stream as it arrived, with its faults counted', async () => {
    const { engine, act } = await openLab();
    const { step } = await act('collect', { stream: true, events: 600 });
    const facts = (await engine.view('rawFacts')) as RawFacts;
    expect(facts.collected).toMatchObject({ rows: 600, from: '2001-01-22' });
    expect(facts.columns).toEqual({ arrival: 'integer', sensor: 'text', event_date: 'date', temperature: 'number' });
    expect(facts.provenance).toMatchObject({ from: 'stream', met: { events: 600 } });
    expect((await act('collect', { stream: true, events: 600, seed: 7 })).step.after).toBe(step.after);
    expect((await act('collect', { stream: true, events: 600, seed: 8 })).step.after).not.toBe(step.after);
    expect(await codeOf(act('collect', { stream: true, events: 0 }))).toMatchObject({ code: 'flag-value' });
    expect(await codeOf(act('collect', { stream: true, seed: -1 }))).toMatchObject({ code: 'flag-value' });
  });

  it('takes one source with the flags that belong to it, and keeps what was there after a failure', async () => {
    const { engine, act } = await openLab();
    await act('collect', { dataset: 'penguins' });
    const before = await engine.platform.files.read('data/raw.csv.dvc');
    expect(await codeOf(act('collect', {}))).toMatchObject({ code: 'collect-what' });
    expect(await codeOf(act('collect', { dataset: 'penguins', sql: 'select 1' }))).toMatchObject({ code: 'collect-what' });
    expect(await codeOf(act('collect', { sql: 'select 1', events: 3 }))).toMatchObject({ code: 'collect-flag', data: { flag: 'events', way: 'sql' } });
    expect(await codeOf(act('collect', { sql: 'select 1', name: '../x' }))).toMatchObject({ code: 'bad-name' });
    expect(await codeOf(act('collect', { sql: 'select 1', name: 'chicago_ridership' }))).toMatchObject({ code: 'name-taken' });
    expect(await codeOf(act('collect', { sql: 'drop table strikes' }))).toMatchObject({ code: 'sql-refused' });
    expect(await engine.platform.files.read('data/raw.csv.dvc')).toEqual(before);
  });
});

describe('records as CSV', () => {
  const csvOf = (...args: Parameters<typeof writeRecords>) => new TextDecoder().decode(writeRecords(...args).content);
  it('keeps what is missing, quotes what must be, and takes fields that come late', () => {
    expect(csvOf([{ a: 1, b: 'x,y' }, { a: null, c: '' }, {}], false)).toBe('a,b,c\n1,"x,y",\n,,""\n,,\n');
  });
  it('refuses text that is no number', () => {
    expect(() => writeRecords([{ a: 1 }, { a: 'many' }], false)).toThrow(/api-type-change/);
    expect(() => writeRecords([{ a: 'x' }, { a: 1 }], false)).toThrow(/api-type-change/);
  });
});
