import type { BinnedMatrix } from './bins.js';
import type { Histogram, PackedHessians } from './histogram.js';

/** What a split must keep to. */
export interface SplitRules {
  readonly minRows: number;
  readonly l2: number;
}

/** Sums of a node: gradients, and rows with hessians packed. */
export interface NodeSums {
  readonly gradient: number;
  readonly packed: number;
}

/** Number of rows in a packed sum. */
export const rowsIn = (packed: number, { shift }: Packing): number => Math.floor(packed / shift);

/** Sum of hessians in a packed sum. */
export const hessianIn = (packed: number, { shift, unit }: Packing): number => (packed - Math.floor(packed / shift) * shift) * unit;

type Packing = Pick<PackedHessians, 'shift' | 'unit'>;

/** The best split of a node: bins up to `bin` go left, or the bins of `set` when the column is categorical. */
export interface Split {
  readonly column: number;
  readonly bin: number;
  readonly set: Uint8Array | undefined;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: NodeSums;
}

interface Best {
  score: number;
  column: number;
  bin: number;
  missingLeft: boolean;
  /** Categorical: how many of the bins in order go left, or right when negative. */
  taken: number;
  gradient: number;
  packed: number;
}

/** What all scans of one node share. */
interface Scan {
  readonly histogram: Histogram;
  readonly best: Best;
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly shift: number;
  readonly unit: number;
  readonly minRows: number;
  readonly l2: number;
}

const MIN_HESSIAN = 1e-3;
/** A category with fewer rows is left out of subsets, and this much is added to its curvature, as scikit-learn does. */
const CATEGORY_SUPPORT = 10;

/** The split that lowers the loss most (Friedman 2001, with the second-order gain of Chen and Guestrin 2016), or undefined. */
export function findSplit(histogram: Histogram, x: BinnedMatrix, node: NodeSums, packing: Packing, { minRows, l2 }: SplitRules): Split | undefined {
  const hessian = hessianIn(node.packed, packing);
  const own = node.gradient ** 2 / (hessian + l2);
  const best: Best = { score: own, column: -1, bin: 0, missingLeft: false, taken: 0, gradient: 0, packed: 0 };
  const scan: Scan = { histogram, best, gradient: node.gradient, hessian, rows: rowsIn(node.packed, packing), shift: packing.shift, unit: packing.unit, minRows, l2 };
  for (let c = 0; c < x.columns.length; c++) {
    const { categorical, count, hasMissing } = x.columns[c]!;
    const offset = 2 * x.offsets[c]!;
    if (categorical) scanCategories(scan, offset, c, hasMissing ? count + 1 : count);
    else {
      scanUpwards(scan, offset, c, hasMissing ? count : count - 1, -1);
      if (hasMissing && histogram[offset + 2 * count + 1] !== 0) scanUpwards(scan, offset, c, count - 1, offset + 2 * count);
    }
  }
  // A gain within rounding is none.
  if (best.column < 0 || !(best.score - own > 1e-12 * best.score)) return undefined;
  return splitOf(scan, x);
}

function splitOf({ best, histogram, gradient, hessian, rows, shift, unit, l2 }: Scan, x: BinnedMatrix): Split {
  const { column, bin, packed } = best;
  const { categorical, hasMissing, count } = x.columns[column]!;
  const set = categorical ? takenBins(histogram, 2 * x.offsets[column]!, hasMissing ? count + 1 : count, best.taken, { shift, unit }) : undefined;
  // Where nothing was missing, what is missing later goes with the larger side.
  const missingLeft = !hasMissing ? 2 * rowsIn(packed, { shift, unit }) > rows : set ? set[count] === 1 : best.missingLeft;
  return { column, bin, set, missingLeft, gain: best.score - gradient ** 2 / (hessian + l2), left: { gradient: best.gradient, packed } };
}

