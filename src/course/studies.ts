import type { Study } from '../core/automl/study.js';
import type { RunSummary, Snapshot } from '../lab/views/snapshot.js';

/** What a search must be to be meant; with `target`, one on rows that are prepared for that column now. */
export interface StudyWish {
  readonly model?: string | readonly string[];
  readonly method?: string;
  readonly target?: string;
}

/** The searches that are meant, newest first. */
export function meantStudies(studies: readonly Study[], { runs, prepared }: Snapshot, { model, method, target }: StudyWish): Study[] {
  const isMeant = (study: Study): boolean =>
    (model === undefined || [model].flat().includes(study.model)) &&
    (method === undefined || study.method === method) &&
    (target === undefined || (prepared?.target === target && prepared.digest === study.preparedDigest));
  const age = (study: Study): number => runs.findLastIndex((run) => run.id === study.trials.at(-1)?.run);
  return studies.filter(isMeant).sort((a, b) => age(b) - age(a));
}

/** The runs of a search that were judged on the test rows. */
export function judgedTrials(study: Study, { runs }: Snapshot): RunSummary[] {
  const own = new Set(study.trials.map(({ run }) => run));
  return runs.filter((run) => own.has(run.id) && run.evaluated);
}
