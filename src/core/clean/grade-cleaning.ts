import { readValue } from '../table/retype.js';
import { cellText, columnOf, hasColumn, isMissingCell } from '../table/select.js';
import type { Column, Table } from '../table/table.js';

/** Clean values of every row by its key, and which cells (or whole rows, column `*`) were spoilt, by kind. */
export interface CleaningTruth {
  readonly version: 1;
  readonly key: string;
  readonly columns: readonly string[];
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly defects: readonly { readonly row: string; readonly column: string; readonly kind: string }[];
}

export interface Tally {
  readonly name: string;
  /** Spoilt cells (or rows) that were there to be fixed. */
  readonly spoilt: number;
  readonly fixed: number;
  /** Cells that were right and are wrong now, or are gone with their row. */
  readonly harmed: number;
}

/** A cell that is wrong after cleaning: where, and what it holds now; never what would be right. */
export interface WrongCell {
  readonly row: number;
  readonly key: string;
  readonly column: string;
  readonly kind: string;
  readonly value: string;
}

export interface CleaningGrade {
  readonly spoilt: number;
  readonly fixed: number;
  readonly changed: number;
  readonly harmed: number;
  /** fixed / changed and fixed / spoilt; 1 when there was nothing. */
  readonly precision: number;
  readonly recall: number;
  readonly columns: readonly Tally[];
  readonly kinds: readonly Tally[];
  readonly wrong: readonly WrongCell[];
}

/** Kinds whose right value cannot be known, so that "missing" is right. */
const UNKNOWABLE = new Set(['missing_injected', 'sentinel_999_for_missing']);
const WHOLE_ROWS = new Set(['exact_duplicate_row', 'near_duplicate_row_same_id_mass_plus_25g']);
const HARM = 'harmed';
const LOST = 'row-lost';

interface Cell {
  readonly column: string;
  readonly kind: string;
  readonly fixed: boolean;
  readonly spoilt: boolean;
  readonly changed: boolean;
  readonly harmed: boolean;
  readonly wrong?: WrongCell;
}

/** Grades a cleaned table cell by cell against the truth; `kept` are the raw rows that the cleaned ones come from. Throws `unknown-column`. */
export function gradeCleaning(raw: Table, cleaned: Table, kept: Int32Array, truth: CleaningTruth): CleaningGrade {
  const rawRows = rowsByKey(raw, truth.key);
  const cleanRows = rowsByKey(cleaned, truth.key);
  const kindOf = new Map(truth.defects.map(({ row, column, kind }) => [`${row} ${column}`, kind]));
  const cells: Cell[] = [];
  for (const [key, values] of Object.entries(truth.rows)) {
    const [before, after] = [rawRows.get(key) ?? [], cleanRows.get(key) ?? []];
    if (before.length === 0) continue;
    if (before.length > 1) cells.push(gradeRepeats(key, after, kept, truth.defects.find((defect) => defect.row === key && WHOLE_ROWS.has(defect.kind))?.kind ?? 'exact_duplicate_row'));
    truth.columns.forEach((column, i) => {
      if (!hasColumn(raw, column)) return;
      const kind = kindOf.get(`${key} ${column}`);
      const spoilt = kind !== undefined && !WHOLE_ROWS.has(kind) ? kind : undefined;
      cells.push(gradeCell({ key, column, right: values[i]!, spoilt, was: columnOf(raw, column), is: columnOf(cleaned, column), before: before[0]!, after: after[0], place: kept[after[0] ?? -1] ?? before[0]! }));
    });
  }
  return sumUp(cells);
}

function rowsByKey(table: Table, key: string): Map<string, number[]> {
  const column = columnOf(table, key);
  const rows = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const name = cellText(column, row);
    rows.set(name, [...(rows.get(name) ?? []), row]);
  }
  return rows;
}

function gradeRepeats(key: string, after: readonly number[], kept: Int32Array, kind: string): Cell {
  const fixed = after.length === 1;
  const wrong: WrongCell = { row: kept[after[1] ?? -1] ?? 0, key, column: '*', kind, value: String(after.length) };
  return { column: '*', kind, fixed, spoilt: true, changed: after.length !== 2, harmed: false, ...(after.length > 1 ? { wrong } : {}) };
}

interface CellQuestion {
  readonly key: string;
  readonly column: string;
  readonly right: string;
  readonly spoilt: string | undefined;
  readonly was: Column;
  readonly is: Column;
  readonly before: number;
  readonly after: number | undefined;
  readonly place: number;
}

function gradeCell({ key, column, right, spoilt, was, is, before, after, place }: CellQuestion): Cell {
  const rightNow = after !== undefined && isRight(is, after, right, spoilt);
  const rightBefore = isRight(was, before, right, spoilt);
  const changed = after !== undefined && !sameValue(cellText(was, before), cellText(is, after));
  // A cell that reading already took as missing is no work left to do.
  const toFix = spoilt !== undefined && !rightBefore;
  const harmed = rightBefore && !rightNow;
  const kind = after === undefined ? LOST : (spoilt ?? HARM);
  return { column, kind: toFix ? spoilt : kind, fixed: toFix && rightNow, spoilt: toFix, changed: changed || after === undefined, harmed, ...(rightNow ? {} : { wrong: { row: place, key, column, kind, value: after === undefined ? '' : cellText(is, after) } }) };
}

function isRight(column: Column, row: number, right: string, kind: string | undefined): boolean {
  if (isMissingCell(column, row)) return right === '' || (kind !== undefined && UNKNOWABLE.has(kind));
  return sameValue(cellText(column, row), right);
}

function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [readValue(a, 'number'), readValue(b, 'number')];
  return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(x));
}

function sumUp(cells: readonly Cell[]): CleaningGrade {
  const tally = (name: string, some: readonly Cell[]): Tally => ({ name, spoilt: some.filter((c) => c.spoilt).length, fixed: some.filter((c) => c.fixed).length, harmed: some.filter((c) => c.harmed).length });
  const by = (of: (cell: Cell) => string): Tally[] => [...new Set(cells.map(of))].map((name) => tally(name, cells.filter((cell) => of(cell) === name))).filter(({ spoilt, harmed }) => spoilt > 0 || harmed > 0);
  const { spoilt, fixed, harmed } = tally('', cells);
  const changed = cells.filter((cell) => cell.changed).length;
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  return { spoilt, fixed, changed, harmed, precision: share(fixed, changed), recall: share(fixed, spoilt), columns: by(({ column }) => column), kinds: by(({ kind }) => kind), wrong: cells.flatMap(({ wrong }) => wrong ?? []) };
}
