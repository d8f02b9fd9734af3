import { createRandom } from '../random.js';
import { digamma } from './digamma.js';

/** Values of one variable: numbers that are measured, or codes of classes. */
export interface Variable {
  readonly discrete: boolean;
  readonly values: ArrayLike<number>;
}

const NEIGHBOURS = 3;

/**
 * Mutual information of two variables in nats, at least 0, as `sklearn.feature_selection.mutual_info_regression` and `…_classif` estimate it:
 * by counts of two discrete ones, by 3 nearest neighbours after Kraskov, Stögbauer and Grassberger (2004) of two measured ones, after
 * Ross (2014) of one and one. Measured values are scaled by their deviation and moved by a hair, from `seed`, so that ties have an order.
 * Values must be finite.
 */
export function mutualInformation(a: Variable, b: Variable, seed = 0): number {
  if (a.discrete && b.discrete) return countedInformation(a.values, b.values);
  const random = createRandom(seed);
  if (!a.discrete && !b.discrete) return measuredInformation(spread(a.values, random), spread(b.values, random));
  const [measured, classes] = a.discrete ? [b.values, a.values] : [a.values, b.values];
  return mixedInformation(spread(measured, random), classes);
}

function spread(values: ArrayLike<number>, random: () => number): Float64Array {
  const n = values.length;
  const x = Float64Array.from(values);
  const mean = x.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n) || 1;
  const scaled = x.map((value) => value / deviation);
  const size = Math.max(1, scaled.reduce((sum, value) => sum + Math.abs(value), 0) / n);
  return scaled.map((value) => value + 1e-10 * size * (random() + random() + random() - 1.5) * 2);
}

function countedInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const [pairs, rows, columns] = [new Map<string, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let i = 0; i < n; i++) {
    add(pairs, `${a[i]} ${b[i]}`);
    add(rows, a[i]!);
    add(columns, b[i]!);
  }
  let sum = 0;
  for (const [pair, count] of pairs) {
    const [row, column] = pair.split(' ').map(Number) as [number, number];
    sum += (count / n) * Math.log((count * n) / (rows.get(row)! * columns.get(column)!));
  }
  return Math.max(0, sum);
}

/** Distance of the k-th smallest of the distances that are given one by one. */
class Nearest {
  private readonly kept: number[];

  constructor(k: number) {
    this.kept = new Array<number>(k).fill(Infinity);
  }

  add(distance: number): void {
    const { kept } = this;
    let at = kept.length - 1;
    if (distance >= kept[at]!) return;
    for (; at > 0 && kept[at - 1]! > distance; at--) kept[at] = kept[at - 1]!;
    kept[at] = distance;
  }

  get last(): number {
    return this.kept.at(-1)!;
  }
}

/** Values in order, for counting neighbours. */
class Ordered {
  readonly sorted: Float64Array;

  constructor(values: Float64Array) {
    this.sorted = values.slice().sort();
  }

  /** How many values lie nearer to the centre than the radius, the centre itself too. */
  countWithin(centre: number, radius: number): number {
    const inside = (value: number): boolean => Math.abs(value - centre) < radius || value === centre;
    return this.firstWhere((value) => value > centre && !inside(value)) - this.firstWhere((value) => value >= centre || inside(value));
  }

  /** First place where a condition holds that goes on to hold. */
  firstWhere(holds: (value: number) => boolean): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.sorted[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function measuredInformation(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const k = Math.min(NEIGHBOURS, n - 1);
  if (k < 1) return 0;
  const [xs, ys] = [new Ordered(x), new Ordered(y)];
  const order = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  let sum = 0;
  order.forEach((i, place) => {
    const radius = nearestRadius(order, place, k, (j) => Math.abs(x[j]! - x[i]!), (j) => Math.abs(y[j]! - y[i]!));
    sum += digamma(xs.countWithin(x[i]!, radius)) + digamma(ys.countWithin(y[i]!, radius));
  });
  return Math.max(0, digamma(n) + digamma(k) - sum / n);
}

/** Distance to the k-th neighbour of the row at `place` by the larger of both distances, looked for outwards in order of the first. */
function nearestRadius(order: readonly number[], place: number, k: number, along: (row: number) => number, across: (row: number) => number): number {
  const nearest = new Nearest(k);
  let [left, right] = [place - 1, place + 1];
  while (left >= 0 || right < order.length) {
    const [before, after] = [left >= 0 ? along(order[left]!) : Infinity, right < order.length ? along(order[right]!) : Infinity];
    if (Math.min(before, after) >= nearest.last) break;
    const row = before <= after ? order[left--]! : order[right++]!;
    nearest.add(Math.max(Math.min(before, after), across(row)));
  }
  return nearest.last;
}

function mixedInformation(x: Float64Array, classes: ArrayLike<number>): number {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < x.length; i++) (groups.get(classes[i]!) ?? groups.set(classes[i]!, []).get(classes[i]!)!).push(i);
  // A class of one row has no neighbour and says nothing.
  const kept = [...groups.values()].filter((group) => group.length > 1);
  const all = new Ordered(Float64Array.from(kept.flat(), (i) => x[i]!));
  const n = all.sorted.length;
  let sum = 0;
  for (const group of kept) {
    const k = Math.min(NEIGHBOURS, group.length - 1);
    group.sort((a, b) => x[a]! - x[b]!);
    group.forEach((i, place) => {
      const radius = nearestRadius(group, place, k, (j) => Math.abs(x[j]! - x[i]!), () => 0);
      sum += digamma(k) - digamma(group.length) - digamma(all.countWithin(x[i]!, radius));
    });
  }
  return n === 0 ? 0 : Math.max(0, digamma(n) + sum / n);
}
