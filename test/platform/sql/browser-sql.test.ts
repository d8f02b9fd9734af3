import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { createBrowserSql, type SqlWorker } from '../../../src/platform/sql/browser-sql.js';
import type { SqlReply, SqlRequest } from '../../../src/platform/sql/messages.js';

const build = async () => ({ stages: [], script: 'select 1' });
const query = (sql: string) => ({ sql, rows: 10, milliseconds: 1000 });
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no failure', (cause: unknown) => LabError.from(cause).code);

/** A worker played by a function; `undefined` leaves the question open, as an endless statement would. */
function play(answer: (request: SqlRequest) => SqlReply | undefined): { spawn: () => SqlWorker; asked: SqlRequest[]; counts: { started: number; ended: number } } {
  const asked: SqlRequest[] = [];
  const counts = { started: 0, ended: 0 };
  const spawn = (): SqlWorker => {
    counts.started++;
    const worker: SqlWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => void counts.ended++,
      postMessage(request) {
        asked.push(request);
        const data = answer(request);
        if (data) queueMicrotask(() => worker.onmessage?.({ data } as MessageEvent<SqlReply>));
      },
    };
    return worker;
  };
  return { spawn, asked, counts };
}

describe('the database in a worker', () => {
  it('is built with the first question only, and asked one question at a time', async () => {
    const { spawn, asked, counts } = play(({ query: q }) => ({ type: 'answer', value: q?.sql }));
    const sql = createBrowserSql(spawn);
    const { signal } = new AbortController();
    expect(counts.started).toBe(0);
    expect(await Promise.all(['a', 'b', 'c'].map((text) => sql.select(build, query(text), signal)))).toEqual(['a', 'b', 'c']);
    expect([counts.started, asked.map(({ build: first }) => first !== undefined)]).toEqual([1, [true, false, false]]);
  });

  it('ends the worker on a cancel, and starts a new one for the next question', async () => {
    const { spawn, asked, counts } = play(({ query: q }) => (q?.sql === 'endless' ? undefined : { type: 'answer', value: 1 }));
    const sql = createBrowserSql(spawn);
    const stop = new AbortController();
    const endless = codeOf(sql.select(build, query('endless'), stop.signal));
    const next = sql.select(build, query('next'), new AbortController().signal);
    setTimeout(() => stop.abort(), 10);
    expect(await endless).toBe('cancelled');
    expect(await next).toBe(1);
    expect([counts, asked.map(({ build: first }) => first !== undefined)]).toEqual([{ started: 2, ended: 1 }, [true, true]]);
    expect(await codeOf(sql.schema(build, stop.signal))).toBe('cancelled');
  });

  it('gives the codes of the worker, and goes on after them', async () => {
    const { spawn, counts } = play(({ query: q }) => (q?.sql === 'bad' ? { type: 'failed', code: 'sql-error', data: { line: 1 } } : { type: 'answer', value: 1 }));
    const sql = createBrowserSql(spawn);
    const { signal } = new AbortController();
    expect(await codeOf(sql.select(build, query('bad'), signal))).toBe('sql-error');
    expect(await sql.select(build, query('good'), signal)).toBe(1);
    expect(counts).toEqual({ started: 1, ended: 0 });
  });

  it('starts another worker when one could not build its database', async () => {
    let first = true;
    const { spawn, counts } = play(() => {
      const reply: SqlReply = first ? { type: 'failed', code: 'sql-lost', data: { message: 'no memory' } } : { type: 'answer', value: 1 };
      first = false;
      return reply;
    });
    const sql = createBrowserSql(spawn);
    const { signal } = new AbortController();
    expect(await codeOf(sql.schema(build, signal))).toBe('sql-lost');
    expect(await sql.schema(build, signal)).toBe(1);
    expect(counts).toEqual({ started: 2, ended: 1 });
  });

  it('asks again for what it is built from when that could not be had', async () => {
    const { spawn } = play(() => ({ type: 'answer', value: 1 }));
    const sql = createBrowserSql(spawn);
    const { signal } = new AbortController();
    expect(await codeOf(sql.schema(() => Promise.reject(new LabError('asset-unreachable')), signal))).toBe('asset-unreachable');
    expect(await sql.schema(build, signal)).toBe(1);
  });
});
