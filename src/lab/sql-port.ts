/** What a cell of a result can be; bytes come as hexadecimal text, whole numbers beyond 2^53 as text. */
export type SqlValue = string | number | null;

/** How the database comes to be: each stage is a CSV loaded as a table of its own name, then the script makes of them what a learner sees. */
export interface SqlBuild {
  readonly stages: readonly { readonly table: string; readonly csv: Uint8Array }[];
  readonly script: string;
}

/** One statement with its limits: at most so many rows, seconds of work as milliseconds. */
export interface SqlQuery {
  readonly sql: string;
  readonly rows: number;
  readonly milliseconds: number;
}

/** Rows of a SELECT, EXPLAIN or reading PRAGMA; `cut` when there were more than asked for. */
export interface SqlRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  readonly cut: boolean;
  readonly milliseconds: number;
}

/** The same as a CSV file. */
export interface SqlCsv {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly csv: Uint8Array;
}

export interface SqlColumn {
  readonly name: string;
  readonly type: string;
  readonly primaryKey: boolean;
  readonly required: boolean;
  /** `table.column` that it points to. */
  readonly references?: string;
}

/** A table or view as the browser of the schema shows it. */
export interface SqlTable {
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly rows: number;
  readonly columns: readonly SqlColumn[];
}

/** A database that can only be read. It is built at the first question. Throws `sql-error` {message, line, column}, `sql-refused`, `sql-one-statement`, `sql-empty`, `sql-timeout`, `sql-too-many-rows`, `sql-too-large`, `cancelled`. */
export interface SqlEngine {
  schema(build: () => Promise<SqlBuild>, signal: AbortSignal): Promise<readonly SqlTable[]>;
  select(build: () => Promise<SqlBuild>, query: SqlQuery, signal: AbortSignal): Promise<SqlRows>;
  /** All rows; more than asked for is a failure, since a raw file must be whole. */
  export(build: () => Promise<SqlBuild>, query: SqlQuery, signal: AbortSignal): Promise<SqlCsv>;
}
