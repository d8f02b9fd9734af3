import { parseCsv } from '../core/table/csv-parser.js';
import type { ColumnType } from '../core/table/table.js';
import { DATABASE_STAGES } from '../world/sources/database-script.js';
import { sourceName, type Collected } from './collect-parts.js';
import { databaseOf } from './data-sources.js';
import type { VerbContext } from './verb.js';

/** Most rows a raw file from the database may have, and how long its statement may take in milliseconds. */
const ROWS = 1_000_000;
const TIME = 20_000;

/** The whole result of a statement as a CSV file. Throws what `SqlEngine.export` throws. */
export async function collectDatabase({ session, signal, progress }: VerbContext, sql: string, name: string | undefined, types: Record<string, ColumnType>): Promise<Collected> {
  const dataset = await sourceName(session, name, 'query');
  const { engine, build } = databaseOf(session);
  progress({ done: 0, total: 0, note: 'query' });
  const { csv } = await engine.export(build, { sql, rows: ROWS, milliseconds: TIME }, signal);
  const { table, notes } = parseCsv(csv, { types });
  const sets = await Promise.all(Object.values(DATABASE_STAGES).map((id) => session.dataset(id)));
  const licence = [...new Set(sets.map((set) => set.licence))].join('; ');
  return {
    table,
    content: csv,
    notes,
    facts: { dataset, source: 'SQLite database of the lab', licence, drop: [], categorical: [] },
    provenance: { from: 'database', query: sql, again: { sql, name: dataset }, met: {} },
  };
}
