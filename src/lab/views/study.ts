import type { Study, Trial } from '../../core/automl/study.js';
import { readJson } from '../project/files.js';
import { REPORTS } from '../project/paths.js';
import type { Session } from '../project/session.js';

/** A search for settings as `reports/tuning.json` keeps it. */
export type StudyReport = Study & { readonly best: Trial | null };

/** The search that was made last; undefined before the first. */
export const study = ({ platform }: Session): Promise<StudyReport | undefined> => readJson<StudyReport>(platform, REPORTS.tuning);
