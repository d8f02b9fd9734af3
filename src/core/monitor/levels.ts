import { compareCodePoints } from '../prepare/encoders.js';

/** The distinct levels of both samples, by Unicode code point. */
export function unionOfLevels(reference: Iterable<string>, current: Iterable<string>): string[] {
  return [...new Set([...reference, ...current])].sort(compareCodePoints);
}

/** How often each level occurs; values that are no level are left out. */
export function countLevels(values: Iterable<string>, levels: readonly string[]): Float64Array {
  const at = new Map(levels.map((level, i) => [level, i]));
  const counts = new Float64Array(levels.length);
  for (const value of values) {
    const i = at.get(value);
    if (i !== undefined) counts[i]! += 1;
  }
  return counts;
}
