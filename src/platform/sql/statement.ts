import type { Database, PreparedStatement, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { LabError } from '../../core/lab-error.js';
import type { SqlValue } from '../../lab/sql-port.js';

/** An open database with what guards it. */
export interface OpenDatabase {
  readonly sqlite: Sqlite3Static;
  readonly db: Database;
  /** What the guard refused last. */
  readonly refused: () => string | undefined;
}

/** How many steps of the virtual machine lie between two looks at the clock. */
const STEPS = 50_000;

/** Runs one statement and hands on row after row until `take` says false. Throws `sql-empty`, `sql-one-statement`, `sql-refused`, `sql-error`, `sql-timeout`. */
export function runStatement(open: OpenDatabase, sql: string, milliseconds: number, take: (row: readonly SqlValue[], columns: readonly string[]) => boolean): readonly string[] {
  if (bare(sql) === '') throw new LabError('sql-empty');
  const { sqlite, db } = open;
  const end = performance.now() + milliseconds;
  sqlite.capi.sqlite3_progress_handler(db, STEPS, () => (performance.now() > end ? 1 : 0), 0);
  open.refused();
  let statement: PreparedStatement | undefined;
  try {
    statement = db.prepare(sql);
    const first = sqlite.capi.sqlite3_sql(statement) ?? '';
    if (bare(sql.slice(first.length)) !== '') throw new LabError('sql-one-statement');
    const columns = statement.columnCount > 0 ? statement.getColumnNames() : [];
    while (statement.step()) if (!take(statement.get([]).map(plainValue), columns)) break;
    return columns;
  } catch (cause) {
    throw cause instanceof LabError ? cause : sqlError(open, sql, cause, milliseconds);
  } finally {
    statement?.finalize();
    sqlite.capi.sqlite3_progress_handler(db, 0, 0 as never, 0);
  }
}

/** Without comments, semicolons and space: whether there is a statement at all. */
const bare = (sql: string): string => sql.replace(/--[^\n]*|\/\*[\s\S]*?(\*\/|$)|[;\s]/g, '');

function sqlError({ sqlite, db, refused }: OpenDatabase, sql: string, cause: unknown, milliseconds: number): LabError {
  const what = refused();
  if (what !== undefined) return new LabError('sql-refused', { what });
  const code = (cause as { resultCode?: number }).resultCode;
  if (code === sqlite.capi.SQLITE_INTERRUPT) return new LabError('sql-timeout', { seconds: milliseconds / 1000 });
  const raw = cause instanceof Error ? cause.message : String(cause);
  const message = raw.replace(/^SQLITE_\w+: (sqlite3 result code \d+: )?/, '');
  const offset = sqlite.capi.sqlite3_error_offset(db);
  return new LabError('sql-error', { message, ...(offset < 0 ? {} : place(sql, offset)) });
}

/** Line and column, from 1, of a byte of the UTF-8 text. */
function place(sql: string, offset: number): { line: number; column: number } {
  const before = new TextDecoder().decode(new TextEncoder().encode(sql).subarray(0, offset)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function plainValue(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`;
  return String(value);
}
