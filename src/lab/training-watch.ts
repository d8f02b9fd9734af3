import type { TrainingProgress } from '../core/train/model.js';
import type { StepHistograms } from '../core/train/tensor-histogram.js';
import type { Platform } from './platform.js';
import type { VerbContext } from './verb.js';

/** Follows one training: keeps its curve with the time of each step, and a net's histograms, and tells how far it is. */
export class TrainingWatch {
  readonly history: TrainingProgress[] = [];
  readonly histograms: StepHistograms[] = [];
  readonly started: number;

  constructor(private readonly context: Pick<VerbContext, 'progress'> & { readonly platform: Pick<Platform, 'now'> }) {
    this.started = context.platform.now();
  }

  report({ histograms, ...progress }: TrainingProgress): void {
    // A report of the same step only says that it is still at work.
    if (this.history.at(-1)?.done !== progress.done) this.history.push({ ...progress, at: this.context.platform.now() - this.started });
    if (histograms) this.histograms.push({ step: progress.done, tensors: histograms });
    this.context.progress({ ...progress, note: 'training' });
  }
}
