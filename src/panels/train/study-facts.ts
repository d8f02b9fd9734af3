import { endedTrials, type Study, type Trial } from '../../core/automl/study.js';

/** A trial as tables and charts show it; `at` counts from 1, `soFar` is the best score up to it among trials of the same or a larger share. */
export interface ShownTrial extends Trial {
  readonly at: number;
  readonly soFar: number | null;
}

/** All ended trials in their order with the best score so far; a trial on more rows begins the comparison anew. */
export function shownTrials(study: Study): ShownTrial[] {
  let best: Trial | undefined;
  return endedTrials(study).map(({ at, trial }) => {
    const counts = trial.loss !== null && (best === undefined || trial.resource > best.resource || (trial.resource === best.resource && trial.loss < best.loss!));
    if (counts) best = trial;
    return { ...trial, at: at + 1, soFar: best?.score ?? null };
  });
}
