import type { Statistic } from './feature-step.js';

/** What is kept of some numbers, so that parts can be put together. */
export interface Figures {
  count: number;
  sum: number;
  /** Mean and sum of squares about it, updated after Welford (1962). */
  mean: number;
  squares: number;
  least: number;
  greatest: number;
}

export const noFigures = (): Figures => ({ count: 0, sum: 0, mean: 0, squares: 0, least: Infinity, greatest: -Infinity });

/** Counts a number in; NaN is left out. */
export function addNumber(to: Figures, value: number): void {
  if (Number.isNaN(value)) return;
  const gap = value - to.mean;
  to.count += 1;
  to.sum += value;
  to.mean += gap / to.count;
  to.squares += gap * (value - to.mean);
  if (value < to.least) to.least = value;
  if (value > to.greatest) to.greatest = value;
}

/** Counts the numbers of a part in, after Chan, Golub and LeVeque (1979). */
export function addPart(to: Figures, part: Figures): void {
  if (part.count === 0) return;
  const count = to.count + part.count;
  const gap = part.mean - to.mean;
  to.squares += part.squares + (gap * gap * to.count * part.count) / count;
  to.mean += (gap * part.count) / count;
  to.count = count;
  to.sum += part.sum;
  to.least = Math.min(to.least, part.least);
  to.greatest = Math.max(to.greatest, part.greatest);
}

/** The figure; NaN when there are too few numbers (count and sum: 0). `std` has denominator n − 1. */
export function figureOf(how: Exclude<Statistic, 'median'>, { count, sum, squares, least, greatest }: Figures): number {
  switch (how) {
    case 'count':
      return count;
    case 'sum':
      return sum;
    case 'mean':
      return sum / count;
    case 'min':
      return count === 0 ? NaN : least;
    case 'max':
      return count === 0 ? NaN : greatest;
    case 'std':
      return count < 2 ? NaN : Math.sqrt(squares / (count - 1));
  }
}

/** Middle of numbers in order, of two the mean; NaN when there is none. */
export const medianOfSorted = (sorted: ArrayLike<number>): number => (sorted.length === 0 ? NaN : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2);

/** The figure of these numbers, NaN left out. */
export function statisticOf(how: Statistic, values: readonly number[]): number {
  if (how === 'median') return medianOfSorted(Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort());
  const figures = noFigures();
  for (const value of values) addNumber(figures, value);
  return figureOf(how, figures);
}
