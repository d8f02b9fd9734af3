import { readValue } from '../table/retype.js';
import { type Rows, valueText } from '../table/select.js';
import type { Column, ColumnType } from '../table/table.js';

/** Compares words by code point, as Python sorts them. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const one = [...a];
  const other = [...b];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const difference = (one[i]?.codePointAt(0) ?? 0) - (other[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** A level of a category and how many rows have it. */
export interface LevelCount {
  readonly level: string;
  readonly count: number;
}

/** Levels seen in those rows with their counts: numbers ascending, words by code point. */
export function countLevels(column: Column, rows: Rows): LevelCount[] {
  if (column.type === 'text') {
    const counts = new Float64Array(column.levels.length);
    for (let i = 0; i < rows.length; i++) {
      const code = column.codes[rows[i] as number] ?? -1;
      if (code >= 0) counts[code] = (counts[code] as number) + 1;
    }
    const seen = column.levels.map((level, code) => ({ level, count: counts[code] as number }));
    return seen.filter(({ count }) => count > 0).sort((a, b) => compareCodePoints(a.level, b.level));
  }
  const counts = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const value = (column.values[rows[i] as number] ?? NaN) + 0;
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([value, count]) => ({ level: valueText(column.type, value), count }));
}

/** The `most` most frequent of the levels, the earlier of equals, in their order. */
export function keepFrequent(levels: readonly LevelCount[], most: number): LevelCount[] {
  if (levels.length <= most) return [...levels];
  const order = levels.map((_, i) => i).sort((a, b) => (levels[b] as LevelCount).count - (levels[a] as LevelCount).count || a - b);
  const kept = new Set(order.slice(0, most));
  return levels.filter((_, i) => kept.has(i));
}

/** The most frequent level, the first of several; undefined for none. */
export function mostFrequentLevel(levels: readonly LevelCount[]): string | undefined {
  let best: LevelCount | undefined;
  for (const level of levels) if (!best || level.count > best.count) best = level;
  return best?.level;
}

/**
 * Place of each row's level in `levels`, -1 when it is not among them; a missing cell counts as `fill`, or as unknown when that is null.
 * `type` is what the column was when the levels were learned.
 */
export function levelCodes(column: Column, type: ColumnType, levels: readonly string[], fill: string | null, rows?: Rows): Int32Array {
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const missing = fill === null ? -1 : (codeOf.get(fill) ?? -1);
  const n = rows?.length ?? (column.type === 'text' ? column.codes.length : column.values.length);
  const codes = new Int32Array(n);
  if (column.type === 'text') {
    const moved = column.levels.map((level) => codeOf.get(type === 'text' ? level : valueText(type, readValue(level, type))) ?? -1);
    for (let i = 0; i < n; i++) {
      const code = column.codes[rows ? (rows[i] as number) : i] ?? -1;
      codes[i] = code < 0 ? missing : (moved[code] as number);
    }
    return codes;
  }
  const as = type === 'text' || type === 'date' ? column.type : type;
  const byValue = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const value = (column.values[rows ? (rows[i] as number) : i] ?? NaN) + 0;
    let code = Number.isNaN(value) ? missing : byValue.get(value);
    if (code === undefined) {
      code = codeOf.get(valueText(as, value)) ?? -1;
      byValue.set(value, code);
    }
    codes[i] = code;
  }
  return codes;
}
