import load from '@sqlite.org/sqlite-wasm';
import { LabError } from '../core/lab-error.js';
import { exportCsv, readSchema, selectRows } from '../platform/sql/ask-database.js';
import type { SqlReply, SqlRequest } from '../platform/sql/messages.js';
import { openDatabase } from '../platform/sql/open-database.js';
import type { OpenDatabase } from '../platform/sql/statement.js';

let database: Promise<OpenDatabase> | undefined;

self.onmessage = ({ data: request }: MessageEvent<SqlRequest>) => {
  answer(request).then(
    (value) => self.postMessage({ type: 'answer', value } satisfies SqlReply),
    (cause: unknown) => self.postMessage({ type: 'failed', ...LabError.from(cause).toJSON() } satisfies SqlReply),
  );
};

/** A worker without its database is of no use; the page ends it and starts another. */
function lost(cause: unknown): never {
  throw new LabError('sql-lost', { message: cause instanceof Error ? cause.message : String(cause) });
}

async function answer({ build, kind, query }: SqlRequest): Promise<unknown> {
  if (build) database = load().then((sqlite) => openDatabase(sqlite, build)).catch(lost);
  if (!database) throw new LabError('sql-lost', { message: 'no database' });
  const open = await database;
  if (kind === 'schema') return readSchema(open);
  return kind === 'select' ? selectRows(open, query!) : exportCsv(open, query!);
}
