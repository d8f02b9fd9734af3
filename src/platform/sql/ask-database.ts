import { LabError } from '../../core/lab-error.js';
import type { SqlCsv, SqlQuery, SqlRows, SqlTable, SqlValue } from '../../lab/sql-port.js';
import { runStatement, type OpenDatabase } from './statement.js';

/** Most characters a result may hold, so that no answer fills the memory. */
const MOST_CHARACTERS = 64 * 2 ** 20;

const sizeOf = (row: readonly SqlValue[]): number => row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

/** The first rows of a result, and whether there are more. */
export function selectRows(open: OpenDatabase, { sql, rows: most, milliseconds }: SqlQuery): SqlRows {
  const started = performance.now();
  const rows: (readonly SqlValue[])[] = [];
  let [cut, size] = [false, 0];
  const columns = runStatement(open, sql, milliseconds, (row) => {
    size += sizeOf(row);
    cut = rows.length >= most || size > MOST_CHARACTERS;
    if (!cut) rows.push(row);
    return !cut;
  });
  return { columns, rows, cut, milliseconds: performance.now() - started };
}

/** A whole result as UTF-8 CSV. Throws `sql-too-many-rows` {limit}, `sql-too-large` {bytes} and `sql-no-columns`. */
export function exportCsv(open: OpenDatabase, { sql, rows: most, milliseconds }: SqlQuery): SqlCsv {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let [rows, size, text] = [0, 0, ''];
  const flush = (): void => {
    const piece = encoder.encode(text);
    size += piece.length;
    if (size > MOST_CHARACTERS) throw new LabError('sql-too-large', { bytes: MOST_CHARACTERS });
    pieces.push(piece);
    text = '';
  };
  const columns = runStatement(open, sql, milliseconds, (row) => {
    if (++rows > most) throw new LabError('sql-too-many-rows', { limit: most });
    text += csvLine(row);
    if (text.length > 262_144) flush();
    return true;
  });
  if (columns.length === 0) throw new LabError('sql-empty');
  flush();
  const head = encoder.encode(csvLine(columns));
  const csv = new Uint8Array(head.length + size);
  csv.set(head);
  let at = head.length;
  for (const piece of pieces) {
    csv.set(piece, at);
    at += piece.length;
  }
  return { columns, rows, csv };
}

function csvLine(row: readonly SqlValue[]): string {
  const line = row.map((value) => (value === null ? '' : typeof value === 'number' ? String(value) : quote(value))).join(',');
  return line === '' ? '""\n' : `${line}\n`;
}

const quote = (text: string): string => (text === '' || text !== text.trim() || /[",\n\r;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const SCHEMA_MS = 10_000;

/** Tables and views with columns, keys and counts of rows, in the order in which they were made. */
export function readSchema(open: OpenDatabase): SqlTable[] {
  const all = (sql: string): readonly (readonly SqlValue[])[] => selectRows(open, { sql, rows: 10_000, milliseconds: SCHEMA_MS }).rows;
  const named = all("select name, type from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%' order by type, rowid");
  return named.map(([name, kind]) => {
    const quoted = `"${String(name).replaceAll('"', '""')}"`;
    const keys = new Map(all(`pragma foreign_key_list(${quoted})`).map((key) => [String(key[3]), `${String(key[2])}.${String(key[4] ?? 'id')}`]));
    const columns = all(`pragma table_info(${quoted})`).map(([, column, type, required, , primary]) => {
      const references = keys.get(String(column));
      return { name: String(column), type: String(type), required: required === 1, primaryKey: Number(primary) > 0, ...(references === undefined ? {} : { references }) };
    });
    return { name: String(name), kind: kind as SqlTable['kind'], rows: Number(all(`select count(*) from ${quoted}`)[0]![0]), columns };
  });
}
