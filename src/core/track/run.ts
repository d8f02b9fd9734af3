import type { ErrorData } from '../lab-error.js';
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
  /** How a training ended that gave no model; absent for one that did. */
  readonly status?: 'FAILED' | 'KILLED';
  /** Why it failed. */
  readonly failure?: { readonly code: string; readonly data: ErrorData };
  /** What the learner noted; `mlflow.note.content` holds the note, as Markdown. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What it ran on, such as the browser and the versions of libraries. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Threshold on the probability of class 1 at which the evaluation was made. */
  readonly threshold?: number;
}

/** The tag in which MLflow keeps a run's note. */
export const NOTE_TAG = 'mlflow.note.content';

/** The tag that names the run which was trained again. */
export const RERUN_TAG = 'looplab.rerunOf';

/** The status as MLflow names it. */
export const statusOf = ({ status }: Pick<RunRecord, 'status'>): 'FINISHED' | 'FAILED' | 'KILLED' => status ?? 'FINISHED';

/** Wall clock of each point of the curve, milliseconds: as it was taken, or spread evenly for runs that were only timed as a whole. */
export function curveTimes({ history, started, durationMs }: Pick<RunRecord, 'history' | 'started' | 'durationMs'>): number[] {
  return history.map(({ at }, index) => Math.round(started + (at ?? (durationMs * (index + 1)) / history.length)));
}
