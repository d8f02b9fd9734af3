import type { ErrorData } from '../../core/lab-error.js';
import type { SqlBuild, SqlQuery } from '../../lab/sql-port.js';

/** What the worker of the database is asked; `build` comes with the first question. */
export interface SqlRequest {
  readonly build?: SqlBuild;
  readonly kind: 'schema' | 'select' | 'export';
  readonly query?: SqlQuery;
}

export type SqlReply = { readonly type: 'answer'; readonly value: unknown } | { readonly type: 'failed'; readonly code: string; readonly data: ErrorData };
