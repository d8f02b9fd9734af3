import type { ErrorData } from '../../core/lab-error.js';
import type { TrialInputs, TrialJob, TrialResult } from '../../lab/trial-port.js';

/** What a trial worker is told: the search's inputs once, then one trial after the other. */
export type TrialRequest = { readonly type: 'load'; readonly inputs: TrialInputs } | { readonly type: 'run'; readonly job: TrialJob };

/** What it answers: `ready` once, and for each trial any number of `progress` and one of the others. */
export type TrialReply =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'made'; readonly result: TrialResult }
  | { readonly type: 'failed'; readonly code: string; readonly data: ErrorData };
