import { LabError } from '../lab-error.js';
import { columnOf } from '../table/select.js';
import type { Table } from '../table/table.js';
import { studentTwoSided } from './distributions.js';
import { correctPValues } from './multiple-testing.js';
import { cutColumn, type SliceColumn, type SliceCondition } from './slice-columns.js';

/** Rows of one or two conditions on which the model does worse than on the others. */
export interface Slice {
  readonly conditions: readonly SliceCondition[];
  readonly rows: number;
  readonly meanLoss: number;
  readonly restLoss: number;
  /** Cohen's d of the losses inside and outside. */
  readonly effect: number;
  /** One-sided Welch p-value, and the same corrected for all the slices looked at (Benjamini and Hochberg). */
  readonly pValue: number;
  readonly adjustedPValue: number;
}

export interface SliceSearch {
  /** Greatest effect first. */
  readonly slices: readonly Slice[];
  /** How many slices were looked at, which the correction counts. */
  readonly tested: number;
}

export interface SliceOptions {
  readonly columns: readonly string[];
  /** Fewest rows of a slice, and of the rest. */
  readonly minRows?: number;
  readonly minEffect?: number;
  readonly alpha?: number;
  readonly most?: number;
}

interface Moments {
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Searches the slices of one or two conditions for those with significantly greater loss (after Slice Finder, Chung et al. 2019).
 * A slice of two conditions is told only when it is worse than each of them alone. `losses[i]` is that of row `rows[i]`.
 * Throws `unknown-column`, `length-mismatch`, `not-finite`.
 */
export function findSlices(table: Table, rows: Int32Array, losses: Float64Array, options: SliceOptions): SliceSearch {
  const { minRows = 30, minEffect = 0.2, alpha = 0.05, most = 20 } = options;
  if (losses.length !== rows.length) throw new LabError('length-mismatch', { first: rows.length, second: losses.length });
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) throw new LabError('not-finite', { column: 'loss', row: bad });
  const columns = options.columns.map((name) => cutColumn(columnOf(table, name), rows));
  const candidates = collect(columns, losses, minRows);
  const adjusted = correctPValues(candidates.map(({ pValue }) => pValue), 'benjamini-hochberg');
  const slices = candidates
    .map(({ told, ...candidate }, i) => ({ told, slice: { ...candidate, adjustedPValue: adjusted[i]! } }))
    .filter(({ told, slice }) => told && slice.effect >= minEffect && slice.adjustedPValue <= alpha)
    .map(({ slice }): Slice => slice)
    .sort((a, b) => b.effect - a.effect || b.rows - a.rows);
  return { slices: slices.slice(0, most), tested: candidates.length };
}

/** One that is not told was looked at all the same, and counts in the correction. */
type Candidate = Omit<Slice, 'adjustedPValue'> & { readonly told: boolean };

type Judge = (conditions: SliceCondition[], inside: Moments, told: boolean) => Candidate[];

function collect(columns: readonly SliceColumn[], losses: Float64Array, minRows: number): Candidate[] {
  const total = addUp(losses, 1, () => 0)[0]!;
  const judge: Judge = (conditions, inside, told) =>
    inside.rows < minRows || total.rows - inside.rows < minRows ? [] : [{ ...compare(conditions, inside, total), told }];
  const single = columns.map(({ conditions, codes }) => addUp(losses, conditions.length, (i) => codes[i]!));
  const found = columns.flatMap(({ conditions }, a) => conditions.flatMap((condition, i) => judge([condition], single[a]![i]!, true)));
  for (let a = 0; a < columns.length; a++) {
    for (let b = a + 1; b < columns.length; b++) found.push(...collectPairs(columns[a]!, columns[b]!, single[a]!, single[b]!, losses, judge));
  }
  return found;
}

function collectPairs(one: SliceColumn, other: SliceColumn, ones: readonly Moments[], others: readonly Moments[], losses: Float64Array, judge: Judge): Candidate[] {
  const width = other.conditions.length;
  const both = addUp(losses, one.conditions.length * width, (i) => (one.codes[i]! < 0 || other.codes[i]! < 0 ? -1 : one.codes[i]! * width + other.codes[i]!));
  return both.flatMap((inside, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    const worse = inside.rows > 0 && mean(inside) > Math.max(mean(ones[i]!), mean(others[j]!));
    return judge([one.conditions[i]!, other.conditions[j]!], inside, worse && inside.rows < Math.min(ones[i]!.rows, others[j]!.rows));
  });
}

const mean = ({ sum, rows }: Moments): number => sum / rows;

/** Rows, sum and squares of the losses by code; a code of -1 is left out. */
function addUp(losses: Float64Array, codes: number, codeOf: (i: number) => number): Moments[] {
  const rows = new Float64Array(codes);
  const sum = new Float64Array(codes);
  const squares = new Float64Array(codes);
  for (let i = 0; i < losses.length; i++) {
    const code = codeOf(i);
    if (code < 0) continue;
    rows[code]! += 1;
    sum[code]! += losses[i]!;
    squares[code]! += losses[i]! ** 2;
  }
  return Array.from(rows, (count, code) => ({ rows: count, sum: sum[code]!, squares: squares[code]! }));
}

function compare(conditions: SliceCondition[], inside: Moments, total: Moments): Omit<Candidate, 'told'> {
  const rest = { rows: total.rows - inside.rows, sum: total.sum - inside.sum, squares: total.squares - inside.squares };
  const [own, other] = [varianceOf(inside), varianceOf(rest)];
  const gap = mean(inside) - mean(rest);
  const [errorIn, errorOut] = [own / inside.rows, other / rest.rows];
  const t = gap / Math.sqrt(errorIn + errorOut);
  const degrees = (errorIn + errorOut) ** 2 / (errorIn ** 2 / (inside.rows - 1) + errorOut ** 2 / (rest.rows - 1));
  const effect = gap / Math.sqrt((own + other) / 2);
  const known = Number.isFinite(t) && Number.isFinite(degrees);
  return { conditions, rows: inside.rows, meanLoss: mean(inside), restLoss: mean(rest), effect: known ? effect : 0, pValue: known ? upperTail(t, degrees) : 1 };
}

const upperTail = (t: number, degrees: number): number => (t > 0 ? studentTwoSided(t, degrees) / 2 : 1 - studentTwoSided(t, degrees) / 2);

function varianceOf({ rows, sum, squares }: Moments): number {
  return Math.max(0, squares - (sum * sum) / rows) / Math.max(1, rows - 1);
}
