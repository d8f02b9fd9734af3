import { DAY_MS, dateOf, monthStart } from '../../core/calendar.js';
import { parseCsv } from '../../core/table/csv-parser.js';
import { appendRows, columnOf, selectRows } from '../../core/table/select.js';
import type { ColumnType, NumericColumn, Table } from '../../core/table/table.js';
import { writeCsv } from '../../core/table/write-csv.js';
import { columnTypes } from './column-types.js';
import { PATHS } from './paths.js';
import type { Session } from './session.js';
import type { TrafficLog } from './traffic-log.js';

/** Columns that the log has before the features as they were sent. `actual` stays empty until the label arrives. */
const LOG_TYPES: Readonly<Record<string, ColumnType>> = { date: 'date', model: 'text', version: 'integer', prediction: 'number', actual: 'number' };

const monthName = (day: number): string => dateOf(day).slice(0, 7);
const folderOf = (service: string): string => `${PATHS.traffic}/${service}`;

/** The log of a service, read from its monthly CSV files once and then kept in memory; undefined before the first request. */
export async function loadTraffic(session: Session, service: string, dataset: string): Promise<TrafficLog | undefined> {
  const known = session.traffic.get(service);
  if (known) return known;
  const { files } = session.platform;
  const types = { ...columnTypes(await session.dataset(dataset)), ...LOG_TYPES };
  let table: Table | undefined;
  for (const name of await files.list(folderOf(service))) {
    const month = parseCsv(await files.read(`${folderOf(service)}/${name}`), { types }).table;
    table = table ? appendRows(table, month) : month;
  }
  return table && keep(session, service, table);
}

/** Services that have a log. */
export const loggedServices = (session: Session): Promise<string[]> => session.platform.files.list(PATHS.traffic);

/** Adds requests to the log; `rows` has the columns of the log. */
export async function appendTraffic(session: Session, service: string, dataset: string, rows: Table): Promise<TrafficLog> {
  const log = await loadTraffic(session, service, dataset);
  return keep(session, service, log ? appendRows(log.table, rows) : rows);
}

/** Fills `actual` for rows up to `lastDay` that have none yet; gives how many arrived. */
export function fillLabels(log: TrafficLog, lastDay: number, labelOf: (day: number) => number | undefined): number {
  let arrived = 0;
  for (let row = 0; row < log.days.length; row++) {
    if (!Number.isNaN(log.actual[row]!) || log.days[row]! > lastDay) continue;
    const label = labelOf(log.days[row]!);
    if (label === undefined || Number.isNaN(label)) continue;
    log.actual[row] = label;
    arrived++;
  }
  return arrived;
}

/** Writes the monthly files that hold days from `firstDay` on. */
export async function writeTraffic(session: Session, service: string, log: TrafficLog, firstDay: number): Promise<void> {
  const months = new Map<string, number[]>();
  const first = monthStart(firstDay);
  log.days.forEach((day, row) => {
    if (day < first) return;
    const rows = months.get(monthName(day)) ?? [];
    rows.push(row);
    months.set(monthName(day), rows);
  });
  for (const [month, rows] of months) await session.platform.files.write(`${folderOf(service)}/${month}.csv`, writeCsv(selectRows(log.table, rows)));
}

/** The log's own columns for requests of one version, in front of the features as they were sent. */
export function logRows(features: Table, days: Int32Array, model: string, version: number, predicted: Float64Array): Table {
  const fill = (value: number): Float64Array => new Float64Array(features.rows).fill(value);
  return {
    rows: features.rows,
    columns: [
      { name: 'date', type: 'date', values: Float64Array.from(days, (day) => day * DAY_MS) },
      { name: 'model', type: 'text', levels: [model], codes: new Int32Array(features.rows) },
      { name: 'version', type: 'integer', values: fill(version) },
      { name: 'prediction', type: 'number', values: predicted },
      { name: 'actual', type: 'number', values: fill(Number.NaN) },
      ...features.columns.filter((column) => !(column.name in LOG_TYPES)),
    ],
  };
}

function keep(session: Session, service: string, table: Table): TrafficLog {
  const values = (name: string): Float64Array => (columnOf(table, name) as NumericColumn).values;
  const log = {
    table,
    days: Int32Array.from(values('date'), (ms) => Math.round(ms / DAY_MS)),
    versions: values('version'),
    predicted: values('prediction'),
    actual: values('actual'),
  };
  session.traffic.set(service, log);
  return log;
}
