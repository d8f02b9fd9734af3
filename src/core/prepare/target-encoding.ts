import { LabError } from '../lab-error.js';
import type { Fold } from './folds.js';

/** Mean target of each level, drawn towards the mean of all. */
export interface TargetEncoding {
  readonly levels: Readonly<Record<string, number>>;
  /** For a level that was not seen. */
  readonly unknown: number;
}

/** The m-estimate (Σy + m·mean) / (n + m) of each level (Micci-Barreca 2001). Throws `no-rows`, `length-mismatch`. */
export function fitTargetEncoding(levels: readonly string[], y: ArrayLike<number>, m = 10): TargetEncoding {
  if (levels.length !== y.length) throw new LabError('length-mismatch', { first: levels.length, second: y.length });
  if (levels.length === 0) throw new LabError('no-rows');
  const sums = new Map<string, { sum: number; count: number }>();
  let total = 0;
  levels.forEach((level, i) => {
    const own = sums.get(level) ?? { sum: 0, count: 0 };
    sums.set(level, { sum: own.sum + y[i]!, count: own.count + 1 });
    total += y[i]!;
  });
  const unknown = total / levels.length;
  return { levels: Object.fromEntries([...sums].map(([level, { sum, count }]) => [level, (sum + m * unknown) / (count + m)])), unknown };
}

/** The encoded value of a level. */
export const encodeTarget = (encoding: TargetEncoding, level: string): number => (Object.hasOwn(encoding.levels, level) ? encoding.levels[level]! : encoding.unknown);

/** Training rows encoded by the other folds' targets, so that no row's own target leaks into its input; a row of no fold is NaN. */
export function encodeOutOfFold(levels: readonly string[], y: ArrayLike<number>, folds: readonly Fold[], m = 10): Float64Array {
  const out = new Float64Array(levels.length).fill(NaN);
  for (const { train, test } of folds) {
    const encoding = fitTargetEncoding(Array.from(train, (row) => levels[row]!), Array.from(train, (row) => y[row]!), m);
    for (const row of test) out[row] = encodeTarget(encoding, levels[row]!);
  }
  return out;
}
