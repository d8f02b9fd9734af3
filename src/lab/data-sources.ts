import { LabError } from '../core/lab-error.js';
import { parseCsv } from '../core/table/csv-parser.js';
import { columnOf } from '../core/table/select.js';
import type { Table } from '../core/table/table.js';
import { DATABASE_SCRIPT, DATABASE_STAGES } from '../world/sources/database-script.js';
import { LoanApi } from '../world/sources/loan-api.js';
import { makeSensorStream, type SensorEvent } from '../world/sources/sensor-stream.js';
import { columnTypes } from './project/column-types.js';
import type { Session } from './project/session.js';
import type { SqlBuild, SqlEngine } from './sql-port.js';

/** Shipped sets behind the data API and the sensor. */
export const API_DATASET = 'credit_scoring';
export const STREAM_DATASET = 'chicago_ridership';
/** Where the station's events come from, and how far apart they are in milliseconds. */
export const STREAM_INTERVAL = 86_400_000;

const apis = new WeakMap<Session, LoanApi>();

/** The data API of this lab; its tokens and counts last as long as the engine. */
export function apiOf(session: Session): LoanApi {
  const known = apis.get(session);
  if (known) return known;
  let table: Promise<Table> | undefined;
  const api = new LoanApi(() => (table ??= readSet(session, API_DATASET)));
  apis.set(session, api);
  return api;
}

async function readSet(session: Session, id: string): Promise<Table> {
  const set = await session.dataset(id);
  return parseCsv(await session.platform.asset(`data/${set.file}`), { types: columnTypes(set) }).table;
}

/** The database of this place and how it is built; throws `sql-missing` where there is none. */
export function databaseOf(session: Session): { engine: SqlEngine; build: () => Promise<SqlBuild> } {
  const engine = session.platform.sql;
  if (!engine) throw new LabError('sql-missing');
  const build = async (): Promise<SqlBuild> => ({
    script: DATABASE_SCRIPT,
    stages: await Promise.all(Object.entries(DATABASE_STAGES).map(async ([table, id]) => ({ table, csv: await session.platform.asset(`data/${(await session.dataset(id)).file}`) }))),
  });
  return { engine, build };
}

/** All events of the station for a seed, in order of arrival. */
export function streamOf(session: Session, seed: number): Promise<readonly SensorEvent[]> {
  return session.artefacts.keep(`stream ${seed}`, async () => {
    const table = await readSet(session, STREAM_DATASET);
    const [times, values] = [columnOf(table, 'date'), columnOf(table, 'temp')];
    if (times.type === 'text' || values.type === 'text') throw new LabError('unknown-dataset', { id: STREAM_DATASET });
    return makeSensorStream(times.values, values.values, seed).events;
  });
}
