import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { parseCsv } from '../../core/table/csv-parser.js';
import { valueText } from '../../core/table/select.js';
import type { Column, Table } from '../../core/table/table.js';
import type { SqlBuild } from '../../lab/sql-port.js';
import { guardDatabase } from './guard-database.js';
import type { OpenDatabase } from './statement.js';

/** Builds the database in memory, then locks it for reading. */
export function openDatabase(sqlite: Sqlite3Static, build: SqlBuild): OpenDatabase {
  // Failures come back as errors with their words; SQLite would also write them to the console.
  Object.assign(sqlite.config, { warn: () => undefined, error: () => undefined });
  const db = new sqlite.oo1.DB(':memory:', 'c');
  db.exec('begin');
  for (const { table, csv } of build.stages) loadStage(db, table, parseCsv(csv).table);
  db.exec(build.script);
  for (const { table } of build.stages) db.exec(`drop table "${table}"`);
  db.exec('commit');
  return { sqlite, db, refused: guardDatabase(sqlite, db) };
}

function loadStage(db: Database, name: string, table: Table): void {
  db.exec(`create table "${name}" (${table.columns.map((column) => `"${column.name}"`).join(', ')})`);
  const insert = db.prepare(`insert into "${name}" values (${table.columns.map(() => '?').join(', ')})`);
  const readers = table.columns.map(readerOf);
  for (let row = 0; row < table.rows; row++) {
    insert.bind(readers.map((read) => read(row))).step();
    insert.reset(true);
  }
  insert.finalize();
}

function readerOf(column: Column): (row: number) => string | number | null {
  if (column.type === 'text') return (row) => column.levels[column.codes[row] ?? -1] ?? null;
  const { type, values } = column;
  if (type === 'date') return (row) => valueText(type, values[row] ?? NaN) || null;
  return (row) => (Number.isNaN(values[row]) ? null : values[row]!);
}
