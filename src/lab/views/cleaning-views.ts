import { applyCleaning, applyStep, sameCell, type StepOutcome } from '../../core/clean/apply-cleaning.js';
import { whyNotServed, type CleanStep, type NotServed } from '../../core/clean/clean-step.js';
import { compareColumns, type ColumnComparison } from '../../core/clean/compare-columns.js';
import { suggestCleaning, type Suggestion } from '../../core/clean/suggest-cleaning.js';
import { cellText, columnOf, selectRows } from '../../core/table/select.js';
import type { ColumnType, Table } from '../../core/table/table.js';
import { cleaningDigest, rawLines, readCleaned } from '../cleaning/cleaned-data.js';
import type { Pace } from '../gradually.js';
import { featuresDigest, makeFeatures, readFeatures, readPurpose } from '../engineering/featured-data.js';
import { pointerOf } from '../project/artefacts.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

const SAMPLE = 12;

/** The cleaning recipe with what each step does to the data now. */
export interface CleaningView {
  readonly steps: readonly { readonly step: CleanStep; readonly outcome: StepOutcome; readonly notServed?: NotServed }[];
  readonly rawRows: number;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly suggestions: readonly Suggestion[];
}

/** A row before and after a step; `line` is its line in `data/raw.csv`. */
export interface ChangedRow {
  readonly line: number;
  readonly dropped: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Columns whose cell changed. */
  readonly changed: readonly number[];
}

/** What one step did: rows that show it, and the distribution of each column that it changed. */
export interface StepEffect {
  readonly columns: readonly string[];
  readonly rows: readonly ChangedRow[];
  readonly total: number;
  readonly distributions: readonly ColumnComparison[];
}

/** The recipe, its outcomes and what the data still suggest. */
export async function cleaning(session: Session, _args: VerbArgs, _signal: AbortSignal, pace?: Pace): Promise<CleaningView> {
  const { raw, steps, cleaned } = await readCleaned(session, undefined, pace);
  const listed = steps.map((step, i) => {
    const notServed = whyNotServed(step);
    return { step, outcome: cleaned.outcomes[i]!, ...(notServed === undefined ? {} : { notServed }) };
  });
  const columns = cleaned.table.columns.map(({ name, type }) => ({ name, type }));
  return { steps: listed, rawRows: raw.rows, rows: cleaned.table.rows, columns, suggestions: suggestCleaning(cleaned.table) };
}

/** Types of the columns and number of rows after cleaning and with the features, and whether what was prepared went through both recipes as they are now. */
export async function cleanedColumns(session: Session): Promise<{ readonly columns: Readonly<Record<string, ColumnType>>; readonly rows: number; readonly stale: boolean }> {
  const data = await readCleaned(session);
  const { steps } = data;
  const features = await readFeatures(session.platform);
  const { table } = await makeFeatures(session, data, features, await readPurpose(session.platform, data));
  const pointer = await pointerOf(session.platform, PATHS.prepared);
  const split = pointer && (await session.artefacts.prepared(pointer.md5)).split;
  return { columns: Object.fromEntries(table.columns.map(({ name, type }) => [name, type])), rows: table.rows, stale: split !== undefined && (split.cleaning !== cleaningDigest(steps) || split.features !== featuresDigest(features)) };
}

/** Before and after of the step at `place` (from 1). */
export async function cleanStep(session: Session, args: VerbArgs): Promise<StepEffect> {
  const { raw, steps } = await readCleaned(session);
  const place = Math.min(steps.length, Math.max(1, Number(args['place'] ?? 1)));
  const { table: before, kept } = applyCleaning(raw, steps.slice(0, place - 1));
  const { table: after, rows } = applyStep(before, steps[place - 1]!);
  const lines = await rawLines(session);
  const lineOf = (row: number): number => lines[kept[row]!] ?? kept[row]! + 2;
  if (rows) return droppedRows(before, rows, lineOf);
  const changed = before.columns.filter((column, i) => column !== after.columns[i]).map(({ name }) => name);
  return changedCells(before, after, changed, lineOf);
}

function droppedRows(before: Table, stays: Int32Array, lineOf: (row: number) => number): StepEffect {
  const left = new Set(stays);
  const gone = Array.from({ length: before.rows }, (_, row) => row).filter((row) => !left.has(row));
  const text = (row: number): string[] => before.columns.map((column) => cellText(column, row));
  const after = selectRows(before, stays);
  const distributions = before.columns.filter(({ type }) => type !== 'text').slice(0, 4).map((column) => compareColumns(column, columnOf(after, column.name)));
  return { columns: before.columns.map(({ name }) => name), total: gone.length, distributions, rows: gone.slice(0, SAMPLE).map((row) => ({ line: lineOf(row), dropped: true, before: text(row), after: [], changed: [] })) };
}

function changedCells(before: Table, after: Table, names: readonly string[], lineOf: (row: number) => number): StepEffect {
  // The changed columns, after a first column that says which row it is.
  const first = before.columns[0]?.name;
  const columns = first === undefined || names.includes(first) ? names : [first, ...names];
  const pairs = columns.map((name) => ({ was: columnOf(before, name), is: columnOf(after, name) }));
  const found: ChangedRow[] = [];
  let total = 0;
  for (let row = 0; row < before.rows; row++) {
    const changed = pairs.flatMap(({ was, is }, i) => (was === is || sameCell(was, is, row) ? [] : [i]));
    if (changed.length === 0) continue;
    total++;
    if (found.length < SAMPLE) found.push({ line: lineOf(row), dropped: false, before: pairs.map(({ was }) => cellText(was, row)), after: pairs.map(({ is }) => cellText(is, row)), changed });
  }
  const distributions = names.map((name) => compareColumns(columnOf(before, name), columnOf(after, name)));
  return { columns, rows: found, total, distributions };
}
