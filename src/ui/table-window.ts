export interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

const SPARE_ROWS = 8;

/** Rows that must be in the page for a window of `height` pixels scrolled to `top`: [from, to). */
export function visibleRange(count: number, top: number, height: number, rowHeight: number): { from: number; to: number } {
  const first = Math.floor(Math.max(0, top) / rowHeight) - SPARE_ROWS;
  const from = Math.max(0, Math.min(first, count - 1));
  const to = Math.min(count, from + Math.ceil(height / rowHeight) + 2 * SPARE_ROWS);
  return { from, to };
}

/** Rows in order, stable; missing values (`NaN`, empty text) stay last in both directions. */
export function sortRows<Row>(rows: readonly Row[], sorting: Sorting | undefined, order: ((row: Row) => number | string) | undefined): readonly Row[] {
  if (sorting === undefined || order === undefined) return rows;
  const direction = sorting.descending ? -1 : 1;
  const missing = (value: number | string): boolean => value === '' || Number.isNaN(value);
  return [...rows].sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));
    return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)));
  });
}
