import { widthOfInput, type PlannedInput } from '../recipe-plan.js';

/** How a model's input comes from its raw number: (x - offset) / divisor; undefined for a category, whose codes are exact. */
export type ColumnScale = { readonly offset: number; readonly divisor: number } | undefined;

/** The scale of each column of the model's inputs. */
export const columnScales = (plan: readonly PlannedInput[]): ColumnScale[] =>
  plan.flatMap((input): ColumnScale[] => (input.kind === 'number' ? [{ offset: input.offset, divisor: input.divisor }] : new Array<ColumnScale>(widthOfInput(input)).fill(undefined)));

/**
 * The cut at which rows whose raw numbers were rounded to 4 bytes part as the rows in 8 bytes do at `cut`. Rounding keeps the order, so only the one
 * float that the greatest raw number on the left rounds to can go either way: it goes as the shortest decimal that it stands for.
 */
export function cutForFloats(cut: number, scale: ColumnScale): number {
  if (!scale) return cut;
  const scaled = (x: number): number => (x - scale.offset) / scale.divisor;
  const guess = cut * scale.divisor + scale.offset;
  if (!Number.isFinite(guess)) return cut;
  const last = lastLeft(scaled, cut, guess, scale.offset);
  const float = Math.fround(last);
  if (!Number.isFinite(float)) return float > 0 ? Number.MAX_VALUE : cut;
  if (shortestDecimal(float) <= last) return Math.max(cut, scaled(float));
  return Math.min(cut, numberBelow(scaled(float)));
}

/** The greatest number that is at most `cut` when scaled, found by halving around a guess. */
function lastLeft(scaled: (x: number) => number, cut: number, guess: number, offset: number): number {
  let reach = Math.max(Math.abs(guess), Math.abs(offset)) * 2 ** -50 || Number.MIN_VALUE;
  let [low, high] = [guess, guess];
  for (; scaled(low) > cut; reach *= 2) low -= reach;
  for (; scaled(high) <= cut && high < Infinity; reach *= 2) high += reach;
  for (;;) {
    const middle = low / 2 + high / 2;
    if (!(middle > low && middle < high)) return low;
    if (scaled(middle) <= cut) low = middle;
    else high = middle;
  }
}

/** The number of fewest digits that rounds to this float: 0.1 for 0.10000000149. */
function shortestDecimal(float: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(float.toPrecision(digits));
    if (Math.fround(decimal) === float) return decimal;
  }
  return float;
}

const view = new DataView(new ArrayBuffer(8));

/** The next number down. */
function numberBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x < 0 ? 1n : -1n));
  return view.getFloat64(0);
}
