import type { ColumnType } from '../table/table.js';

/** What a column promises. Bounds are inclusive; dates as ISO text; `missing` is the largest share of missing cells. */
export interface ColumnRules {
  readonly type: ColumnType;
  readonly required?: boolean;
  readonly missing?: number;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly allowed?: readonly string[];
  readonly unique?: boolean;
}

/** The promise about a table; `data/contract.yaml`. */
export interface Contract {
  readonly columns: Readonly<Record<string, ColumnRules>>;
  readonly rows?: { readonly min?: number; readonly max?: number };
  /** The newest value of the column is at most so many days old. */
  readonly freshness?: { readonly column: string; readonly days: number };
  /** What to do with columns that are not named; allowed without it. */
  readonly others?: 'allow' | 'refuse';
  /** What serving does with a request that breaks the rules of a cell: tell it in the reply (also without it), or refuse it. */
  readonly requests?: 'report' | 'reject';
}

export type Rule = 'column-missing' | 'column-unknown' | 'type' | 'required' | 'missing-share' | 'min' | 'max' | 'allowed' | 'unique' | 'rows' | 'freshness';

/** A broken promise: how many cells (or columns, or rows) break it, what was promised and seen, and rows that show it, counted from 0. */
export interface Finding {
  readonly column?: string;
  readonly rule: Rule;
  readonly count: number;
  readonly promised: string;
  readonly seen: string;
  readonly examples: readonly { readonly row: number; readonly value: string }[];
}
