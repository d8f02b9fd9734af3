import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/core/table/csv-parser.js';
import { columnOf } from '../../src/core/table/select.js';
import { findStreamFaults, windowStream } from '../../src/lab/stream-faults.js';
import { LoanApi } from '../../src/world/sources/loan-api.js';
import { makeSensorStream } from '../../src/world/sources/sensor-stream.js';

const load = (file: string) => parseCsv(readFileSync(`public/data/${file}.csv`)).table;
const DAY = 86_400_000;

describe('the sensor stream', () => {
  const table = load('chicago_ridership');
  const numbers = (name: string) => (columnOf(table, name) as { values: ArrayLike<number> }).values;

  it.each([1, 2, 3, 7, 42])('has exactly the faults that are found in it (seed %i)', (seed) => {
    const { events, truth } = makeSensorStream(numbers('date'), numbers('temp'), seed);
    const { events: count, ...found } = findStreamFaults(events, DAY);
    expect(found).toEqual(truth);
    expect(count).toBe(table.rows + truth.duplicates - truth.missing);
    expect(Object.values(truth).every((n) => n > 0)).toBe(true);
    expect(makeSensorStream(numbers('date'), numbers('temp'), seed).events).toEqual(events);
  });

  it('has no fault that was not put in', () => {
    const clean = Array.from(numbers('date'), (time, i) => ({ time, value: numbers('temp')[i]! }));
    expect(findStreamFaults(clean, DAY)).toEqual({ events: table.rows, duplicates: 0, outOfOrder: 0, gaps: 0, missing: 0, stuckRuns: 0, stuckEvents: 0 });
  });

  it('closes windows by the watermark and drops what comes after', () => {
    const at = (day: number, value: number) => ({ time: day * DAY, value });
    const { windows, dropped, watermark } = windowStream([at(0, 1), at(1, 3), at(3, 5), at(2, 7), at(9, 1), at(6, 9), at(0, 99)], 2 * DAY, 2 * DAY);
    expect(watermark).toBe(7 * DAY);
    expect(dropped).toBe(1);
    expect(windows).toEqual([
      { from: 0, count: 2, mean: 2, closed: true },
      { from: 2 * DAY, count: 2, mean: 6, closed: true },
      { from: 6 * DAY, count: 1, mean: 9, closed: false },
      { from: 8 * DAY, count: 1, mean: 1, closed: false },
    ]);
  });
});

describe('the data API', () => {
  const table = load('credit_scoring');
  const start = () => {
    const api = new LoanApi(async () => table);
    const ask = (path: string, query = '', headers: Record<string, string> = {}, now = 0) => api.answer({ method: 'GET', path, query, headers }, now);
    const token = async (now = 0, secret = 'open-sesame') => api.answer({ method: 'POST', path: 'api/v1/token', body: `grant_type=client_credentials&client_id=learner&client_secret=${secret}` }, now);
    const bearer = async (now = 0) => ({ authorization: `Bearer ${(JSON.parse((await token(now)).body) as { access_token: string }).access_token}` });
    return { api, ask, token, bearer };
  };

  it('gives every row over its pages, with a field whose type changes late', async () => {
    const { ask, bearer } = start();
    const headers = await bearer();
    const all: Record<string, unknown>[] = [];
    let query: string | undefined = 'page=1&per_page=200';
    for (let now = 0; query !== undefined; now += 1000) {
      const reply = JSON.parse((await ask('api/v1/applications', query, headers, now)).body) as { data: Record<string, unknown>[]; total: number; links: { next: string | null } };
      expect(reply.total).toBe(table.rows);
      all.push(...reply.data);
      query = reply.links.next?.split('?')[1];
    }
    expect(all.map(({ id }) => id)).toEqual(Array.from({ length: table.rows }, (_, i) => i + 1));
    const typeOf = (from: number, to: number) => [...new Set(all.slice(from, to).filter(({ income }) => income !== null).map(({ income }) => typeof income))];
    expect([typeOf(0, 2700), typeOf(2700, 4454)]).toEqual([['number'], ['string']]);
    const income = (columnOf(table, 'income') as { values: ArrayLike<number> }).values;
    expect(all.map((row) => (row['income'] === null ? NaN : Number(row['income'])))).toEqual(Array.from(income));
  });

  it('counts requests by the window and says how long to wait', async () => {
    const { ask, bearer } = start();
    const headers = await bearer();
    const statuses = [];
    for (let i = 0; i < 10; i++) statuses.push((await ask('api/v1/applications', '', headers, 100)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429, 429]);
    const refused = await ask('api/v1/applications', '', headers, 500);
    expect([refused.status, refused.headers?.['retry-after'], refused.headers?.['content-type']]).toEqual([429, '2', 'application/problem+json']);
    expect((await ask('api/v1/applications', '', headers, 1500)).headers?.['retry-after']).toBe('1');
    expect((await ask('api/v1/applications', '', headers, 2000)).status).toBe(200);
  });

  it('refuses with the status that fits', async () => {
    const { api, ask, token, bearer } = start();
    const headers = await bearer();
    const status = async (path: string, query = '', with_: Record<string, string> = headers, now = 0) => (await ask(path, query, with_, now)).status;
    expect(await status('api/v1/applications', '', {})).toBe(401);
    expect(await status('api/v1/applications', '', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await status('api/v1/applications', '', headers, 600_000)).toBe(401);
    expect(await status('api/v1/decisions')).toBe(403);
    for (const query of ['page=0', 'page=x', 'page=-1', 'per_page=201', 'per_page=1.5', 'sort=age']) expect(await status('api/v1/applications', query, await bearer(), 10_000 * query.length)).toBe(400);
    expect(await status('api/v1/applications', 'page=46', headers, 4000)).toBe(404);
    expect(await status('api/v1/applications/4455', '', headers, 4000)).toBe(404);
    expect(await status('api/v1/nothing', '', headers, 4000)).toBe(404);
    expect((await token(0, 'wrong')).status).toBe(401);
    expect((await api.answer({ method: 'POST', path: 'api/v1/token', body: '{"grant_type":' }, 0)).status).toBe(400);
    expect((await api.answer({ method: 'DELETE', path: 'api/v1/applications', headers }, 4000)).status).toBe(405);
    const { body } = await ask('api/v1/applications', '', {});
    expect(JSON.parse(body)).toMatchObject({ status: 401, title: 'Unauthorized' });
  });
});
