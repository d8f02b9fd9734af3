import type { Task } from '../prepare/recipe.js';
import type { TrainingProgress } from '../train/model.js';
import type { TrainingConcern } from '../train/training-data.js';

/** A training run as it is kept: what went in, what came out, and how long it took. */
export interface RunRecord {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly task: Task;
  /** Wall clock, milliseconds. */
  readonly started: number;
  readonly durationMs: number;
  /** Commit of the project when the run started. */
  readonly commit?: string;
  readonly dataDigest: string;
  readonly preparedDigest: string;
  readonly modelDigest: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly backend: string;
  readonly repeatable: boolean;
  readonly trials: readonly { readonly backend: string; readonly milliseconds: number }[];
  /** Backends that were not used, and why. */
  readonly skipped: readonly { readonly backend: string; readonly reason: string; readonly detail?: string }[];
  /** What is doubtful about the training rows, such as a constant column. */
  readonly concerns: readonly TrainingConcern[];
  readonly history: readonly TrainingProgress[];
  readonly evaluated: boolean;
  /** Threshold on the probability of class 1 at which the evaluation was made. */
  readonly threshold?: number;
}
