import { LabError } from '../lab-error.js';
import { halvingRungs, hyperbandBrackets, promotedTrial, slotsBefore, slotsOf, type Slot } from './hyperband.js';
import { gridConfigurations, randomConfiguration, tpeConfiguration } from './samplers.js';
import type { Configuration, Dimension } from './search-space.js';

export const SEARCH_METHODS = ['random', 'grid', 'tpe', 'halving', 'hyperband'] as const;
export type SearchMethod = (typeof SEARCH_METHODS)[number];

/** What a search is; trials follow from it and from each other, so a search goes on wherever it stopped. */
export interface StudyPlan {
  readonly name: string;
  readonly model: string;
  readonly method: SearchMethod;
  readonly space: readonly Dimension[];
  /** Values of each range, for a grid. */
  readonly steps: number;
  /** Configurations that successive halving starts with. */
  readonly starts: number;
  readonly folds: number;
  readonly seed: number;
  /** Rows that all trials learn from. */
  readonly preparedDigest: string;
  /** TPE chooses a trial from those that lie at least so many before it, so that this many can run at once and always come out alike; 1 when left out. */
  readonly width?: number;
  /** What halving and Hyperband give to a trial more or less of; rows when left out. */
  readonly budget?: 'rows' | 'epochs';
}

export interface Trial {
  readonly configuration: Configuration;
  /** Share of the training rows, or of a net's epochs. */
  readonly resource: number;
  /** Of the main metric, less is better; null when the trial failed. */
  readonly loss: number | null;
  readonly score: number | null;
  readonly deviation: number | null;
  readonly milliseconds: number;
  readonly run?: string;
  readonly failure?: string;
  /** What the failure itself said. */
  readonly reason?: string;
}

/** A trial with its place in the search, from 0. */
export interface PlacedTrial {
  readonly at: number;
  readonly trial: Trial;
}

export interface Study extends StudyPlan {
  readonly version: 1;
  readonly metric: string;
  /** In their order, without a gap. */
  readonly trials: readonly Trial[];
  /** Trials that ended while one before them was still running. */
  readonly ahead?: readonly PlacedTrial[];
  /** Wall clock of the last trial's end, milliseconds. */
  readonly updated?: number;
}

/** Trials keep a third of the configurations and get three times as many rows. */
const ETA = 3;

/** The trials of a study that has an end; undefined for one that can go on for ever. */
function scheduleOf({ method, starts, space, steps }: StudyPlan): readonly Slot[] | undefined {
  if (method === 'grid') return gridConfigurations(space, steps).map((_, place) => ({ bracket: 0, rung: 0, place, resource: 1 }));
  const rounds = Math.floor(Math.log(starts) / Math.log(ETA) + 1e-9);
  if (method === 'halving') return slotsOf([halvingRungs(starts, ETA ** -rounds, ETA)]);
  return method === 'hyperband' ? slotsOf(hyperbandBrackets(rounds + 1, ETA)) : undefined;
}

/** How many trials a study has in all; Infinity when it has no end. */
export const trialsOf = (plan: StudyPlan): number => scheduleOf(plan)?.length ?? Infinity;

/** All trials that have ended, in their order. */
export const endedTrials = ({ trials, ahead = [] }: Study): PlacedTrial[] => [...trials.map((trial, at) => ({ at, trial })), ...ahead];

/** The study with one more ended trial; those that no longer wait for another join the row. */
export function withTrial(study: Study, at: number, trial: Trial, updated: number): Study {
  const { ahead: before = [], ...rest } = study;
  const trials = [...study.trials];
  let ahead = [...before, { at, trial }].sort((a, b) => a.at - b.at);
  while (ahead[0]?.at === trials.length) {
    trials.push(ahead[0].trial);
    ahead = ahead.slice(1);
  }
  return { ...rest, trials, ...(ahead.length > 0 ? { ahead } : {}), updated };
}

/** What a trial tries, and on which share of rows or epochs. */
export type Proposal = Pick<Trial, 'configuration' | 'resource'>;

/** What the trial at a place tries: the same whichever trials ended first. `later` when results are missing that it depends on; undefined beyond the end. */
export function proposeTrial(study: Study, at: number): Proposal | 'later' | undefined {
  const { method, space, seed, steps, trials, width = 1 } = study;
  if (method === 'random') return { configuration: randomConfiguration(space, seed, at), resource: 1 };
  if (method === 'tpe') {
    const known = Math.max(0, at - width + 1);
    return trials.length < known ? 'later' : { configuration: tpeConfiguration(space, trials.slice(0, known), seed, at), resource: 1 };
  }
  const slots = scheduleOf(study)!;
  const slot = slots[at];
  if (!slot) return undefined;
  if (method === 'grid') return { configuration: gridConfigurations(space, steps)[at]!, resource: 1 };
  const ended = new Map(endedTrials(study).map((one) => [one.at, one.trial]));
  if (slotsBefore(slots, slot).some((before) => !ended.has(before))) return 'later';
  const from = promotedTrial(slots, slots.map((_, index) => ended.get(index)?.loss ?? null), slot);
  return { configuration: from === undefined ? randomConfiguration(space, seed, at) : ended.get(from)!.configuration, resource: slot.resource };
}

/** The best trial on all rows or epochs, or on the most that were tried. */
export function bestTrial(study: Study): Trial | undefined {
  const known = endedTrials(study).flatMap(({ trial }) => (trial.loss === null ? [] : [trial]));
  const most = Math.max(...known.map(({ resource }) => resource));
  return known.filter(({ resource }) => resource === most).reduce<Trial | undefined>((best, trial) => (best === undefined || trial.loss! < best.loss! ? trial : best), undefined);
}

/** Throws `study-differs` {name} when a search of that name is of something else. */
export function checkSamePlan(study: StudyPlan, plan: StudyPlan): void {
  const keys = ['model', 'method', 'space', 'steps', 'starts', 'folds', 'seed', 'preparedDigest'] as const;
  if (keys.some((key) => JSON.stringify(study[key]) !== JSON.stringify(plan[key]))) throw new LabError('study-differs', { name: plan.name });
}
