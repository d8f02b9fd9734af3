import type { ErrorData } from '../../core/lab-error.js';
import type { TrainingProgress } from '../../core/train/model.js';
import type { BackendName, SkippedBackend } from './backends.js';
import type { NetJob } from './net.js';

/** What a training worker is asked; one question at a time, `cancel` at any time. */
export type TrainRequest =
  | { readonly type: 'survey' }
  | { readonly type: 'trial'; readonly backend: BackendName; readonly job: NetJob }
  | { readonly type: 'train'; readonly backend: BackendName; readonly job: NetJob }
  | { readonly type: 'cancel' };

/** What it answers: any number of `progress`, then one of the others. */
export type TrainReply =
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  | { readonly type: 'surveyed'; readonly found: readonly BackendName[]; readonly skipped: readonly SkippedBackend[] }
  | { readonly type: 'tried'; readonly milliseconds: number }
  | { readonly type: 'trained'; readonly state: object; readonly versions: Readonly<Record<string, string>> }
  | { readonly type: 'failed'; readonly code: string; readonly data: ErrorData };
