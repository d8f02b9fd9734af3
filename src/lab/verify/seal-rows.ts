import { applyCleaning } from '../../core/clean/apply-cleaning.js';
import { LabError } from '../../core/lab-error.js';
import { labelledRows } from '../../core/prepare/apply-recipe.js';
import { fitRecipe } from '../../core/prepare/fit-recipe.js';
import type { PrepareChoices, Recipe } from '../../core/prepare/recipe.js';
import { splitRows } from '../../core/prepare/split.js';
import { createRandom, permutation } from '../../core/random.js';
import { hasColumn } from '../../core/table/select.js';
import type { Table } from '../../core/table/table.js';
import { writeCsv } from '../../core/table/write-csv.js';
import { readCleaning } from '../cleaning/cleaned-data.js';
import { readRawFacts, requirePointer } from '../project/artefacts.js';
import { readYaml } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';

/** More rows would make the figure hardly sharper, and the wait longer. */
const MOST_ROWS = 2000;
const FEWEST_ROWS = 10;

/** Rows taken out of the data before any of the learner's code runs. */
export interface SealedRows {
  /** The cleaned data, and which of its rows are sealed. */
  readonly table: Table;
  readonly rows: Int32Array;
  /** The raw data without those rows, as CSV. */
  readonly rest: Uint8Array;
  /** Lines of the raw data that are sealed, to look for them elsewhere. */
  readonly lines: readonly string[];
  readonly target: string;
  /** How the lab itself would prepare the rows that are left: what is predicted, and its classes. */
  readonly recipe: Recipe;
}

/**
 * Seals a share of the labelled rows, the way the pipeline itself divides them: whole groups, each class alike, or from the later rows.
 * Throws `missing-step`, `verify-no-target`, `verify-too-few` {rows}.
 */
export async function sealRows({ platform, artefacts }: Session, share: number, seed: number): Promise<SealedRows> {
  const raw = await requirePointer(platform, PATHS.raw, 'collect');
  const facts = await readRawFacts(platform);
  const whole = await artefacts.table(raw.md5, facts.columns);
  const { table, kept } = applyCleaning(whole, await readCleaning(platform));
  const choices = await readChoices(platform, table);
  const rows = chooseRows(table, choices, share, seed);
  if (rows.length < FEWEST_ROWS) throw new LabError('verify-too-few', { rows: rows.length, fewest: FEWEST_ROWS });
  const sealed = new Set(Array.from(rows, (row) => kept[row]!));
  const open = new Set(rows);
  const left = labelledRows(table, choices.target, Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !open.has(row)));
  return {
    table,
    rows,
    rest: writeCsv(whole, { rows: Int32Array.from({ length: whole.rows }, (_, row) => row).filter((row) => !sealed.has(row)) }),
    lines: linesOf(await platform.objects.get(raw.md5), whole.rows, sealed),
    target: choices.target,
    recipe: fitRecipe(table, left, choices).recipe,
  };
}

async function readChoices(platform: Session['platform'], table: Table): Promise<PrepareChoices> {
  const params = await readYaml(platform, PATHS.params);
  const found = ((params?.['pipeline'] as { prepare?: PrepareChoices } | undefined)?.prepare ?? params?.['prepare']) as (PrepareChoices & { since?: string }) | undefined;
  if (typeof found?.target !== 'string' || !found.split || !hasColumn(table, found.target)) throw new LabError('verify-no-target', { path: PATHS.params });
  const { since: _since, ...choices } = found;
  return choices;
}

function chooseRows(table: Table, { split, target, time }: PrepareChoices, share: number, seed: number): Int32Array {
  const wanted = split.kind === 'time' ? split : split.kind === 'group' ? { ...split, testShare: share, seed } : { kind: split.kind === 'stratified' ? ('stratified' as const) : ('random' as const), testShare: share, seed };
  const found = labelledRows(table, target, splitRows(table, wanted, target, time).test);
  const order = permutation(found.length, createRandom(seed));
  // Of later rows half, so that the code still finds some to test on.
  const most = Math.min(MOST_ROWS, split.kind === 'time' ? Math.floor(found.length / 2) : found.length);
  return Int32Array.from(order.subarray(0, most), (at) => found[at]!).sort();
}

/** Lines of a file in which each row is one; none where words go over several lines. */
function linesOf(bytes: Uint8Array, rows: number, wanted: ReadonlySet<number>): string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/).filter((line) => line !== '').slice(1);
  return lines.length === rows ? [...wanted].map((row) => lines[row]!).filter((line) => line.length >= 12) : [];
}
