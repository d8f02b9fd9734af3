import type { Matrix } from '../../table/table.js';

/** Points in a k-d tree: `order` lists the rows leaf by leaf, and `points` holds them in that order. */
export interface PointTree {
  readonly order: Int32Array;
  readonly points: Float64Array;
  readonly columns: number;
  readonly root: PointNode;
}

interface PointNode {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  readonly cut: number;
  readonly low?: PointNode;
  readonly high?: PointNode;
}

const LEAF = 24;

/** Builds a k-d tree (Bentley 1975; Friedman, Bentley and Finkel 1977) over the rows. */
export function buildPointTree(x: Matrix): PointTree {
  const order = Int32Array.from({ length: x.rows }, (_, i) => i);
  const root = divide(x, order, 0, x.rows);
  const points = new Float64Array(x.data.length);
  order.forEach((row, i) => points.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns));
  return { order, points, columns: x.columns, root };
}

function divide(x: Matrix, order: Int32Array, start: number, end: number): PointNode {
  const { column, width } = widest(x, order, start, end);
  if (end - start <= LEAF || !(width > 0)) return { start, end, column: -1, cut: 0 };
  const valueOf = (row: number): number => x.data[row * x.columns + column]!;
  const part = order.subarray(start, end).sort((a, b) => valueOf(a) - valueOf(b) || a - b);
  let middle = part.length >>> 1;
  // Equal values stay on one side.
  while (middle > 0 && valueOf(part[middle]!) === valueOf(part[middle - 1]!)) middle--;
  if (middle === 0) while (valueOf(part[middle]!) === valueOf(part[0]!)) middle++;
  return { start, end, column, cut: valueOf(part[middle]!), low: divide(x, order, start, start + middle), high: divide(x, order, start + middle, end) };
}

function widest(x: Matrix, order: Int32Array, start: number, end: number): { column: number; width: number } {
  let best = { column: 0, width: 0 };
  for (let c = 0; c < x.columns; c++) {
    let least = Infinity;
    let most = -Infinity;
    for (let i = start; i < end; i++) {
      const value = x.data[order[i]! * x.columns + c]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most - least > best.width) best = { column: c, width: most - least };
  }
  return best;
}

/** The nearest rows found so far, the nearest first; of equally near ones the earlier row. */
export class Nearest {
  readonly rows: Int32Array;
  readonly squares: Float64Array;
  #found = 0;

  constructor(readonly k: number) {
    this.rows = new Int32Array(k);
    this.squares = new Float64Array(k);
  }

  /** Searches the tree for the rows nearest to `query[at …]`, leaving out the row `but`. */
  search(tree: PointTree, query: Float64Array, at: number, but = -1): void {
    this.#found = 0;
    this.squares.fill(Infinity);
    this.#visit(tree, tree.root, query, at, but);
  }

  #visit(tree: PointTree, node: PointNode, query: Float64Array, at: number, but: number): void {
    if (!node.low || !node.high) return this.#scan(tree, node, query, at, but);
    const ahead = query[at + node.column]! - node.cut;
    const [near, far] = ahead < 0 ? [node.low, node.high] : [node.high, node.low];
    this.#visit(tree, near, query, at, but);
    if (this.#found < this.k || ahead * ahead <= this.squares[this.k - 1]!) this.#visit(tree, far, query, at, but);
  }

  #scan({ order, points, columns }: PointTree, { start, end }: PointNode, query: Float64Array, at: number, but: number): void {
    for (let i = start; i < end; i++) {
      let square = 0;
      const farthest = this.squares[this.k - 1]!;
      const base = i * columns;
      for (let c = 0; c < columns; ) {
        // Looks up only now and then, which keeps the inner loop tight.
        const stop = Math.min(columns, c + 8);
        for (; c < stop; c++) square += (points[base + c]! - query[at + c]!) ** 2;
        if (square > farthest) break;
      }
      if (square <= farthest && order[i] !== but) this.#insert(order[i]!, square);
    }
  }

  #insert(row: number, square: number): void {
    const { rows, squares } = this;
    let place = Math.min(this.#found, this.k - 1);
    if (this.#found === this.k && square === squares[place]! && row > rows[place]!) return;
    if (this.#found < this.k) this.#found += 1;
    for (; place > 0 && (squares[place - 1]! > square || (squares[place - 1] === square && rows[place - 1]! > row)); place--) {
      squares[place] = squares[place - 1]!;
      rows[place] = rows[place - 1]!;
    }
    squares[place] = square;
    rows[place] = row;
  }
}
