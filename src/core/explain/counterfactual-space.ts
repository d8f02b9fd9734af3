import type { Random } from '../random.js';

/** A cell of a row that is explained: a number, a level, or null when it is missing. */
export type CellValue = number | string | null;

/** A row by column name. */
export type CellRow = Readonly<Record<string, CellValue>>;

/** What may change, and how far. A column that is not listed is immutable. */
export type MutableFeature =
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly min: number;
      readonly max: number;
      /** Values are multiples of this; 1 for whole numbers. */
      readonly step?: number;
      /** A change of this size counts as much as a change of level, such as the column's spread. */
      readonly scale: number;
      readonly direction?: 'up' | 'down';
    }
  | { readonly kind: 'category'; readonly name: string; readonly levels: readonly string[] };

/** Values of a number that the greedy search tries at once. */
const TRIED_VALUES = 12;

/** Distance of two rows: Σ |difference| / scale over numbers and 1 for each changed level, with 0.1 for each column touched, so that few changes are better than many. */
export function distanceOf(from: CellRow, to: CellRow, features: readonly MutableFeature[]): number {
  return features.reduce((sum, feature) => {
    const [a, b] = [from[feature.name] ?? null, to[feature.name] ?? null];
    if (a === b) return sum;
    const numeric = feature.kind === 'number' && typeof a === 'number' && typeof b === 'number';
    return sum + 0.1 + (numeric ? Math.abs(a - b) / feature.scale : 1);
  }, 0);
}

/** The values that a feature of the original row may take, within range, levels and direction; none when nothing is allowed. */
export function allowedValues(feature: MutableFeature, original: CellValue): CellValue[] {
  if (feature.kind === 'category') return feature.levels.filter((level) => level !== original);
  const { low, high } = rangeOf(feature, original);
  if (!(low <= high)) return [];
  const grid = Array.from({ length: TRIED_VALUES }, (_, i) => snap(low + ((high - low) * i) / (TRIED_VALUES - 1), feature, low, high));
  return [...new Set(grid)].filter((value): value is number => value !== undefined && value !== original);
}

/** A random one of them, anywhere in the range; undefined when nothing is allowed. */
export function randomValue(feature: MutableFeature, original: CellValue, random: Random): CellValue | undefined {
  if (feature.kind === 'category') return allowedValues(feature, original)[Math.floor(random() * (feature.levels.length - Number(feature.levels.includes(String(original)))))];
  const { low, high } = rangeOf(feature, original);
  return low <= high ? snap(low + random() * (high - low), feature, low, high) : undefined;
}

/** The value half way back to the original; undefined when there is none between. */
export function halfWayBack(feature: MutableFeature, original: CellValue, value: CellValue): number | undefined {
  if (feature.kind !== 'number' || typeof original !== 'number' || typeof value !== 'number') return undefined;
  const [low, high] = [Math.min(original, value), Math.max(original, value)];
  const middle = snap((original + value) / 2, feature, low, high);
  return middle === value || middle === original ? undefined : middle;
}

type NumberFeature = Extract<MutableFeature, { kind: 'number' }>;

function rangeOf({ min, max, direction }: NumberFeature, original: CellValue): { low: number; high: number } {
  const known = typeof original === 'number';
  return { low: known && direction === 'up' ? Math.max(min, original) : min, high: known && direction === 'down' ? Math.min(max, original) : max };
}

/** The nearest multiple of the step that lies in the range. */
function snap(value: number, { step }: NumberFeature, low: number, high: number): number | undefined {
  if (!step) return value;
  // Decimal steps such as 0.1 must not leave crumbs.
  const snapped = Number((Math.round(value / step) * step).toPrecision(12));
  const inside = snapped < low ? Number((snapped + step).toPrecision(12)) : snapped > high ? Number((snapped - step).toPrecision(12)) : snapped;
  return inside >= low && inside <= high ? inside : undefined;
}
