import type { ColumnScale } from '../plan/graph-inputs.js';

const LAST_DIGITS = 1e-12;

/**
 * The cut at which rows whose raw numbers were rounded to 4 bytes part as the rows in 8 bytes do at `cut`. Rounding keeps the order, so only the one
 * float that the greatest raw number on the left rounds to can go either way: it goes as the shortest decimal that it stands for. Numbers that are
 * worked out on the way lie left of the cut also when their last digits say they do not.
 */
export function cutForFloats(cut: number, scale: ColumnScale): number {
  if (!scale) return cut;
  if (scale === 'computed') return cut + (Math.abs(cut) + 1) * LAST_DIGITS;
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