/** Splits after each of the first `count` bins; what is missing, at `missing` in the histogram, goes left, or right when that is -1. */
function scanUpwards(scan: Scan, offset: number, column: number, count: number, missing: number): void {
  const { histogram, best, gradient, rows, shift, unit, minRows, l2 } = scan;
  // Hessians of both sides with l2 in each.
  const hessian = scan.hessian + 2 * l2;
  const least = MIN_HESSIAN + l2;
  const perRow = 1 / shift;
  // Rows are the high digits of a packed sum, so their bounds can be compared without unpacking.
  const enough = minRows * shift;
  const tooMany = (rows - minRows + 1) * shift;
  const end = offset + 2 * count;
  let score = best.score;
  let gl = missing < 0 ? 0 : histogram[missing]!;
  let packed = missing < 0 ? 0 : histogram[missing + 1]!;
  let at = offset;
  for (; at < end; at += 2) {
    gl += histogram[at]!;
    packed += histogram[at + 1]!;
    if (packed >= enough) break;
  }
  for (; at < end && packed < tooMany; gl += histogram[at]!, packed += histogram[at + 1]!) {
    const hl = (packed - Math.floor(packed * perRow) * shift) * unit + l2;
    const hr = hessian - hl;
    const gr = gradient - gl;
    at += 2;
    // The same as gl²/hl + gr²/hr > score, without divisions; empty bins only repeat the last candidate.
    if (gl * gl * hr + gr * gr * hl > score * hl * hr && hl >= least && hr >= least) {
      const found = (gl * gl) / hl + (gr * gr) / hr;
      if (!(found > score)) continue;
      score = found;
      keep(best, found, column, (at - 2 - offset) / 2, missing >= 0, gl, packed);
    }
  }
}

function keep(best: Best, score: number, column: number, bin: number, missingLeft: boolean, gradient: number, packed: number): void {
  best.score = score;
  best.column = column;
  best.bin = bin;
  best.missingLeft = missingLeft;
  best.gradient = gradient;
  best.packed = packed;
}

/** Categories in the order of their slope over curvature: the best subset is a prefix or a suffix of it (Fisher 1958). */
function scanCategories(scan: Scan, offset: number, column: number, count: number): void {
  const { histogram, best } = scan;
  const order = orderCategories(histogram, offset, count, scan);
  if (order.length < 2) return;
  for (const direction of [1, -1]) {
    let gradient = 0;
    let packed = 0;
    for (let i = 0; i < Math.floor((order.length + 1) / 2); i++) {
      const at = offset + 2 * order[direction > 0 ? i : order.length - 1 - i]!;
      gradient += histogram[at]!;
      packed += histogram[at + 1]!;
      const score = scoreOf(gradient, packed, scan);
      if (!(score > best.score)) continue;
      keep(best, score, column, 0, false, gradient, packed);
      best.taken = direction * (i + 1);
    }
  }
}

function scoreOf(gradient: number, packed: number, node: Scan): number {
  const hl = hessianIn(packed, node);
  const hr = node.hessian - hl;
  const nl = rowsIn(packed, node);
  if (nl < node.minRows || node.rows - nl < node.minRows || hl < MIN_HESSIAN || hr < MIN_HESSIAN) return -Infinity;
  return gradient ** 2 / (hl + node.l2) + (node.gradient - gradient) ** 2 / (hr + node.l2);
}

function orderCategories(histogram: Histogram, offset: number, count: number, packing: Packing): number[] {
  const order: number[] = [];
  for (let b = 0; b < count; b++) if (rowsIn(histogram[offset + 2 * b + 1]!, packing) >= CATEGORY_SUPPORT) order.push(b);
  const slope = (b: number): number => histogram[offset + 2 * b]! / (hessianIn(histogram[offset + 2 * b + 1]!, packing) + CATEGORY_SUPPORT);
  return order.sort((a, b) => slope(a) - slope(b) || a - b);
}

function takenBins(histogram: Histogram, offset: number, count: number, taken: number, packing: Packing): Uint8Array {
  const order = orderCategories(histogram, offset, count, packing);
  const set = new Uint8Array(256);
  for (const bin of taken > 0 ? order.slice(0, taken) : order.slice(taken)) set[bin] = 1;
  return set;
}
