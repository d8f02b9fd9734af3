import type { Random } from '../../random.js';
import { partRowsUpTo } from './part-rows.js';
import type { RankedColumns } from './ranked-columns.js';
import { SplitSearch, type Criterion, type FoundSplit, type NodeRows } from './split-search.js';

/** Trees as plain numbers, nodes in preorder: a column for each node, -1 for a leaf; a cut for each inner node (x ≤ cut goes left); values for each leaf. */
export interface TreeLists {
  readonly columns: number[];
  readonly cuts: number[];
  readonly values: number[];
}

/** What is learned: numbers (`classes` 0), or class codes. */
export interface TreeTarget {
  readonly y: Float64Array;
  readonly classes: number;
}

/** `maxDepth` 0 is without limit; `random` draws `tried` columns at each node, without it all are tried in order. */
export interface ExactRules {
  readonly criterion: 'gini' | 'entropy';
  readonly maxDepth: number;
  readonly minLeaf: number;
  readonly tried: number;
  readonly random: Random | undefined;
  readonly cut: (low: number, high: number) => number;
}

/** Work, in rows times columns, after which a caller should be let in: about 15 ms. */
const BREATH = 1_000_000;

/** Grows trees whose splits are the best of all, depth first (Breiman and others 1984, as scikit-learn's `DecisionTree*`). */
export class ExactGrower {
  readonly #search: SplitSearch;
  readonly #node: NodeRows;
  readonly #moved: Int32Array;
  readonly #order: Int32Array;
  readonly #classes: number;
  /** Subtracted from numbers while splits are judged, so that a large mean does not drown their differences. */
  readonly #centre: number;
  #work = 0;
  #gained = 0;
  #whole = 0;

  constructor(
    readonly x: RankedColumns,
    readonly target: TreeTarget,
    readonly rules: ExactRules,
  ) {
    const { classes, y } = target;
    const criterion: Criterion = classes === 0 || (classes === 2 && rules.criterion === 'gini') ? 'squared' : rules.criterion;
    this.#classes = criterion === 'squared' ? 0 : classes;
    this.#centre = classes === 0 ? y.reduce((sum, value) => sum + value / y.length, 0) : 0;
    this.#search = new SplitSearch(x, criterion, this.#classes, rules.minLeaf, y.length);
    this.#node = {
      rows: new Int32Array(x.rows),
      start: 0,
      count: 0,
      targets: new Float64Array(x.rows),
      weights: new Float64Array(x.rows),
      weight: 0,
      sum: 0,
      classSums: new Float64Array(this.#classes),
    };
    this.#moved = new Int32Array(x.rows);
    this.#order = Int32Array.from({ length: x.columns }, (_, c) => c);
  }

  /** Adds a tree over the rows of positive whole weight; yields now and then, and ends with, the share of the impurity that is left. */
  *grow(weights: Float64Array, out: TreeLists): Generator<number, number> {
    const waiting: Waiting[] = [{ start: 0, end: takeWeighted(this.#node.rows, weights), depth: 0 }];
    this.#gained = 0;
    this.#whole = 0;
    while (this.#growSome(waiting, weights, out)) yield this.#left();
    return this.#left();
  }

  #left(): number {
    return this.#whole > 0 ? Math.max(0, 1 - this.#gained / this.#whole) : 0;
  }

  /** Settles waiting nodes until none is left (false) or a caller should be let in (true). */
  #growSome(waiting: Waiting[], weights: Float64Array, out: TreeLists): boolean {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { start, end, depth } = next;
      const spread = this.#load(start, end, weights);
      if (depth === 0) this.#whole = spread;
      const best = this.#findSplit(depth, spread);
      if (!best) {
        this.#writeLeaf(out);
        continue;
      }
      this.#writeSplit(best, out);
      const middle = partRowsUpTo(this.#node.rows, this.#moved, start, end, this.x.codes, best.column * this.x.rows, best.code);
      waiting.push({ start: middle, end, depth: depth + 1 }, { start, end: middle, depth: depth + 1 });
      if (this.#work < BREATH) continue;
      this.#work = 0;
      return true;
    }
    return false;
  }

  /** Lays the node's rows side by side; gives their impurity times their weight, exactly 0 for a pure node. */
  #load(start: number, end: number, weights: Float64Array): number {
    const node = this.#node;
    const { y } = this.target;
    const centre = this.#centre;
    let weight = 0;
    let sum = 0;
    let squares = 0;
    let pure = true;
    node.classSums.fill(0);
    const first = y[node.rows[start]!]! - centre;
    for (let i = start; i < end; i++) {
      const row = node.rows[i]!;
      const w = weights[row]!;
      const t = y[row]! - centre;
      node.targets[i - start] = t;
      node.weights[i - start] = w;
      weight += w;
      sum += w * t;
      squares += w * t * t;
      if (t !== first) pure = false;
      if (this.#classes > 0) node.classSums[t]! += w;
    }
    node.start = start;
    node.count = end - start;
    node.weight = weight;
    node.sum = sum;
    if (pure) return 0;
    const whole = this.#search.criterion === 'squared' ? squares : this.#search.criterion === 'gini' ? weight : 0;
    return Math.max(whole - this.#search.scoreOf(node), Number.MIN_VALUE);
  }

  #findSplit(depth: number, spread: number): FoundSplit | undefined {
    const { maxDepth, minLeaf, tried, random } = this.rules;
    const node = this.#node;
    if (spread === 0 || (maxDepth > 0 && depth >= maxDepth) || node.weight < 2 * minLeaf) return undefined;
    const best: FoundSplit = { score: -Infinity, column: -1, code: 0, next: 0 };
    const order = this.#order;
    let differs = false;
    for (let i = 0; i < order.length && (i < tried || !differs); i++) {
      if (random) swap(order, i, i + Math.floor(random() * (order.length - i)));
      if (this.#search.searchColumn(order[i]!, node, best)) differs = true;
      this.#work += node.count;
    }
    if (best.column < 0) return undefined;
    this.#gained += best.score - this.#search.scoreOf(node);
    return best;
  }

  #writeSplit({ column, code, next }: FoundSplit, { columns, cuts }: TreeLists): void {
    columns.push(column);
    cuts.push(this.rules.cut(this.x.highest[column]![code]!, this.x.lowest[column]![next]!));
  }

  #writeLeaf({ columns, values }: TreeLists): void {
    const { weight, classSums } = this.#node;
    columns.push(-1);
    if (this.#classes === 0) values.push(this.#mean());
    else if (this.#classes === 2) values.push(classSums[1]! / weight);
    else for (const part of classSums) values.push(part / weight);
  }

  /** Mean of the node's targets as they were given. */
  #mean(): number {
    const { rows, start, count, weights, weight, sum } = this.#node;
    if (this.#centre === 0) return sum / weight;
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[i]! * this.target.y[rows[start + i]!]!;
    return total / weight;
  }
}

/** Rows from `start` to `end` of the grower's order that are still to be divided. */
interface Waiting {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** Lists the rows of positive weight; gives how many there are. */
function takeWeighted(rows: Int32Array, weights: Float64Array): number {
  let count = 0;
  for (let r = 0; r < weights.length; r++) if (weights[r]! > 0) rows[count++] = r;
  return count;
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i]!;
  order[i] = order[j]!;
  order[j] = kept;
}
