import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';

/** Rows in groups about centres. */
export interface Clusters {
  /** Centres, one list for each cluster. */
  readonly centres: readonly Float64Array[];
  readonly labels: Int32Array;
  /** Sum of squared distances to the own centre. */
  readonly inertia: number;
  readonly iterations: number;
}

/**
 * Lloyd's k-means (1982) from given first centres until no row changes its cluster; a cluster that loses all rows takes the row that is
 * farthest from its centre. Throws `no-rows`, `bad-bins` {bins} for more centres than rows or none.
 */
export function kMeans(x: Matrix, first: readonly ArrayLike<number>[], mostIterations = 300): Clusters {
  if (x.rows === 0) throw new LabError('no-rows');
  if (first.length === 0 || first.length > x.rows) throw new LabError('bad-bins', { bins: first.length });
  let centres: readonly Float64Array[] = first.map((centre) => Float64Array.from(centre));
  let nearest = assign(x, centres);
  for (let iteration = 1; ; iteration++) {
    centres = moveCentres(x, nearest, centres.length);
    const next = assign(x, centres);
    const settled = next.labels.every((label, row) => label === nearest.labels[row]);
    nearest = next;
    if (settled || iteration >= mostIterations) return { centres, labels: nearest.labels, inertia: nearest.squares.reduce((sum, value) => sum + value, 0), iterations: iteration };
  }
}

interface Assignment {
  readonly labels: Int32Array;
  readonly squares: Float64Array;
}

function assign(x: Matrix, centres: readonly Float64Array[]): Assignment {
  const labels = new Int32Array(x.rows);
  const squares = new Float64Array(x.rows).fill(Infinity);
  for (let row = 0; row < x.rows; row++) {
    centres.forEach((centre, label) => {
      let square = 0;
      for (let j = 0; j < x.columns; j++) square += (x.data[row * x.columns + j]! - centre[j]!) ** 2;
      if (square < squares[row]!) [squares[row], labels[row]] = [square, label];
    });
  }
  return { labels, squares };
}

function moveCentres(x: Matrix, { labels, squares }: Assignment, k: number): Float64Array[] {
  const sums = Array.from({ length: k }, () => new Float64Array(x.columns));
  const counts = new Int32Array(k);
  const add = (row: number, label: number, sign: number): void => {
    counts[label]! += sign;
    for (let j = 0; j < x.columns; j++) sums[label]![j]! += sign * x.data[row * x.columns + j]!;
  };
  labels.forEach((label, row) => add(row, label, 1));
  const farthest = Array.from(squares.keys()).sort((a, b) => squares[b]! - squares[a]!);
  counts.forEach((count, label) => {
    if (count > 0) return;
    const row = farthest.splice(farthest.findIndex((candidate) => counts[labels[candidate]!]! > 1), 1)[0]!;
    add(row, labels[row]!, -1);
    add(row, label, 1);
  });
  return sums.map((sum, label) => sum.map((value) => value / counts[label]!));
}
