import { cellWidth } from '../core/cell-width.js';

/** Columns under their heads, two spaces apart; numbers are set to the right. */
export function textTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((r) => r[i] ?? '')].map(textWidth)));
  const right = heads.map((_, i) => rows.length > 0 && rows.every((r) => /^(-|-?[\d.,e+-]+%?)?$/.test(r[i] ?? '')));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => pad(cell, widths[i]!, right[i]!)).join('  ').trimEnd();
  return [heads, ...rows].map((cells) => `${line(cells)}\n`).join('');
}

const textWidth = (text: string): number => Array.from(text).reduce((sum, c) => sum + cellWidth(c), 0);
const pad = (text: string, width: number, right: boolean): string => (right ? ' '.repeat(width - textWidth(text)) + text : text + ' '.repeat(width - textWidth(text)));

/** A number with at most four significant decimals; `-` when there is none. */
export const shortNumber = (value: number | undefined): string => (value === undefined ? '-' : Number.isInteger(value) ? String(value) : value.toPrecision(4));
