import type { SqlBuild, SqlEngine } from '../../lab/sql-port.js';
import { exportCsv, readSchema, selectRows } from './ask-database.js';
import { openDatabase } from './open-database.js';
import type { OpenDatabase } from './statement.js';

/** SQLite in this process. A statement runs to its time limit; a cancel is seen before and after it. */
export function createNodeSql(): SqlEngine {
  let opening: Promise<OpenDatabase> | undefined;
  const open = (build: () => Promise<SqlBuild>): Promise<OpenDatabase> => {
    opening ??= start(build);
    // What failed is tried again with the next question.
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const ask = async <T>(build: () => Promise<SqlBuild>, signal: AbortSignal, answer: (db: OpenDatabase) => T): Promise<T> => {
    const database = await open(build);
    signal.throwIfAborted();
    const result = answer(database);
    signal.throwIfAborted();
    return result;
  };
  return {
    schema: (build, signal) => ask(build, signal, readSchema),
    select: (build, query, signal) => ask(build, signal, (db) => selectRows(db, query)),
    export: (build, query, signal) => ask(build, signal, (db) => exportCsv(db, query)),
  };
}

async function start(build: () => Promise<SqlBuild>): Promise<OpenDatabase> {
  const { default: load } = await import('@sqlite.org/sqlite-wasm');
  return openDatabase(await load(), await build());
}
