import type { ColumnType } from '../table/table.js';

/** Puts text in order: no space at the ends, single spaces inside, and, when asked, one case. */
export interface TrimStep {
  readonly do: 'trim';
  readonly columns: readonly string[];
  readonly case?: 'lower' | 'upper';
}

/** Values that stand for "not known", such as `?` or -999, become missing. */
export interface MissingStep {
  readonly do: 'missing';
  readonly columns: readonly string[];
  readonly values: readonly string[];
}

/** Writes some values of a column another way, such as M as male. */
export interface ReplaceStep {
  readonly do: 'replace';
  readonly column: string;
  readonly map: Readonly<Record<string, string>>;
}

/** Reads cells as another type; `decimal: comma` takes 3,5 for 3.5, `dates` says in which order day, month and year stand. */
export interface ConvertStep {
  readonly do: 'convert';
  readonly columns: readonly string[];
  readonly to: ColumnType;
  readonly decimal?: 'comma';
  readonly dates?: 'iso' | 'dmy' | 'mdy';
}

/** value × factor + offset, where the value is above and below the given bounds (no bound: everywhere). */
export interface RescaleStep {
  readonly do: 'rescale';
  readonly column: string;
  readonly factor: number;
  readonly offset: number;
  readonly above?: number;
  readonly below?: number;
}

/** Values outside `low` … `high` are clipped, marked missing, or their rows dropped; `learned` says that the bounds came from the data. */
export interface LimitStep {
  readonly do: 'limit';
  readonly column: string;
  readonly low?: number;
  readonly high?: number;
  readonly act: 'clip' | 'missing' | 'drop';
  readonly learned?: 'iqr' | 'z';
}

/** Corrects one cell: in the rows whose `key` column holds `row`. */
export interface SetStep {
  readonly do: 'set';
  readonly key: string;
  readonly row: string;
  readonly column: string;
  readonly value: string;
}

/** Keeps one of the rows that are the same in the columns `by` (all columns without it). */
export interface DeduplicateStep {
  readonly do: 'deduplicate';
  readonly by?: readonly string[];
  readonly keep: 'first' | 'last';
}

/** Drops rows in which one of the columns is missing. */
export interface DropMissingStep {
  readonly do: 'drop-missing';
  readonly columns: readonly string[];
}

export type CleanStep = TrimStep | MissingStep | ReplaceStep | ConvertStep | RescaleStep | LimitStep | SetStep | DeduplicateStep | DropMissingStep;

export const CLEAN_KINDS: readonly CleanStep['do'][] = ['trim', 'missing', 'replace', 'convert', 'rescale', 'limit', 'set', 'deduplicate', 'drop-missing'];

/** Steps that a single served row goes through too. */
export type CellStep = TrimStep | MissingStep | ReplaceStep | ConvertStep | RescaleStep | LimitStep;

/** Why serving leaves a step out: it looks at other rows, it drops rows (a request must be answered), or it corrects one known row. */
export type NotServed = 'compares-rows' | 'drops-rows' | 'one-row';

/** Undefined when serving applies the step to each request. */
export function whyNotServed(step: CleanStep): NotServed | undefined {
  if (step.do === 'deduplicate') return 'compares-rows';
  if (step.do === 'drop-missing' || (step.do === 'limit' && step.act === 'drop')) return 'drops-rows';
  return step.do === 'set' ? 'one-row' : undefined;
}

/** The steps that serving applies, in order. */
export const servedSteps = (steps: readonly CleanStep[]): CellStep[] => steps.filter((step): step is CellStep => whyNotServed(step) === undefined);

/** Columns whose cells a step changes or looks at; [] means all. */
export function columnsOf(step: CleanStep): readonly string[] {
  if ('columns' in step) return step.columns;
  return step.do === 'deduplicate' ? (step.by ?? []) : [step.column];
}
