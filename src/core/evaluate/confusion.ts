/** Counts (or weights) by actual class (row) and predicted class (column), row by row. */
export interface ConfusionMatrix {
  readonly classes: number;
  readonly counts: Float64Array;
}

export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** What a confusion matrix says; 0/0 is 0 for precision, recall, F and MCC, and null for kappa. */
export interface LabelMetrics {
  readonly accuracy: number | null;
  /** Mean recall of the classes that occur. */
  readonly balancedAccuracy: number | null;
  readonly perClass: readonly ClassMetrics[];
  readonly macro: Omit<ClassMetrics, 'support'>;
  readonly weighted: Omit<ClassMetrics, 'support'>;
  readonly mcc: number | null;
  readonly kappa: number | null;
  /** Cohen's kappa with squared distance between class codes as weight. */
  readonly quadraticKappa: number | null;
}

/** Counts pairs of class codes 0 … classes-1. */
export function confusionMatrix(y: ArrayLike<number>, predicted: ArrayLike<number>, classes: number, weights?: ArrayLike<number>): ConfusionMatrix {
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < y.length; i++) counts[y[i]! * classes + predicted[i]!]! += weights ? weights[i]! : 1;
  return { classes, counts };
}

/** Metrics of hard labels, as scikit-learn's with `zero_division=0`. */
export function labelMetrics(matrix: ConfusionMatrix): LabelMetrics {
  const { classes, counts } = matrix;
  const { actual, predicted, total, hits } = margins(matrix);
  const perClass = Array.from({ length: classes }, (_, k) => classMetrics(counts[k * classes + k]!, predicted[k]!, actual[k]!));
  const present = perClass.filter((metrics) => metrics.support > 0);
  return {
    accuracy: total > 0 ? hits / total : null,
    balancedAccuracy: total > 0 ? present.reduce((sum, metrics) => sum + metrics.recall, 0) / present.length : null,
    perClass,
    macro: averageOf(perClass, () => 1),
    weighted: averageOf(perClass, (metrics) => metrics.support),
    mcc: total > 0 ? matthews(matrix) : null,
    kappa: kappa(matrix, (i, j) => (i === j ? 0 : 1)),
    quadraticKappa: kappa(matrix, (i, j) => (i - j) ** 2),
  };
}

/** (1 + β²)·precision·recall / (β²·precision + recall), 0 when both are 0. */
export function fBeta(precision: number, recall: number, beta: number): number {
  const bottom = beta * beta * precision + recall;
  return bottom === 0 ? 0 : ((1 + beta * beta) * precision * recall) / bottom;
}

function margins({ classes, counts }: ConfusionMatrix): { actual: Float64Array; predicted: Float64Array; total: number; hits: number } {
  const actual = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let total = 0;
  let hits = 0;
  counts.forEach((count, at) => {
    const row = Math.floor(at / classes);
    actual[row]! += count;
    predicted[at % classes]! += count;
    total += count;
    if (row === at % classes) hits += count;
  });
  return { actual, predicted, total, hits };
}

function classMetrics(hit: number, predicted: number, support: number): ClassMetrics {
  const precision = predicted > 0 ? hit / predicted : 0;
  const recall = support > 0 ? hit / support : 0;
  return { precision, recall, f1: fBeta(precision, recall, 1), support };
}

function averageOf(perClass: readonly ClassMetrics[], weight: (metrics: ClassMetrics) => number): Omit<ClassMetrics, 'support'> {
  const total = perClass.reduce((sum, metrics) => sum + weight(metrics), 0);
  const mean = (key: 'precision' | 'recall' | 'f1'): number =>
    total > 0 ? perClass.reduce((sum, metrics) => sum + weight(metrics) * metrics[key], 0) / total : 0;
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

/** Matthews correlation for any number of classes (Gorodkin 2004). */
function matthews(matrix: ConfusionMatrix): number {
  const { actual, predicted, total, hits } = margins(matrix);
  let both = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < matrix.classes; k++) {
    both += actual[k]! * predicted[k]!;
    actualSquares += actual[k]! ** 2;
    predictedSquares += predicted[k]! ** 2;
  }
  const bottom = (total * total - actualSquares) * (total * total - predictedSquares);
  return bottom > 0 ? (hits * total - both) / Math.sqrt(bottom) : 0;
}

function kappa(matrix: ConfusionMatrix, weight: (i: number, j: number) => number): number | null {
  const { classes, counts } = matrix;
  const { actual, predicted, total } = margins(matrix);
  let seen = 0;
  let expected = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      seen += weight(i, j) * counts[i * classes + j]!;
      expected += (weight(i, j) * actual[i]! * predicted[j]!) / total;
    }
  }
  return expected > 0 ? 1 - seen / expected : null;
}
