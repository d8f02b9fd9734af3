/** What a column holds. Dates are milliseconds since 1970-01-01 UTC; booleans are 0 and 1. */
export type ColumnType = 'number' | 'integer' | 'boolean' | 'date' | 'text';

/** A column of numbers; `NaN` marks a missing value. */
export interface NumericColumn {
  readonly name: string;
  readonly type: Exclude<ColumnType, 'text'>;
  readonly values: Float64Array;
}

/** A column of words: `codes[row]` indexes `levels` in order of first appearance; -1 marks a missing value. */
export interface TextColumn {
  readonly name: string;
  readonly type: 'text';
  readonly levels: readonly string[];
  readonly codes: Int32Array;
}

export type Column = NumericColumn | TextColumn;

/** Columns of one length. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Dense numbers, row by row: element (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}
