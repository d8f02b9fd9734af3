import { crossValidate } from '../../core/evaluate/cross-validate.js';
import { evaluateModel } from '../../core/evaluate/metric-names.js';
import { shareOfFold } from '../../core/prepare/folds.js';
import type { TrainingData } from '../../core/train/model.js';
import { foldTables } from '../engineering/featured-data.js';
import type { Platform } from '../platform.js';
import { fitAnywhere, type FittingPlace } from '../train.js';
import { TrainingWatch } from '../training-watch.js';
import type { TrialInputs, TrialJob, TrialResult } from '../trial-port.js';

/** Where a trial is made: how nets are trained there, its clock, and whom to tell (0 … 1). */
export interface TrialPlace {
  readonly platform: Pick<Platform, 'nets' | 'now'>;
  readonly signal: AbortSignal;
  breathe(): Promise<void>;
  progress(share: number): void;
}

/** Trains on all training rows, then judges the same settings on the folds. Throws what training and `crossValidate` throw. */
export async function runTrial(inputs: TrialInputs, { settings, share }: TrialJob, place: TrialPlace): Promise<TrialResult> {
  const { kind, seed, data, table, choices, recipe } = inputs;
  const parts = inputs.folds.length + 1;
  let part = 0;
  const here: FittingPlace = { ...place, breathe: () => place.breathe(), progress: ({ done, total }) => place.progress((part + (total > 0 ? done / total : 0)) / parts) };
  const fit = (rows: TrainingData, watch?: TrainingWatch) => fitAnywhere(here, rows, { kind, settings, seed }, watch);
  const watch = new TrainingWatch(here);
  const trained = await fit(data, watch);
  const durationMs = place.platform.now() - watch.started;
  part = 1;
  const folds = inputs.folds.map((fold) => shareOfFold(fold, share, inputs.inTime));
  const onFold = (done: number): void => place.progress((part = 1 + done) / parts);
  const judged = await crossValidate({ table, tableFor: foldTables(table, inputs.features, choices.target), choices, recipe, folds, onFold }, async (rows) => {
    await place.breathe();
    return (await fit(rows)).fitted;
  });
  return { ...trained, durationMs, metrics: evaluateModel(trained.fitted, data.x, data.y), history: watch.history, histograms: watch.histograms, folds: judged.folds, summary: judged.summary };
}
