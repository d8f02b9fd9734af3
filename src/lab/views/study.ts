import { bestTrial, trialsOf, type Study, type Trial } from '../../core/automl/study.js';
import { readJson } from '../project/files.js';
import { REPORTS, STUDIES } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** A search for settings as `reports/tuning.json` keeps it. */
export type StudyReport = Study & { readonly best: Trial | null };

/** A search as the board shows it; `left` trials are still to come, null when it has no end. */
export interface ShownStudy extends StudyReport {
  readonly left: number | null;
  /** All searches of the project, the newest first. */
  readonly others: readonly string[];
}

/** Every search of the project, by name. */
export async function studies({ platform }: Session): Promise<readonly Study[]> {
  const names = (await platform.files.stat(STUDIES)) ? (await platform.files.list(STUDIES)).filter((file) => file.endsWith('.json')).sort() : [];
  const found = await Promise.all(names.map((name) => readJson<Study>(platform, `${STUDIES}/${name}`)));
  return found.filter((one) => one !== undefined);
}

/** The search of a name, or the one whose trial ended last, as far as trials were kept; undefined before the first. */
export async function study(session: Session, { name }: VerbArgs): Promise<ShownStudy | undefined> {
  const all = [...(await studies(session))].sort((a, b) => (b.updated ?? 0) - (a.updated ?? 0));
  // A clone has the report alone.
  const chosen = all.find((one) => one.name === name) ?? (name === undefined ? (all[0] ?? (await readJson<Study>(session.platform, REPORTS.tuning))) : undefined);
  if (!chosen) return undefined;
  const whole = trialsOf(chosen);
  return { ...chosen, best: bestTrial(chosen) ?? null, left: Number.isFinite(whole) ? whole - chosen.trials.length - (chosen.ahead?.length ?? 0) : null, others: all.map((one) => one.name) };
}
