import { DAY_MS, dateOf } from '../../core/calendar.js';
import { columnOf } from '../../core/table/select.js';
import type { Session } from '../project/session.js';
import { loadRegistry } from '../project/state.js';
import type { VerbArgs } from '../verb.js';

/** Which rows a version learned from; dates (ISO) only when a column orders the rows in time. */
export interface LearnedRows {
  readonly version: number;
  readonly rows: number;
  readonly from?: string;
  readonly to?: string;
}

/** The rows that each version of the model `name` learned from, by version. */
export async function learned(session: Session, args: VerbArgs): Promise<readonly LearnedRows[]> {
  const registry = await loadRegistry(session.platform);
  const records = registry.models[String(args['name'] ?? '')]?.versions ?? [];
  return Promise.all(records.map(({ version, modelDigest }) => session.artefacts.keep(`learned ${version} ${modelDigest}`, () => readLearned(session, version, modelDigest))));
}

async function readLearned({ artefacts }: Session, version: number, digest: string): Promise<LearnedRows> {
  const { preparedDigest, dataDigest } = await artefacts.model(digest);
  const { split } = await artefacts.prepared(preparedDigest);
  const rows = split.train.length;
  if (split.time === undefined || rows === 0) return { version, rows };
  const time = columnOf(await artefacts.table(dataDigest, split.columns), split.time);
  if (time.type === 'text') return { version, rows };
  const days = split.train.map((row) => Math.floor(time.values[row]! / DAY_MS));
  const [first, last] = days.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
  return { version, rows, from: dateOf(first), to: dateOf(last) };
}
