import type { Configuration } from '../core/automl/search-space.js';
import type { FoldScore } from '../core/evaluate/cross-validate.js';
import type { ScoreSpread } from '../core/evaluate/intervals.js';
import type { FeatureStep } from '../core/features/feature-step.js';
import type { Fold } from '../core/prepare/folds.js';
import type { PrepareChoices, Recipe } from '../core/prepare/recipe.js';
import type { Table } from '../core/table/table.js';
import type { RunRecord } from '../core/track/run.js';
import type { HyperparameterValues, TrainingData } from '../core/train/model.js';
import type { StepHistograms } from '../core/train/tensor-histogram.js';
import type { Trained } from './trained.js';

/** What all trials of a search share; plain data, so that it can cross to a worker once. */
export interface TrialInputs {
  readonly kind: string;
  readonly seed: number;
  /** All training rows. */
  readonly data: TrainingData;
  /** The cleaned rows and their folds, on which a trial is judged. */
  readonly table: Table;
  readonly choices: PrepareChoices;
  readonly recipe: Recipe;
  readonly features: readonly FeatureStep[];
  readonly folds: readonly Fold[];
  /** The folds are in order of time. */
  readonly inTime: boolean;
}

/** One trial: settings to train with, and the share of each fold's training rows that is learned from. */
export interface TrialJob {
  readonly settings: HyperparameterValues;
  readonly share: number;
}

/** What a trial gives: the model of all training rows with its curve, and the scores on the folds. */
export interface TrialResult extends Trained {
  readonly history: RunRecord['history'];
  readonly histograms: readonly StepHistograms[];
  /** Of the model of all rows, in milliseconds. */
  readonly durationMs: number;
  /** On the rows it learned from. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly folds: readonly FoldScore[];
  readonly summary: Readonly<Record<string, ScoreSpread>>;
}

/** How a trial is followed and stopped. `worker` counts from 1; `share` is the part of the trial that is done, 0 … 1. */
export interface TrialHooks {
  readonly signal: AbortSignal;
  progress(told: { readonly worker: number; readonly share: number }): void;
}

/** Workers that make the trials of one search. */
export interface TrialPool {
  /**
   * Makes a trial in a free worker; never more at once than the pool's width. Throws what the training throws, `cancelled`, and `trial-died`
   * {message} when the worker ended on the way; the next trial then gets a new one.
   */
  run(job: TrialJob, hooks: TrialHooks): Promise<TrialResult>;
  /** Ends all workers. */
  close(): void;
}

/** How many trials at once suit a machine: one core is left to the page and the engine, and more than four would each need memory for the rows. */
export const suitableWidth = (cores = 2): number => Math.max(1, Math.min(4, cores - 1));

/** Where trials are made. */
export interface TrialRunner {
  /** How many at once suit this machine. */
  readonly width: number;
  open(inputs: TrialInputs, width: number): TrialPool;
}

/** A trial under way, as the board shows it. */
export interface RunningTrial {
  readonly at: number;
  readonly worker: number;
  readonly share: number;
  readonly configuration: Configuration;
  readonly resource: number;
  /** Wall clock, milliseconds. */
  readonly started: number;
}

/** How a search stands while it runs; what has ended is in its file. */
export interface SearchState {
  readonly name: string;
  readonly ended: number;
  readonly running: readonly RunningTrial[];
}
