import type { Column } from '../table/table.js';
import { countLevels, levelCodes } from './encoders.js';
import type { PrepareNote } from './prepare-notes.js';
import type { Task } from './recipe.js';

const SAMPLE = 20_000;
const SUSPICIOUS = 0.995;
const PURE = 0.99;
/** Smaller groups are pure by chance. */
const SMALLEST_GROUP = 5;

type Leak = Extract<PrepareNote, { code: 'suspect-leak' }>;

/** At most 20,000 of the rows, evenly spread: enough to see a leak. */
export function sampleRows(rows: Int32Array): Int32Array {
  const step = Math.ceil(rows.length / SAMPLE);
  return step <= 1 ? rows : rows.filter((_, i) => i % step === 0);
}

/** Pearson's correlation over the pairs that are both known; 0 when either does not vary. */
export function correlationOf(x: Float64Array, y: Float64Array): number {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  return n > 2 && xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** Share of pairs of both classes that x puts in order (ties count half); 0.5 when a class is absent. */
function orderingOf(x: Float64Array, y: Float64Array): number {
  const order = Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]) && !Number.isNaN(y[i]));
  order.sort((a, b) => (x[a] as number) - (x[b] as number));
  const positives = order.reduce((sum, i) => sum + (y[i] as number), 0);
  const negatives = order.length - positives;
  let ranks = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let hits = 0;
    while (end < order.length && x[order[end] as number] === x[order[start] as number]) hits += y[order[end++] as number] as number;
    ranks += hits * ((start + 1 + end) / 2);
    start = end;
  }
  return positives === 0 || negatives === 0 ? 0.5 : (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Share of rows that the commonest class of their level names rightly, with the share of the commonest class of all beside it. */
function purityOf(codes: Int32Array, y: Float64Array, levels: number, classes: number): { purity: number; base: number } {
  const counts = new Float64Array((levels + 1) * classes);
  const totals = new Float64Array(classes);
  codes.forEach((code, i) => {
    const at = (code + 1) * classes + (y[i] as number);
    counts[at] = (counts[at] as number) + 1;
    totals[y[i] as number] = (totals[y[i] as number] as number) + 1;
  });
  const base = Math.max(...totals) / codes.length;
  let right = 0;
  for (let level = 0; level <= levels; level++) {
    const group = counts.subarray(level * classes, (level + 1) * classes);
    const size = group.reduce((sum, count) => sum + count, 0);
    right += size < SMALLEST_GROUP ? size * base : Math.max(...group);
  }
  return { purity: right / codes.length, base };
}

/** Looks whether one feature alone almost gives the target `y` (without NaN) away; `rows` are those of `y`. */
export function findLeak(column: Column, rows: Int32Array, y: Float64Array, task: Task, classes: number, categorical: boolean): Leak | undefined {
  const leak = (measure: Leak['measure'], score: number): Leak => ({ code: 'suspect-leak', column: column.name, measure, score });
  if (column.type !== 'text' && !categorical) {
    const x = Float64Array.from(rows, (row) => column.values[row] as number);
    const correlation = task === 'multiclass' ? 0 : Math.abs(correlationOf(x, y));
    if (correlation > SUSPICIOUS) return leak('correlation', correlation);
    const ordering = task === 'binary' ? orderingOf(x, y) : 0.5;
    const auc = Math.max(ordering, 1 - ordering);
    return auc > SUSPICIOUS ? leak('auc', auc) : undefined;
  }
  if (task === 'regression') return undefined;
  const levels = countLevels(column, rows).map(({ level }) => level);
  const { purity, base } = purityOf(levelCodes(column, column.type, levels, null, rows), y, levels.length, classes);
  // A class of 99 % makes any column look pure, so most of what is left to guess must be gone too.
  return purity > PURE && 1 - purity < (1 - base) / 5 ? leak('purity', purity) : undefined;
}
