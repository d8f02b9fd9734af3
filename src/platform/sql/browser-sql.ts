import { LabError } from '../../core/lab-error.js';
import type { SqlBuild, SqlCsv, SqlEngine, SqlRows, SqlTable } from '../../lab/sql-port.js';
import type { SqlReply, SqlRequest } from './messages.js';

/** The part of a Worker that is needed, so that a test can play it. */
export interface SqlWorker {
  postMessage(message: SqlRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<SqlReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** How much longer than its own time limit a statement may take before its worker is ended. */
const GRACE_MS = 5000;

/** SQLite in a worker of its own, started with the first question. A cancel ends the worker; the next question builds the database again. */
export function createBrowserSql(spawn: () => SqlWorker = spawnSqlWorker): SqlEngine {
  let worker: SqlWorker | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  const ask = <T>(build: () => Promise<SqlBuild>, request: SqlRequest, signal: AbortSignal): Promise<T> => {
    const turn = tail.then(async () => {
      signal.throwIfAborted();
      const first = worker === undefined ? await build() : undefined;
      worker ??= spawn();
      return post<T>(worker, { ...request, ...(first === undefined ? {} : { build: first }) }, signal, end);
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
  return {
    schema: (build, signal) => ask<readonly SqlTable[]>(build, { kind: 'schema' }, signal),
    select: (build, query, signal) => ask<SqlRows>(build, { kind: 'select', query }, signal),
    export: (build, query, signal) => ask<SqlCsv>(build, { kind: 'export', query }, signal),
  };
}

function post<T>(worker: SqlWorker, request: SqlRequest, signal: AbortSignal, end: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = (error: LabError): void => {
      end();
      settle(() => reject(error));
    };
    const cancel = (): void => giveUp(new LabError('cancelled'));
    const limit = request.query?.milliseconds ?? 30_000;
    const timer = setTimeout(() => giveUp(new LabError('sql-timeout', { seconds: limit / 1000 })), limit + GRACE_MS);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      worker.onmessage = null;
      worker.onerror = null;
      finish();
    };
    worker.onmessage = ({ data }) => {
      if (data.type === 'answer') settle(() => resolve(data.value as T));
      else if (data.code === 'sql-lost') giveUp(new LabError(data.code, data.data));
      else settle(() => reject(new LabError(data.code, data.data)));
    };
    worker.onerror = (event) => giveUp(new LabError('sql-lost', { message: event.message }));
    signal.addEventListener('abort', cancel);
    worker.postMessage(request);
  });
}

function spawnSqlWorker(): SqlWorker {
  return new Worker(new URL('../../workers/sql.ts', import.meta.url), { type: 'module' });
}
