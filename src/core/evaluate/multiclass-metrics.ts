import { LabError } from '../lab-error.js';
import { confusionMatrix, labelMetrics, type ConfusionMatrix, type LabelMetrics } from './confusion.js';
import { areaUnder, calibrationBins, calibrationError, rocCurve } from './curves.js';
import { checkVectors } from './inputs.js';

/** Metrics of n × k probabilities; null where not defined (a class that never occurs has no AUC). */
export interface ProbabilityMetrics {
  readonly logLoss: number | null;
  /** Mean over rows of Σₖ (pₖ − 1[y = k])². */
  readonly brier: number | null;
  readonly aucOneVsRest: number | null;
  readonly aucOneVsRestWeighted: number | null;
  readonly aucOneVsOne: number | null;
  readonly aucOneVsOneWeighted: number | null;
  readonly top2Accuracy: number | null;
  readonly calibrationError: number | null;
  readonly greatestCalibrationGap: number | null;
}

export interface MulticlassMetrics extends LabelMetrics, ProbabilityMetrics {
  readonly rows: number;
  readonly confusion: ConfusionMatrix;
}

/** Metrics of class codes 0 … classes−1 against n × classes probabilities, row by row. Throws `length-mismatch`, `not-finite`, `bad-class`. */
export function multiclassMetrics(y: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): MulticlassMetrics {
  if (probabilities.length !== y.length * classes) throw new LabError('length-mismatch', { first: y.length * classes, second: probabilities.length });
  checkVectors({ predicted: probabilities });
  const labels = multiclassLabelMetrics(y, mostLikely(probabilities, classes), classes);
  return { rows: y.length, ...labels, ...probabilityMetrics(y, probabilities, classes) };
}

/** Metrics of hard class codes. */
export function multiclassLabelMetrics(
  y: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): LabelMetrics & { readonly confusion: ConfusionMatrix } {
  checkVectors({ actual: y, predicted: labels });
  for (const codes of [y, labels]) refuseOtherClasses(codes, classes);
  const confusion = confusionMatrix(y, labels, classes);
  return { ...labelMetrics(confusion), confusion };
}

/** The most likely class of each row, the first on ties. */
export function mostLikely(probabilities: ArrayLike<number>, classes: number): Uint32Array {
  return Uint32Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k;
    return best;
  });
}

function probabilityMetrics(y: ArrayLike<number>, p: ArrayLike<number>, classes: number): ProbabilityMetrics {
  const rows = Array.from({ length: y.length }, (_, i) => i);
  const mean = (value: (row: number) => number): number | null => (rows.length > 0 ? rows.reduce((sum, row) => sum + value(row), 0) / rows.length : null);
  const calibration = confidenceCalibration(y, p, classes);
  return {
    logLoss: mean((row) => rowLogLoss(y[row]!, p, row, classes)),
    brier: mean((row) => rowBrier(y[row]!, p, row, classes)),
    ...oneVersusRest(y, p, classes),
    ...oneVersusOne(y, p, classes),
    top2Accuracy: mean((row) => (isAmongTop(y[row]!, p, row, classes, 2) ? 1 : 0)),
    calibrationError: calibration && calibration.expected,
    greatestCalibrationGap: calibration && calibration.greatest,
  };
}

/** Clipped to [ε, 1 − ε] and made to sum to 1, as scikit-learn does. */
function rowLogLoss(actual: number, p: ArrayLike<number>, row: number, classes: number): number {
  const clip = (value: number): number => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, value));
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += clip(p[row * classes + k]!);
  return -Math.log(clip(p[row * classes + actual]!) / sum);
}

function rowBrier(actual: number, p: ArrayLike<number>, row: number, classes: number): number {
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += (p[row * classes + k]! - (k === actual ? 1 : 0)) ** 2;
  return sum;
}

/** Of equal probabilities the later class ranks higher, as scikit-learn's sort has it. */
function isAmongTop(actual: number, p: ArrayLike<number>, row: number, classes: number, top: number): boolean {
  const own = p[row * classes + actual]!;
  let above = 0;
  for (let k = 0; k < classes; k++) {
    const other = p[row * classes + k]!;
    if (other > own || (other === own && k > actual)) above += 1;
  }
  return above < top;
}

function confidenceCalibration(y: ArrayLike<number>, p: ArrayLike<number>, classes: number): { expected: number; greatest: number } | null {
  const labels = mostLikely(p, classes);
  const right = Array.from(labels, (label, row) => (label === y[row] ? 1 : 0));
  return calibrationError(calibrationBins(right, Array.from(labels, (label, row) => p[row * classes + label]!)));
}

function oneVersusRest(y: ArrayLike<number>, p: ArrayLike<number>, classes: number): Pick<ProbabilityMetrics, 'aucOneVsRest' | 'aucOneVsRestWeighted'> {
  const areas = Array.from({ length: classes }, (_, k) => {
    const own = Array.from(y, (code) => (code === k ? 1 : 0));
    return { area: rankArea(own, Array.from(y, (_, row) => p[row * classes + k]!)), weight: own.reduce((a: number, b) => a + b, 0) };
  });
  return { aucOneVsRest: averageArea(areas, false), aucOneVsRestWeighted: averageArea(areas, true) };
}

/** Mean over pairs of classes of both directions' AUC (Hand and Till 2001), plain and weighted by the pair's share. */
function oneVersusOne(y: ArrayLike<number>, p: ArrayLike<number>, classes: number): Pick<ProbabilityMetrics, 'aucOneVsOne' | 'aucOneVsOneWeighted'> {
  const areas: { area: number | null; weight: number }[] = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const rows = Array.from({ length: y.length }, (_, row) => row).filter((row) => y[row] === a || y[row] === b);
      const forA = rankArea(rows.map((row) => (y[row] === a ? 1 : 0)), rows.map((row) => p[row * classes + a]!));
      const forB = rankArea(rows.map((row) => (y[row] === b ? 1 : 0)), rows.map((row) => p[row * classes + b]!));
      areas.push({ area: forA === null || forB === null ? null : (forA + forB) / 2, weight: rows.length });
    }
  }
  return { aucOneVsOne: averageArea(areas, false), aucOneVsOneWeighted: averageArea(areas, true) };
}

function averageArea(areas: readonly { area: number | null; weight: number }[], weighted: boolean): number | null {
  let sum = 0;
  let total = 0;
  for (const { area, weight } of areas) {
    if (area === null) return null;
    sum += area * (weighted ? weight : 1);
    total += weighted ? weight : 1;
  }
  return total > 0 ? sum / total : null;
}

function rankArea(y: readonly number[], score: readonly number[]): number | null {
  const roc = rocCurve(y, score);
  return roc && areaUnder(roc.falsePositiveRate, roc.truePositiveRate);
}

function refuseOtherClasses(codes: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (!Number.isInteger(code) || code < 0 || code >= classes) throw new LabError('bad-class', { value: code, classes });
  }
}
