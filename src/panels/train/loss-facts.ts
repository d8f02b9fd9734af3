import type { TrainingProgress } from '../../core/train/model.js';

/** What a loss curve says; `best` is where the loss on the rows held back was least. */
export interface LossFacts {
  readonly steps: number;
  readonly first: number;
  readonly last: number;
  readonly best?: { readonly at: number; readonly loss: number };
  /** The loss on the rows held back ended at least 2 % above its least, after at least a tenth of the steps. */
  readonly rose: boolean;
}

/** Reads a curve; undefined without a point. */
export function lossFacts(history: readonly TrainingProgress[]): LossFacts | undefined {
  const [first, last] = [history[0], history.at(-1)];
  if (!first || !last) return undefined;
  const held = history.filter((point): point is TrainingProgress & { validationLoss: number } => Number.isFinite(point.validationLoss));
  if (held.length === 0) return { steps: last.done, first: first.loss, last: last.loss, rose: false };
  const best = held.reduce((least, point) => (point.validationLoss < least.validationLoss ? point : least));
  const end = held.at(-1)!;
  const rose = end.validationLoss > best.validationLoss * 1.02 && end.done - best.done >= Math.max(1, end.done / 10);
  return { steps: last.done, first: first.loss, last: last.loss, best: { at: best.done, loss: best.validationLoss }, rose };
}
