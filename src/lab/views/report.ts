import { LabError } from '../../core/lab-error.js';
import { readJson } from '../project/files.js';
import { REPORTS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { findRun } from '../project/state.js';
import type { VerbArgs } from '../verb.js';

/** The newest report of a kind, undefined when there is none or when it is about another run. Throws `flag-value` for an unknown kind. */
export async function report(session: Session, args: VerbArgs): Promise<unknown> {
  const kind = String(args['kind']);
  if (!Object.hasOwn(REPORTS, kind)) throw new LabError('flag-value', { flag: 'kind', value: kind, expected: Object.keys(REPORTS).join(', ') });
  const run = await findRun(session.platform, args['run'] === undefined ? undefined : String(args['run']));
  const found = await readJson<{ run?: string; first?: string }>(session.platform, REPORTS[kind as keyof typeof REPORTS]);
  return (found?.run ?? found?.first) === run.id ? found : undefined;
}
