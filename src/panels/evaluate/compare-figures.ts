import { greaterIsBetter } from '../model-words/metric-words.js';

/** A model's figure beside the baseline's. */
export interface Compared {
  readonly metric: string;
  readonly model: number;
  readonly baseline: number;
  readonly verdict: 'better' | 'worse' | 'same';
  /** Size of the difference as a share of the baseline's; undefined for figures that have no natural zero. */
  readonly share?: number;
  readonly difference: number;
}

/** Errors are compared as shares of the baseline's; scores in [0, 1] and R² by their difference. */
const SHARES = new Set(['rmse', 'mae', 'medianAbsoluteError', 'maxError', 'wape', 'logLoss', 'brier']);

/** Compares `test.*` with `baseline.*` for these metrics; those that a run lacks are left out. */
export function compareFigures(metrics: Readonly<Record<string, number>>, names: readonly string[]): Compared[] {
  return names.flatMap((metric) => {
    const model = metrics[`test.${metric}`];
    const baseline = metrics[`baseline.${metric}`];
    return model === undefined || baseline === undefined ? [] : [compare(metric, model, baseline)];
  });
}

/** Whether a figure on unseen rows is worse than on the training rows by more than a tenth of the latter. */
export function isGap({ metric, model }: Pick<Compared, 'metric' | 'model'>, train: number): boolean {
  const loss = greaterIsBetter(metric) ? train - model : model - train;
  return loss > Math.abs(train) / 10;
}

function compare(metric: string, model: number, baseline: number): Compared {
  const gain = greaterIsBetter(metric) ? model - baseline : baseline - model;
  const tolerance = 1e-9 * Math.max(1, Math.abs(baseline));
  const verdict = gain > tolerance ? 'better' : gain < -tolerance ? 'worse' : 'same';
  const difference = Math.abs(gain);
  return { metric, model, baseline, verdict, difference, ...(SHARES.has(metric) && baseline > 0 ? { share: difference / baseline } : {}) };
}
