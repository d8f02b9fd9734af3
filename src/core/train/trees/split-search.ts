import { log } from '../exact-math.js';
import type { RankedColumns } from './ranked-columns.js';
import { sortKeys } from './sort-keys.js';

/** What a split is judged by: `squared` also serves two classes with Gini impurity, which is twice the variance of 0 and 1. */
export type Criterion = 'squared' | 'gini' | 'entropy';

/** The rows of a node side by side: targets (numbers or class codes) and weights. */
export interface NodeRows {
  readonly rows: Int32Array;
  start: number;
  count: number;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  /** Sum of weights; of weighted targets, or by class. */
  weight: number;
  sum: number;
  readonly classSums: Float64Array;
}

/** The best split so far: ranks up to `code` go left, the next rank that occurs is `next`. */
export interface FoundSplit {
  score: number;
  column: number;
  code: number;
  next: number;
}

/** Searches a node's columns for the exact best split, by sums over ranks or, in a small node, by sorting. */
export class SplitSearch {
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #keys: Uint32Array;
  /** n² or n·log n: what a class of n rows adds to a side. */
  readonly #part: Float64Array | undefined;

  constructor(
    readonly x: RankedColumns,
    readonly criterion: Criterion,
    readonly classes: number,
    readonly minLeaf: number,
    totalWeight: number,
  ) {
    const most = x.lowest.reduce((sum, values) => Math.max(sum, values.length), 0);
    this.#sums = new Float64Array(criterion === 'squared' ? most : most * classes);
    this.#weights = new Float64Array(most);
    this.#left = new Float64Array(classes);
    this.#right = new Float64Array(classes);
    this.#keys = new Uint32Array(Math.min(x.rows, 65_536));
    if (criterion === 'entropy') this.#part = Float64Array.from({ length: totalWeight + 1 }, (_, n) => (n > 0 ? n * log(n) : 0));
  }

  /** The score of a node that is not split; a split's score minus it is what the split gains. */
  scoreOf({ weight, sum, classSums }: NodeRows): number {
    if (this.criterion === 'squared') return (sum * sum) / weight;
    const part = this.#part;
    let total = 0;
    for (let k = 0; k < classSums.length; k++) total += part ? part[classSums[k]!]! : classSums[k]! ** 2;
    return part ? total - part[weight]! : total / weight;
  }

  /** Betters `best` by the column's splits; gives whether its values differ within the node. */
  searchColumn(column: number, node: NodeRows, best: FoundSplit): boolean {
    const ranks = this.x.lowest[column]!.length;
    if (ranks < 2) return false;
    if (this.criterion === 'squared') return ranks <= node.count || node.count > 65_536 ? this.#sumRanks(column, ranks, node, best) : this.#sortRanks(column, node, best);
    return ranks * this.classes <= 4 * node.count || node.count > 65_536 ? this.#countRanks(column, ranks, node, best) : this.#sortClasses(column, node, best);
  }

