import type { Study, Trial } from '../../core/automl/study.js';
import { readJson } from '../project/files.js';
import { REPORTS, STUDIES } from '../project/paths.js';
import type { Session } from '../project/session.js';

/** A search for settings as `reports/tuning.json` keeps it. */
export type StudyReport = Study & { readonly best: Trial | null };

/** The search that was made last; undefined before the first. */
export const study = ({ platform }: Session): Promise<StudyReport | undefined> => readJson<StudyReport>(platform, REPORTS.tuning);

/** Every search of the project, by name. */
export async function studies({ platform }: Session): Promise<readonly Study[]> {
  const names = (await platform.files.stat(STUDIES)) ? (await platform.files.list(STUDIES)).filter((name) => name.endsWith('.json')).sort() : [];
  const found = await Promise.all(names.map((name) => readJson<Study>(platform, `${STUDIES}/${name}`)));
  return found.filter((one) => one !== undefined);
}
