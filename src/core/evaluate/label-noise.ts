import { LabError } from '../lab-error.js';
import { medianOf } from '../prepare/imputers.js';
import { checkVectors } from './inputs.js';

/** A row whose label a model that never saw it doubts. */
export interface LabelSuspect {
  readonly row: number;
  readonly given: number;
  readonly suggested: number;
  /** Probability of the given label. */
  readonly selfConfidence: number;
  /** Probability of the suggested label minus that of the given one. */
  readonly margin: number;
}

export interface LabelNoise {
  /** Most doubtful first. */
  readonly suspects: readonly LabelSuspect[];
  /** Rows by given label (row) and confidently suggested label (column), row by row. */
  readonly counts: Float64Array;
  /** Share of the confidently judged rows whose label is doubted; null without any. */
  readonly estimatedShare: number | null;
}

/**
 * Confident learning (Northcutt, Jiang and Chuang 2021) on class codes and n × classes out-of-fold probabilities: a row counts for the
 * most likely of the classes whose probability reaches that class's mean among its own rows. Throws `length-mismatch`, `not-finite`, `bad-class`.
 */
export function findLabelNoise(y: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): LabelNoise {
  if (probabilities.length !== y.length * classes) throw new LabError('length-mismatch', { first: y.length * classes, second: probabilities.length });
  checkVectors({ predicted: probabilities });
  const thresholds = meanSelfConfidence(y, probabilities, classes);
  const counts = new Float64Array(classes * classes);
  const suspects: LabelSuspect[] = [];
  for (let row = 0; row < y.length; row++) {
    const given = y[row]!;
    const suggested = confidentClass(probabilities, row * classes, thresholds);
    if (suggested === undefined) continue;
    counts[given * classes + suggested]! += 1;
    if (suggested === given) continue;
    const selfConfidence = probabilities[row * classes + given]!;
    suspects.push({ row, given, suggested, selfConfidence, margin: probabilities[row * classes + suggested]! - selfConfidence });
  }
  suspects.sort((a, b) => b.margin - a.margin || a.row - b.row);
  const judged = counts.reduce((sum, count) => sum + count, 0);
  return { suspects, counts, estimatedShare: judged > 0 ? suspects.length / judged : null };
}

function meanSelfConfidence(y: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let row = 0; row < y.length; row++) {
    const label = y[row]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw new LabError('bad-class', { value: label, classes });
    sums[label]! += probabilities[row * classes + label]!;
    counts[label]! += 1;
  }
  // A class without rows can never be suggested.
  return sums.map((sum, label) => (counts[label]! > 0 ? sum / counts[label]! : Infinity));
}

function confidentClass(probabilities: ArrayLike<number>, at: number, thresholds: Float64Array): number | undefined {
  let best: number | undefined;
  thresholds.forEach((threshold, label) => {
    const p = probabilities[at + label]!;
    if (p >= threshold && (best === undefined || p > probabilities[at + best]!)) best = label;
  });
  return best;
}

/** A row whose number is far from what was predicted for it. */
export interface TargetSuspect {
  readonly row: number;
  /** 0.6745·(residual − median) / MAD. */
  readonly score: number;
}

/** Rows whose residual has a modified z-score above `limit` (Iglewicz and Hoaglin 1993), worst first; none when most residuals are equal. */
export function findTargetNoise(y: ArrayLike<number>, predicted: ArrayLike<number>, limit = 3.5): TargetSuspect[] {
  checkVectors({ actual: y, predicted });
  const residuals = Float64Array.from({ length: y.length }, (_, i) => y[i]! - predicted[i]!);
  const centre = medianOf(residuals);
  const spread = medianOf(residuals.map((value) => Math.abs(value - centre)));
  if (!(spread > 0)) return [];
  const scored = Array.from(residuals, (value, row) => ({ row, score: (0.6745 * (value - centre)) / spread }));
  return scored.filter(({ score }) => Math.abs(score) > limit).sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || a.row - b.row);
}
