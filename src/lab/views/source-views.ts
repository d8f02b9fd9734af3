import { databaseOf, STREAM_INTERVAL, streamOf } from '../data-sources.js';
import type { Session } from '../project/session.js';
import type { SqlRows, SqlTable } from '../sql-port.js';
import { findStreamFaults, type StreamFaults } from '../stream-faults.js';
import type { VerbArgs } from '../verb.js';
import { numberOr } from './data-views.js';

/** Most rows a panel shows of a result, and how long a statement may take there in milliseconds. */
const SHOWN = 10_000;
const TIME = 10_000;

/** Tables and views of the database with their columns, keys and counts. */
export function databaseSchema(session: Session, _args: VerbArgs, signal: AbortSignal): Promise<readonly SqlTable[]> {
  const { engine, build } = databaseOf(session);
  return engine.schema(build, signal);
}

/** The first rows that a statement gives, and whether there are more. */
export function databaseRows(session: Session, args: VerbArgs, signal: AbortSignal): Promise<SqlRows> {
  const { engine, build } = databaseOf(session);
  return engine.select(build, { sql: String(args['sql'] ?? ''), rows: SHOWN, milliseconds: TIME }, signal);
}

/** Events of the station from one on, as they arrive; `faults` counts what is wrong with all up to there. */
export interface StreamPage {
  readonly total: number;
  readonly events: readonly { readonly time: number; readonly value: number }[];
  readonly faults: StreamFaults;
}

/** Events `from` … `from + count` of the stream of a seed. */
export async function streamEvents(session: Session, args: VerbArgs): Promise<StreamPage> {
  const all = await streamOf(session, numberOr(args['seed'], 7));
  const from = Math.min(numberOr(args['from'], 0), all.length);
  const to = Math.min(all.length, from + Math.min(numberOr(args['count'], 100), 1000));
  return { total: all.length, events: all.slice(from, to).map(({ time, value }) => ({ time, value })), faults: findStreamFaults(all.slice(0, to), STREAM_INTERVAL) };
}
