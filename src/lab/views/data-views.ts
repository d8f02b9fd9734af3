import type { Recipe } from '../../core/prepare/recipe.js';
import type { DatasetFacts } from '../../core/table/dataset-facts.js';
import { profileGradually, type ColumnProfile } from '../../core/table/profile.js';
import { findImageColumns, isPixelName } from '../../core/table/image-columns.js';
import { cellText } from '../../core/table/select.js';
import type { Table } from '../../core/table/table.js';
import { LabError } from '../../core/lab-error.js';
import { gradually, type Pace } from '../gradually.js';
import { readRawFacts, requirePointer, type RawFacts } from '../project/artefacts.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** A page of the raw data as text, for a table that fetches what it shows. */
export interface TablePage {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly total: number;
  readonly from: number;
  readonly rows: readonly (readonly string[])[];
}

/** The shipped data sets with their facts and licences. */
export const datasets = (session: Session): Promise<readonly DatasetFacts[]> => session.catalogue();

/** What `data/raw.yaml` says of the collected data. */
export const rawFacts = (session: Session): Promise<RawFacts> => readRawFacts(session.platform);

/** Rows `from` … `from + count` of the collected data as text. */
export async function table(session: Session, args: VerbArgs): Promise<TablePage> {
  const whole = await rawTable(session);
  const from = Math.min(numberOr(args['from'], 0), whole.rows);
  const to = Math.min(whole.rows, from + Math.min(numberOr(args['count'], 100), 1000));
  const rows = Array.from({ length: to - from }, (_, i) => whole.columns.map((column) => cellText(column, from + i)));
  return { columns: whole.columns.map(({ name, type }) => ({ name, type })), total: whole.rows, from, rows };
}

/** What each column of the collected data holds; pixels of pictures are left out, since single ones say nothing. */
export async function profile(session: Session, _args: VerbArgs, _signal: AbortSignal, pace?: Pace): Promise<readonly ColumnProfile[]> {
  const raw = await requirePointer(session.platform, PATHS.raw, 'collect');
  return session.artefacts.keep(`profile ${raw.md5}`, async () => gradually(profileGradually(withoutPixels(await rawTable(session))), 'profile', pace));
}

function withoutPixels(table: Table): Table {
  if (!findImageColumns(table.columns.map(({ name }) => name))) return table;
  return { ...table, columns: table.columns.filter(({ name }) => !isPixelName(name)) };
}

/** The fitted recipe and the choices it was made from. */
export async function recipe(session: Session): Promise<{ recipe: Recipe; trainRows: number; testRows: number }> {
  const prepared = await requirePointer(session.platform, PATHS.prepared, 'prepare');
  const { recipe, split } = await session.artefacts.prepared(prepared.md5);
  return { recipe, trainRows: split.train.length, testRows: split.test.length };
}

/** Text of a project file (at most 256 KiB of it), such as `deploy/ridership.yaml`. */
export async function file(session: Session, args: VerbArgs): Promise<{ path: string; text: string }> {
  const path = String(args['path'] ?? '');
  const bytes = await session.platform.files.read(path);
  return { path, text: new TextDecoder().decode(bytes.subarray(0, 256 * 1024)) };
}

async function rawTable(session: Session): Promise<Table> {
  const raw = await requirePointer(session.platform, PATHS.raw, 'collect');
  return session.artefacts.table(raw.md5, (await readRawFacts(session.platform)).columns);
}

export function numberOr(value: VerbArgs[string], fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new LabError('flag-value', { flag: 'view', value: String(value), expected: 'whole number' });
  return value;
}
