import { LabError } from '../core/lab-error.js';
import type { CsvNote } from '../core/table/csv-notes.js';
import type { Table } from '../core/table/table.js';
import type { Provenance, RawFacts } from './project/artefacts.js';
import type { Session } from './project/session.js';

/** What a source gave: the table, its bytes as they are kept, and what is known of it. */
export interface Collected {
  readonly table: Table;
  readonly content: Uint8Array;
  readonly facts: Omit<RawFacts, 'collected' | 'columns' | 'provenance'>;
  readonly notes: readonly CsvNote[];
  readonly provenance?: Omit<Provenance, 'rows' | 'md5' | 'virtualDate'>;
  /** What was met on the way, for the terminal. */
  readonly lines?: readonly string[];
}

/** The name of a set that comes from a source; throws `bad-name`, and `name-taken` for that of a shipped set. */
export async function sourceName(session: Session, name: string | undefined, otherwise: string): Promise<string> {
  if (name === undefined) return otherwise;
  if (!/^[a-z][\w-]{0,39}$/i.test(name)) throw new LabError('bad-name', { name });
  if ((await session.catalogue()).some(({ id }) => id === name)) throw new LabError('name-taken', { name });
  return name;
}
