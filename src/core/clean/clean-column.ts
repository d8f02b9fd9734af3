import { isMissingWord } from '../table/missing.js';
import { readValue, retypeColumn } from '../table/retype.js';
import { valueText } from '../table/select.js';
import type { Column, NumericColumn, TextColumn } from '../table/table.js';
import type { CellStep, ConvertStep } from './clean-step.js';
import { readDate } from './read-date.js';

/** The column after all steps that name it; each cell depends on nothing but itself, so a served row is cleaned as training rows were. */
export function cleanColumn(column: Column, steps: readonly CellStep[]): Column {
  return steps.filter((step) => ('columns' in step ? step.columns.includes(column.name) : step.column === column.name)).reduce(applyToColumn, column);
}

/** The column after one step. */
export function applyToColumn(column: Column, step: CellStep): Column {
  switch (step.do) {
    case 'trim':
      return mapWords(column, (word) => tidy(word, step.case));
    case 'missing':
      return markMissing(column, step.values);
    case 'replace':
      return replaceValues(column, step.map);
    case 'convert':
      return convert(column, step);
    case 'rescale':
      return mapNumbers(column, (x) => (x > (step.above ?? -Infinity) && x < (step.below ?? Infinity) ? x * step.factor + step.offset : x));
    case 'limit': {
      const [low, high] = [step.low ?? -Infinity, step.high ?? Infinity];
      return mapNumbers(column, (x) => (step.act === 'clip' ? Math.min(high, Math.max(low, x)) : x < low || x > high ? NaN : x));
    }
  }
}

function tidy(word: string, letters: 'lower' | 'upper' | undefined): string {
  const plain = word.normalize('NFC').replace(/\s+/g, ' ').trim();
  return letters === undefined ? plain : letters === 'lower' ? plain.toLowerCase() : plain.toUpperCase();
}

/** Words written another way; undefined makes a cell missing. Levels that fall together become one. */
export function mapWords(column: Column, change: (word: string) => string | undefined): Column {
  if (column.type !== 'text') return column;
  const codeOf = new Map<string, number>();
  const moved = column.levels.map((level) => {
    const word = change(level);
    if (word === undefined || word === '') return -1;
    const code = codeOf.get(word) ?? codeOf.size;
    codeOf.set(word, code);
    return code;
  });
  return { ...column, levels: [...codeOf.keys()], codes: column.codes.map((code) => (code < 0 ? -1 : moved[code]!)) } satisfies TextColumn;
}

function mapNumbers(column: Column, change: (value: number) => number): Column {
  if (column.type === 'text') return column;
  const values = column.values.map((value) => (Number.isNaN(value) ? value : change(value)));
  // A whole column that gets fractions is whole no more.
  const type = column.type === 'integer' && values.some((value) => !Number.isNaN(value) && !Number.isInteger(value)) ? 'number' : column.type;
  return { ...column, type, values };
}

function markMissing(column: Column, markers: readonly string[]): Column {
  if (column.type === 'text') {
    const words = new Set(markers.map((marker) => marker.trim()));
    return mapWords(column, (word) => (words.has(word.trim()) ? undefined : word));
  }
  const numbers = new Set(markers.map((marker) => readValue(marker, column.type)).filter((value) => !Number.isNaN(value)));
  return { ...column, values: column.values.map((value) => (numbers.has(value) ? NaN : value)) };
}

function replaceValues(column: Column, map: Readonly<Record<string, string>>): Column {
  if (column.type === 'text') return mapWords(column, (word) => (Object.hasOwn(map, word) ? map[word] : word));
  return mapNumbers(column, (value) => {
    const text = valueText(column.type, value);
    return Object.hasOwn(map, text) ? readValue(map[text]!, column.type) : value;
  });
}

function convert(column: Column, { to, decimal, dates }: ConvertStep): Column {
  if (column.type !== 'text' || column.type === to) return retypeColumn(column, to).column;
  const read = column.levels.map((level) => readWord(level, to as NumericColumn['type'], decimal, dates));
  return { name: column.name, type: to as NumericColumn['type'], values: Float64Array.from(column.codes, (code) => (code < 0 ? NaN : read[code]!)) };
}

function readWord(word: string, to: NumericColumn['type'], decimal: ConvertStep['decimal'], dates: ConvertStep['dates']): number {
  if (isMissingWord(word)) return NaN;
  if (to === 'date') return readDate(word.trim(), dates ?? 'iso');
  return readValue(decimal === 'comma' && /^\s*[+-]?\d+,\d+\s*$/.test(word) ? word.replace(',', '.') : word, to);
}
