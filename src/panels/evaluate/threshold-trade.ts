/** Rows by truth and alarm at one threshold, and what follows from them; 0/0 is 0. */
export interface Trade {
  readonly threshold: number;
  readonly found: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly quiet: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

function tradeOf(threshold: number, found: number, positives: number, falseAlarms: number, negatives: number): Trade {
  const precision = share(found, found + falseAlarms);
  const recall = share(found, positives);
  return { threshold, found, missed: positives - found, falseAlarms, quiet: negatives - falseAlarms, precision, recall, f1: share(2 * precision * recall, precision + recall) };
}

/** The trade at a threshold: a row is an alarm when its score is at least the threshold. */
export function tradeAt(actual: readonly number[], scores: readonly number[], threshold: number): Trade {
  let [found, positives, falseAlarms] = [0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const alarm = scores[i]! >= threshold;
    if (actual[i] === 1) {
      positives++;
      if (alarm) found++;
    } else if (alarm) falseAlarms++;
  }
  return tradeOf(threshold, found, positives, falseAlarms, actual.length - positives);
}

/** The trade at `steps` + 1 thresholds from 0 to 1, from one sorted pass. */
export function tradeCurve(actual: readonly number[], scores: readonly number[], steps = 100): Trade[] {
  const order = Uint32Array.from(actual.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const positives = actual.reduce((sum, y) => sum + Number(y === 1), 0);
  const curve: Trade[] = [];
  let [at, found, falseAlarms] = [0, 0, 0];
  for (let step = steps; step >= 0; step--) {
    const threshold = step / steps;
    for (; at < order.length && scores[order[at]!]! >= threshold; at++) {
      if (actual[order[at]!] === 1) found++;
      else falseAlarms++;
    }
    curve.unshift(tradeOf(threshold, found, positives, falseAlarms, actual.length - positives));
  }
  return curve;
}

/** The commonest mistake of a confusion matrix [actual][predicted]; undefined when there is none. */
export function commonestMistake(confusion: readonly (readonly number[])[]): { readonly actual: number; readonly predicted: number; readonly count: number } | undefined {
  const mistakes = confusion.flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })).filter((cell) => cell.actual !== cell.predicted && cell.count > 0));
  return mistakes.reduce<(typeof mistakes)[number] | undefined>((most, cell) => (most === undefined || cell.count > most.count ? cell : most), undefined);
}

/** At most `limit` points of a curve, evenly spread, both ends kept. */
export function thinCurve<T>(points: readonly T[], limit = 400): readonly T[] {
  if (points.length <= limit) return points;
  return Array.from({ length: limit }, (_, i) => points[Math.round((i * (points.length - 1)) / (limit - 1))]!);
}
