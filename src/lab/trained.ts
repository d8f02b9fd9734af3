import type { RunRecord } from '../core/track/run.js';
import type { FittedModel } from '../core/train/model.js';

/** A fitted model and how it came about. */
export interface Trained {
  readonly fitted: FittedModel;
  readonly backend: string;
  readonly repeatable: boolean;
  readonly trials: RunRecord['trials'];
  readonly skipped: RunRecord['skipped'];
  /** Versions of the libraries that it computed with. */
  readonly versions?: Readonly<Record<string, string>>;
}
