const POWERS = Array.from({ length: 16 }, (_, k) => 10 ** k);

/** The middle of two different numbers, `low` itself when no number lies between: low ≤ middle < high. */
export function middleOf(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/**
 * A number close to the middle of two different ones, in few digits where few will do: low ≤ cut < high, so that it parts the
 * same rows as the middle and a stored tree stays small.
 */
export function cutBetween(low: number, high: number): number {
  const middle = middleOf(low, high);
  const gap = high - low;
  if (!(Math.abs(middle) < 1e14)) return middle;
  for (const power of POWERS) {
    if (gap * power < 8) continue;
    const cut = Math.round(middle * power) / power;
    if (cut >= low && cut < high) return cut;
  }
  return middle;
}
