import { quantileOfSorted } from '../../core/table/quantile.js';

/** A test row with its error: predicted minus true. */
export interface JudgedRow {
  readonly label: string;
  readonly actual: number;
  readonly predicted: number;
  readonly residual: number;
}

/** What the residuals say: bias, the middle nine tenths, and how many lie within the promise. */
export interface ResidualFacts {
  readonly rmse: number;
  readonly bias: number;
  readonly low: number;
  readonly high: number;
  readonly inside: number;
}

export interface ResidualBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Rows with their errors, in the order given; rows without a finite pair are left out. */
export function judgeRows(detail: { readonly labels: readonly string[]; readonly actual: readonly number[]; readonly predicted: readonly number[] }): JudgedRow[] {
  return detail.labels
    .map((label, i) => ({ label, actual: detail.actual[i]!, predicted: detail.predicted[i]!, residual: detail.predicted[i]! - detail.actual[i]! }))
    .filter(({ residual }) => Number.isFinite(residual));
}

/** Bias, RMSE, the 5 % and 95 % quantiles of the error, and the number of rows whose error is at most `promise`. */
export function residualFacts(rows: readonly JudgedRow[], promise?: number): ResidualFacts {
  const sorted = Float64Array.from(rows, ({ residual }) => residual).sort();
  const rmse = Math.sqrt(sorted.reduce((sum, e) => sum + e * e, 0) / rows.length);
  const limit = promise ?? rmse;
  return {
    rmse,
    bias: sorted.reduce((sum, e) => sum + e, 0) / rows.length,
    low: quantileOfSorted(sorted, 0.05),
    high: quantileOfSorted(sorted, 0.95),
    inside: sorted.reduce((count, e) => count + Number(Math.abs(e) <= limit), 0),
  };
}

/** Counts of errors in bins of one round width, with 0 on an edge; about `wanted` bins. */
export function residualBins(rows: readonly JudgedRow[], wanted = 24): ResidualBin[] {
  if (rows.length === 0) return [];
  const errors = rows.map(({ residual }) => residual);
  const [least, most] = errors.reduce(([low, high], e) => [Math.min(low, e), Math.max(high, e)], [Infinity, -Infinity]);
  const width = roundUp((most - least) / wanted || Math.abs(most) || 1);
  const first = Math.floor(least / width);
  const counts = new Array<number>(Math.floor(most / width) - first + 1).fill(0);
  for (const e of errors) counts[Math.floor(e / width) - first]!++;
  return counts.map((count, i) => ({ from: (first + i) * width, to: (first + i + 1) * width, count }));
}

/** The next of 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 2.5, 5].find((n) => n * power >= width) ?? 10);
}

/** The rows of the largest errors, worst first, and their share of all squared error. */
export function worstRows(rows: readonly JudgedRow[], count = 10): { readonly rows: readonly JudgedRow[]; readonly share: number } {
  const square = (some: readonly JudgedRow[]): number => some.reduce((sum, { residual }) => sum + residual * residual, 0);
  const worst = [...rows].sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual)).slice(0, count);
  const all = square(rows);
  return { rows: worst, share: all > 0 ? square(worst) / all : 0 };
}

/** At most `limit` points for a line: means of `every` neighbouring rows, each with the label of its first row. */
export function thinRows(rows: readonly JudgedRow[], limit = 750): { readonly rows: readonly JudgedRow[]; readonly every: number } {
  const every = Math.ceil(rows.length / limit);
  if (every <= 1) return { rows, every: 1 };
  const mean = (some: readonly JudgedRow[], key: 'actual' | 'predicted' | 'residual'): number => some.reduce((sum, row) => sum + row[key], 0) / some.length;
  const groups = Array.from({ length: Math.ceil(rows.length / every) }, (_, i) => rows.slice(i * every, (i + 1) * every));
  return { every, rows: groups.map((group) => ({ label: group[0]!.label, actual: mean(group, 'actual'), predicted: mean(group, 'predicted'), residual: mean(group, 'residual') })) };
}

/** Whether the labels are days, so that the rows can be drawn along time. */
export const areDays = (labels: readonly string[]): boolean => labels.length > 1 && labels.every((label) => /^\d{4}-\d{2}-\d{2}/.test(label));
