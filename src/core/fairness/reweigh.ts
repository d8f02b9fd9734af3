import { LabError } from '../lab-error.js';
import { createRandom, permutation } from '../random.js';

/** A group and class with the weight of its rows. */
export interface ReweighedCell {
  readonly group: string;
  readonly label: number;
  readonly rows: number;
  readonly weight: number;
}

export interface Reweighing {
  /** Weight of each row; they add up to the number of rows. */
  readonly weights: Float64Array;
  readonly cells: readonly ReweighedCell[];
}

/**
 * Weights that make class and group independent: P(group)·P(class) / P(group and class) (Kamiran and Calders 2012).
 * Throws `no-rows`, `length-mismatch`.
 */
export function reweigh(y: ArrayLike<number>, groups: readonly string[]): Reweighing {
  const n = y.length;
  if (n === 0) throw new LabError('no-rows');
  if (groups.length !== n) throw new LabError('length-mismatch', { first: n, second: groups.length });
  const byGroup = new Map<string, number>();
  const byLabel = new Map<number, number>();
  const cells = new Map<string, { group: string; label: number; rows: number }>();
  for (let i = 0; i < n; i++) {
    const [group, label] = [groups[i]!, y[i]!];
    byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
    byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
    const cell = cells.get(keyOf(group, label)) ?? { group, label, rows: 0 };
    cell.rows += 1;
    cells.set(keyOf(group, label), cell);
  }
  const weightOf = (group: string, label: number): number => (byGroup.get(group)! * byLabel.get(label)!) / (n * cells.get(keyOf(group, label))!.rows);
  return {
    weights: Float64Array.from({ length: n }, (_, i) => weightOf(groups[i]!, y[i]!)),
    cells: [...cells.values()].map((cell) => ({ ...cell, weight: weightOf(cell.group, cell.label) })),
  };
}

const keyOf = (group: string, label: number): string => `${label} ${group}`;

/**
 * As many row numbers as there are weights, each as often as its weight says (systematic sampling, so that a whole weight is met exactly),
 * for models that take no weights. Throws `no-rows`, `bad-weight` {row}.
 */
export function sampleByWeight(weights: ArrayLike<number>, seed: number): Int32Array {
  const n = weights.length;
  if (n === 0) throw new LabError('no-rows');
  let total = 0;
  for (let row = 0; row < n; row++) {
    if (!(weights[row]! >= 0 && weights[row]! < Infinity)) throw new LabError('bad-weight', { row });
    total += weights[row]!;
  }
  if (total === 0) throw new LabError('bad-weight', { row: 0 });
  const random = createRandom(seed);
  const order = permutation(n, random);
  const drawn: number[] = [];
  let reached = 0;
  let next = random();
  for (const row of order) {
    reached += (weights[row]! * n) / total;
    for (; next < reached && drawn.length < n; next += 1) drawn.push(row);
  }
  // Rounding of the sum can leave the last draw out.
  while (drawn.length < n) drawn.push(order.findLast((row) => weights[row]! > 0)!);
  return Int32Array.from(drawn).sort();
}
