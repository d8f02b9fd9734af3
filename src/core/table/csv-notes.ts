import type { ColumnType, Table } from './table.js';

/** What the reader may be told. */
export interface CsvOptions {
  /** Types by column name; a cell that is no such value becomes missing, and a note counts them. */
  readonly types?: Readonly<Record<string, ColumnType>>;
  /** Default 2,000. */
  readonly maxColumns?: number;
  /** Default 1 GiB. */
  readonly maxBytes?: number;
}

/** Something the reader met and dealt with; lines count from 1, the header included. */
export type CsvNote =
  | { readonly code: 'ragged-rows'; readonly count: number; readonly line: number }
  | { readonly code: 'stray-quotes'; readonly count: number; readonly line: number }
  | { readonly code: 'duplicate-names'; readonly names: readonly string[] }
  | { readonly code: 'empty-names'; readonly count: number }
  | { readonly code: 'wrong-encoding'; readonly used: string; readonly replaced: number }
  | { readonly code: 'formula-cells'; readonly column: string; readonly count: number; readonly line: number }
  /** The column looked like `from` until `value` on `line`; `others` of its cells are not of that type, so all are text. */
  | { readonly code: 'type-changed'; readonly column: string; readonly from: ColumnType; readonly line: number; readonly value: string; readonly others: number }
  /** `count` cells are no `type`, as `CsvOptions.types` asked, and are now missing. */
  | { readonly code: 'cells-lost'; readonly column: string; readonly type: ColumnType; readonly count: number }
  | { readonly code: 'decimal-comma'; readonly column: string }
  | { readonly code: 'no-header'; readonly columns: number }
  | { readonly code: 'no-numbers' };

/** A table that was read, and how. */
export interface CsvResult {
  readonly table: Table;
  readonly delimiter: string;
  readonly encoding: string;
  readonly notes: readonly CsvNote[];
}