  #sumRanks(column: number, ranks: number, { rows, start, count, targets, weights, weight, sum }: NodeRows, best: FoundSplit): boolean {
    const { codes } = this.x;
    const base = column * this.x.rows;
    const sums = this.#sums;
    const counts = this.#weights;
    for (let i = 0; i < count; i++) {
      const code = codes[base + rows[start + i]!]!;
      sums[code]! += weights[i]! * targets[i]!;
      counts[code]! += weights[i]!;
    }
    let wl = 0;
    let sl = 0;
    let last = -1;
    let differs = false;
    for (let code = 0; code < ranks; code++) {
      const added = counts[code]!;
      if (added === 0) continue;
      if (last >= 0) {
        differs = true;
        this.#judgeSums(column, last, code, sl, wl, sum, weight, best);
      }
      wl += added;
      sl += sums[code]!;
      sums[code] = 0;
      counts[code] = 0;
      last = code;
      if (wl === weight) break;
    }
    return differs;
  }

  #sortRanks(column: number, node: NodeRows, best: FoundSplit): boolean {
    const keys = this.#sortedKeys(column, node);
    const { count, targets, weights, weight, sum } = node;
    if (keys[0]! >>> 16 === keys[count - 1]! >>> 16) return false;
    let wl = 0;
    let sl = 0;
    let last = keys[0]! >>> 16;
    for (let i = 0; i < count; i++) {
      const code = keys[i]! >>> 16;
      if (code !== last) {
        this.#judgeSums(column, last, code, sl, wl, sum, weight, best);
        last = code;
      }
      const at = keys[i]! & 0xffff;
      wl += weights[at]!;
      sl += weights[at]! * targets[at]!;
    }
    return true;
  }

  #sortedKeys(column: number, { rows, start, count }: NodeRows): Uint32Array {
    const { codes } = this.x;
    const base = column * this.x.rows;
    const keys = this.#keys;
    for (let i = 0; i < count; i++) keys[i] = ((codes[base + rows[start + i]!]! << 16) | i) >>> 0;
    sortKeys(keys, count);
    return keys;
  }

  #judgeSums(column: number, code: number, next: number, sl: number, wl: number, sum: number, weight: number, best: FoundSplit): void {
    const wr = weight - wl;
    if (wl < this.minLeaf || wr < this.minLeaf) return;
    const sr = sum - sl;
    // The same as the score below, without divisions.
    if (!(sl * sl * wr + sr * sr * wl > best.score * wl * wr)) return;
    keep(best, (sl * sl) / wl + (sr * sr) / wr, column, code, next);
  }

  #countRanks(column: number, ranks: number, node: NodeRows, best: FoundSplit): boolean {
    const { codes } = this.x;
    const { rows, start, count, targets, weights } = node;
    const base = column * this.x.rows;
    const sums = this.#sums;
    const counts = this.#weights;
    for (let i = 0; i < count; i++) {
      const code = codes[base + rows[start + i]!]!;
      sums[code * this.classes + targets[i]!]! += weights[i]!;
      counts[code]! += weights[i]!;
    }
    const side = this.#startSides(node);
    let last = -1;
    let differs = false;
    for (let code = 0; code < ranks && side.weight < node.weight; code++) {
      if (counts[code] === 0) continue;
      if (last >= 0) {
        differs = true;
        this.#judgeSides(column, last, code, side, node.weight, best);
      }
      counts[code] = 0;
      for (let k = 0, at = code * this.classes; k < this.classes; k++, at++) {
        if (sums[at] !== 0) this.#move(k, sums[at]!, side);
        sums[at] = 0;
      }
      last = code;
    }
    return differs;
  }

  #sortClasses(column: number, node: NodeRows, best: FoundSplit): boolean {
    const keys = this.#sortedKeys(column, node);
    const { count, targets, weights, weight } = node;
    if (keys[0]! >>> 16 === keys[count - 1]! >>> 16) return false;
    const side = this.#startSides(node);
    let last = keys[0]! >>> 16;
    for (let i = 0; i < count; i++) {
      const code = keys[i]! >>> 16;
      if (code !== last) {
        this.#judgeSides(column, last, code, side, weight, best);
        last = code;
      }
      const at = keys[i]! & 0xffff;
      this.#move(targets[at]!, weights[at]!, side);
    }
    return true;
  }

  #startSides({ classSums }: NodeRows): Sides {
    const part = this.#part;
    let right = 0;
    for (let k = 0; k < this.classes; k++) {
      this.#left[k] = 0;
      this.#right[k] = classSums[k]!;
      right += part ? part[classSums[k]!]! : classSums[k]! ** 2;
    }
    return { weight: 0, left: 0, right };
  }

  #move(k: number, weight: number, side: Sides): void {
    const l = this.#left[k]!;
    const r = this.#right[k]!;
    const part = this.#part;
    side.left += part ? part[l + weight]! - part[l]! : weight * (2 * l + weight);
    side.right += part ? part[r - weight]! - part[r]! : weight * (weight - 2 * r);
    this.#left[k] = l + weight;
    this.#right[k] = r - weight;
    side.weight += weight;
  }

  #judgeSides(column: number, code: number, next: number, side: Sides, weight: number, best: FoundSplit): void {
    const wl = side.weight;
    const wr = weight - wl;
    if (wl < this.minLeaf || wr < this.minLeaf) return;
    const part = this.#part;
    keep(best, part ? side.left - part[wl]! + side.right - part[wr]! : side.left / wl + side.right / wr, column, code, next);
  }
}

/** Weight moved to the left, and the sums of each side's parts. */
interface Sides {
  weight: number;
  left: number;
  right: number;
}

function keep(best: FoundSplit, score: number, column: number, code: number, next: number): void {
  if (!(score > best.score)) return;
  best.score = score;
  best.column = column;
  best.code = code;
  best.next = next;
}
