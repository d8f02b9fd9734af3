import { LabError } from '../lab-error.js';
import { halvingRungs, hyperbandBrackets, promotedTrial, slotsOf, type Slot } from './hyperband.js';
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
}

export interface Trial {
  readonly configuration: Configuration;
  /** Share of the training rows. */
  readonly resource: number;
  /** Of the main metric, less is better; null when the trial failed. */
  readonly loss: number | null;
  readonly score: number | null;
  readonly deviation: number | null;
  readonly milliseconds: number;
  readonly run?: string;
  readonly failure?: string;
}

export interface Study extends StudyPlan {
  readonly version: 1;
  readonly metric: string;
  readonly trials: readonly Trial[];
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

/** The next trial of a study; undefined when it is complete. */
export function nextTrial(study: Study): { readonly configuration: Configuration; readonly resource: number } | undefined {
  const { method, space, seed, steps, trials } = study;
  const at = trials.length;
  if (method === 'tpe') return { configuration: tpeConfiguration(space, trials, seed), resource: 1 };
  if (method === 'random') return { configuration: randomConfiguration(space, seed, at), resource: 1 };
  const slots = scheduleOf(study)!;
  const slot = slots[at];
  if (!slot) return undefined;
  if (method === 'grid') return { configuration: gridConfigurations(space, steps)[at]!, resource: 1 };
  const from = promotedTrial(slots, trials.map(({ loss }) => loss), slot);
  return { configuration: from === undefined ? randomConfiguration(space, seed, at) : trials[from]!.configuration, resource: slot.resource };
}

/** The best trial on all rows, or on the most rows that were tried. */
export function bestTrial({ trials }: Study): Trial | undefined {
  const known = trials.filter(({ loss }) => loss !== null);
  const most = Math.max(...known.map(({ resource }) => resource));
  return known.filter(({ resource }) => resource === most).reduce<Trial | undefined>((best, trial) => (best === undefined || trial.loss! < best.loss! ? trial : best), undefined);
}

/** Throws `study-differs` {name} when a search of that name is of something else. */
export function checkSamePlan(study: StudyPlan, plan: StudyPlan): void {
  const keys = ['model', 'method', 'space', 'steps', 'starts', 'folds', 'seed', 'preparedDigest'] as const;
  if (keys.some((key) => JSON.stringify(study[key]) !== JSON.stringify(plan[key]))) throw new LabError('study-differs', { name: plan.name });
}
