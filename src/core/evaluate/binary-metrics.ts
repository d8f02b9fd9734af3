import { LabError } from '../lab-error.js';
import { confusionMatrix, fBeta, labelMetrics, type ConfusionMatrix, type LabelMetrics } from './confusion.js';
import { areaUnder, averagePrecision, calibrationBins, calibrationError, precisionRecallCurve, rocCurve } from './curves.js';
import { checkVectors, ratio } from './inputs.js';

/** How well a score ranks and tells probabilities; null where not defined, such as AUC with one class. */
export interface ScoreMetrics {
  readonly auc: number | null;
  readonly averagePrecision: number | null;
  readonly precisionRecallArea: number | null;
  readonly logLoss: number | null;
  /** Mean of (p − y)². */
  readonly brier: number | null;
  readonly calibrationError: number | null;
  readonly greatestCalibrationGap: number | null;
  /** Largest difference of true and false positive rate. */
  readonly separation: number | null;
}

/** Labels at the threshold; class 1 is the positive one. */
export interface BinaryLabelMetrics extends LabelMetrics {
  readonly confusion: ConfusionMatrix;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f2: number;
  readonly fHalf: number;
  readonly specificity: number | null;
  readonly falsePositiveRate: number | null;
  readonly falseNegativeRate: number | null;
}

export interface BinaryMetrics extends BinaryLabelMetrics, ScoreMetrics {
  readonly rows: number;
  readonly threshold: number;
}

/** Metrics of the probabilities of class 1 and of the labels `score >= threshold`. Throws `length-mismatch`, `not-finite`, `bad-class`. */
export function binaryMetrics(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  options: { threshold?: number; weights?: ArrayLike<number> } = {},
): BinaryMetrics {
  const threshold = options.threshold ?? 0.5;
  checkVectors({ actual: y, predicted: score, weights: options.weights });
  const labels = Uint8Array.from({ length: score.length }, (_, i) => (score[i]! >= threshold ? 1 : 0));
  return { rows: y.length, threshold, ...binaryLabelMetrics(y, labels, options.weights), ...scoreMetrics(y, score, options.weights) };
}

/** Metrics of hard labels 0 and 1. */
export function binaryLabelMetrics(y: ArrayLike<number>, labels: ArrayLike<number>, weights?: ArrayLike<number>): BinaryLabelMetrics {
  checkVectors({ actual: y, predicted: labels, weights });
  refuseOtherClasses(y);
  refuseOtherClasses(labels);
  const confusion = confusionMatrix(y, labels, 2, weights);
  const [trueNegative, falsePositive, falseNegative, truePositive] = confusion.counts as unknown as [number, number, number, number];
  const metrics = labelMetrics(confusion);
  const { precision, recall, f1 } = metrics.perClass[1]!;
  return {
    ...metrics,
    confusion,
    precision,
    recall,
    f1,
    f2: fBeta(precision, recall, 2),
    fHalf: fBeta(precision, recall, 0.5),
    specificity: ratio(trueNegative, trueNegative + falsePositive),
    falsePositiveRate: ratio(falsePositive, trueNegative + falsePositive),
    falseNegativeRate: ratio(falseNegative, falseNegative + truePositive),
  };
}

/** Metrics of scores alone; log loss and Brier score read them as probabilities of class 1. */
export function scoreMetrics(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): ScoreMetrics {
  checkVectors({ actual: y, predicted: score, weights });
  refuseOtherClasses(y);
  const roc = rocCurve(y, score, weights);
  const curve = precisionRecallCurve(y, score, weights);
  const calibration = calibrationError(calibrationBins(y, score));
  return {
    auc: roc && areaUnder(roc.falsePositiveRate, roc.truePositiveRate),
    averagePrecision: curve && averagePrecision(curve),
    precisionRecallArea: curve && areaUnder(curve.recall, curve.precision),
    logLoss: meanOf(y, weights, (i) => pointLogLoss(score[i]!, y[i] === 1)),
    brier: meanOf(y, weights, (i) => (score[i]! - y[i]!) ** 2),
    calibrationError: calibration && calibration.expected,
    greatestCalibrationGap: calibration && calibration.greatest,
    separation: roc && roc.truePositiveRate.reduce((most, rate, i) => Math.max(most, rate - roc.falsePositiveRate[i]!), 0),
  };
}

/** −log of the probability given to what happened, clipped to [ε, 1 − ε]. */
export function pointLogLoss(probability: number, happened: boolean): number {
  const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
  return -Math.log(happened ? p : 1 - p);
}

function meanOf(y: ArrayLike<number>, weights: ArrayLike<number> | undefined, value: (i: number) => number): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * value(i);
    total += weight;
  }
  return ratio(sum, total);
}

function refuseOtherClasses(labels: ArrayLike<number>): void {
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0 && labels[i] !== 1) throw new LabError('bad-class', { value: labels[i]!, classes: 2 });
}
