/** Points of a ROC curve from (0, 0) to (1, 1), one for each distinct score; the first threshold is Infinity. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  readonly thresholds: Float64Array;
}

/** Precision and recall at each distinct score, ascending, and a last point (1, 0) without threshold. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly thresholds: Float64Array;
}

/** One bin of a reliability diagram; empty bins are left out. */
export interface CalibrationBin {
  readonly bin: number;
  readonly count: number;
  readonly meanScore: number;
  readonly fractionPositive: number;
}

interface RankedCounts {
  readonly thresholds: Float64Array;
  /** Weight of positives and of negatives with a score of at least the threshold. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

function countFromTheTop(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): RankedCounts {
  const order = Uint32Array.from({ length: y.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]!);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let positives = 0;
  let negatives = 0;
  order.forEach((row, at) => {
    const weight = weights ? weights[row]! : 1;
    if (y[row] === 1) positives += weight;
    else negatives += weight;
    if (at + 1 < order.length && score[order[at + 1]!] === score[row]) return;
    thresholds.push(score[row]!);
    truePositives.push(positives);
    falsePositives.push(negatives);
  });
  return { thresholds: Float64Array.from(thresholds), truePositives: Float64Array.from(truePositives), falsePositives: Float64Array.from(falsePositives) };
}

/** The ROC curve of class 1; null when only one class occurs. */
export function rocCurve(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): RocCurve | null {
  const { thresholds, truePositives, falsePositives } = countFromTheTop(y, score, weights);
  const positives = truePositives.at(-1) ?? 0;
  const negatives = falsePositives.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) return null;
  return {
    falsePositiveRate: Float64Array.from([0, ...falsePositives.map((count) => count / negatives)]),
    truePositiveRate: Float64Array.from([0, ...truePositives.map((count) => count / positives)]),
    thresholds: Float64Array.from([Infinity, ...thresholds]),
  };
}

/** Area under a curve by trapezoids; x may fall or rise. */
export function areaUnder(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return Math.abs(area);
}

/** The precision-recall curve of class 1; null when it does not occur. */
export function precisionRecallCurve(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): PrecisionRecallCurve | null {
  const { thresholds, truePositives, falsePositives } = countFromTheTop(y, score, weights);
  const positives = truePositives.at(-1) ?? 0;
  if (positives === 0) return null;
  const precision = truePositives.map((count, i) => count / (count + falsePositives[i]!));
  return {
    precision: Float64Array.from([...precision.reverse(), 1]),
    recall: Float64Array.from([...truePositives.map((count) => count / positives).reverse(), 0]),
    thresholds: thresholds.reverse(),
  };
}

/** Σ (recallₙ − recallₙ₋₁)·precisionₙ, without interpolation. */
export function averagePrecision({ precision, recall }: PrecisionRecallCurve): number {
  let sum = 0;
  for (let i = 0; i + 1 < recall.length; i++) sum += (recall[i]! - recall[i + 1]!) * precision[i]!;
  return sum;
}

/** Rows by equal-width bin of the score; bin = min(bins − 1, floor(score·bins)). */
export function calibrationBins(y: ArrayLike<number>, score: ArrayLike<number>, bins = 10): CalibrationBin[] {
  const counts = new Float64Array(bins);
  const scores = new Float64Array(bins);
  const positives = new Float64Array(bins);
  for (let i = 0; i < y.length; i++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(score[i]! * bins)));
    counts[bin]! += 1;
    scores[bin]! += score[i]!;
    positives[bin]! += y[i]!;
  }
  return Array.from(counts, (count, bin) => ({ bin, count, meanScore: scores[bin]! / count, fractionPositive: positives[bin]! / count })).filter(
    ({ count }) => count > 0,
  );
}

/** Expected and greatest gap between score and frequency; null without rows. */
export function calibrationError(bins: readonly CalibrationBin[]): { expected: number; greatest: number } | null {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const gaps = bins.map(({ count, meanScore, fractionPositive }) => ({ share: count / total, gap: Math.abs(meanScore - fractionPositive) }));
  return { expected: gaps.reduce((sum, { share, gap }) => sum + share * gap, 0), greatest: Math.max(...gaps.map(({ gap }) => gap)) };
}
