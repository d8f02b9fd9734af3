import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** Pragmas that only read; each may name a table or an index. */
const READING_PRAGMAS = new Set(['table_info', 'table_xinfo', 'table_list', 'foreign_key_list', 'index_list', 'index_info', 'index_xinfo', 'database_list', 'compile_options', 'function_list', 'collation_list', 'pragma_list']);
const REFUSED_FUNCTIONS = new Set(['load_extension', 'fts3_tokenizer', 'edit', 'readfile', 'writefile']);

/** Longest text or blob, deepest expression, and most terms of a compound that a statement may make. */
const LIMITS = { SQLITE_LIMIT_LENGTH: 1_000_000, SQLITE_LIMIT_SQL_LENGTH: 100_000, SQLITE_LIMIT_ATTACHED: 0, SQLITE_LIMIT_EXPR_DEPTH: 200, SQLITE_LIMIT_COMPOUND_SELECT: 100 } as const;

/** Lets a finished database be read and nothing else: no write, no other file, no extension. Gives what was refused last, and forgets it. */
export function guardDatabase({ capi }: Sqlite3Static, db: Database): () => string | undefined {
  let refused: string | undefined;
  const readable = (action: number, first: string | 0, second: string | 0): boolean => {
    if (action === capi.SQLITE_SELECT || action === capi.SQLITE_READ || action === capi.SQLITE_RECURSIVE) return true;
    if (action === capi.SQLITE_FUNCTION) return !REFUSED_FUNCTIONS.has((second || '').toLowerCase());
    return action === capi.SQLITE_PRAGMA && READING_PRAGMAS.has((first || '').toLowerCase());
  };
  const actions = new Map(Object.entries(ACTIONS).map(([name, words]) => [capi[name as keyof typeof ACTIONS] as number, words]));
  capi.sqlite3_set_authorizer(
    db,
    (_: unknown, action: number, first: string | 0, second: string | 0) => {
      if (readable(action, first, second)) return capi.SQLITE_OK;
      refused ??= [actions.get(action) ?? 'WRITE', action === capi.SQLITE_FUNCTION ? second : first].filter(Boolean).join(' ');
      return capi.SQLITE_DENY;
    },
    0,
  );
  for (const [name, most] of Object.entries(LIMITS)) capi.sqlite3_limit(db, capi[name as keyof typeof LIMITS], most);
  return () => {
    const last = refused;
    refused = undefined;
    return last;
  };
}

const ACTIONS = {
  SQLITE_ATTACH: 'ATTACH',
  SQLITE_DETACH: 'DETACH',
  SQLITE_PRAGMA: 'PRAGMA',
  SQLITE_FUNCTION: 'FUNCTION',
  SQLITE_INSERT: 'INSERT INTO',
  SQLITE_UPDATE: 'UPDATE',
  SQLITE_DELETE: 'DELETE FROM',
  SQLITE_TRANSACTION: 'TRANSACTION',
  SQLITE_SAVEPOINT: 'SAVEPOINT',
  SQLITE_CREATE_VTABLE: 'CREATE VIRTUAL TABLE',
} as const;
