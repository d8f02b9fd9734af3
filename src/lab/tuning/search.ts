import { endedTrials, proposeTrial, type Proposal, type Study } from '../../core/automl/study.js';
import type { RunningTrial } from '../trial-port.js';

/** How much of a search is made now. */
export interface SearchLimits {
  /** Trials at once. */
  readonly workers: number;
  /** Trials to begin at most. */
  readonly trials: number;
  /** Wall clock, milliseconds, from which on no trial begins. */
  readonly until?: number;
}

/** Why a search ended: as many trials as wanted or as there are, the time, or the learner's wish. */
export type SearchEnd = 'made' | 'time' | 'paused';

/** A trial that has ended, well or not. */
export interface MadeTrial<T> {
  readonly at: number;
  readonly proposal: Proposal;
  readonly made: T;
}

/** What a search needs of its surroundings. */
export interface SearchPlace<T> {
  readonly signal: AbortSignal;
  readonly pausing?: AbortSignal;
  now(): number;
  /** Makes the trial at a place; rejects only with what ends the search. */
  make(at: number, proposal: Proposal, signal: AbortSignal, progress: (told: { readonly worker: number; readonly share: number }) => void): Promise<T>;
  /** Keeps an ended trial for good and gives the study with it. */
  keep(study: Study, trial: MadeTrial<T>): Promise<Study>;
  tell(running: readonly RunningTrial[], study: Study): void;
}

/**
 * Makes trials, several at once. They begin in their order, and each is what `proposeTrial` says, so that the order in which they end changes
 * nothing. When one fails in a way that ends the search, the others are stopped first.
 */
export async function searchOn<T>(start: Study, limits: SearchLimits, place: SearchPlace<T>): Promise<{ readonly study: Study; readonly end: SearchEnd }> {
  const stop = new AbortController();
  const signal = AbortSignal.any([place.signal, stop.signal]);
  const running = new Map<number, Promise<MadeTrial<T>>>();
  const shown = new Map<number, RunningTrial>();
  const ended = new Set(endedTrials(start).map(({ at }) => at));
  let [study, begun, end] = [start, 0, 'made' as SearchEnd];

  const nextPlace = (): number => {
    for (let at = 0; ; at++) if (!ended.has(at) && !running.has(at)) return at;
  };
  const mayBegin = (): boolean => {
    if (running.size >= limits.workers || begun >= limits.trials) return false;
    if (place.pausing?.aborted) end = 'paused';
    else if (limits.until !== undefined && place.now() >= limits.until) end = 'time';
    return end === 'made';
  };
  const tell = (): void => place.tell([...shown.values()], study);
  const begin = (at: number, proposal: Proposal): void => {
    const first: RunningTrial = { at, ...proposal, worker: 0, share: 0, started: place.now() };
    shown.set(at, first);
    const progress = (told: { readonly worker: number; readonly share: number }): void => {
      shown.set(at, { ...first, ...told });
      tell();
    };
    running.set(at, place.make(at, proposal, signal, progress).then((made) => ({ at, proposal, made })));
    begun++;
  };

  try {
    for (;;) {
      while (mayBegin()) {
        const at = nextPlace();
        const proposal = proposeTrial(study, at);
        if (proposal === undefined || proposal === 'later') break;
        begin(at, proposal);
      }
      tell();
      if (running.size === 0) return { study, end };
      const trial = await Promise.race(running.values());
      running.delete(trial.at);
      shown.delete(trial.at);
      ended.add(trial.at);
      study = await place.keep(study, trial);
    }
  } catch (cause) {
    stop.abort();
    await Promise.allSettled(running.values());
    throw cause;
  }
}
