import { findImageColumns, isPixelName } from '../table/image-columns.js';
import { tukeyFences } from './fences.js';
import { readValue } from '../table/retype.js';
import type { NumericColumn, Table, TextColumn } from '../table/table.js';
import { rowKeys } from './apply-cleaning.js';
import type { CleanStep } from './clean-step.js';
import { similarGroups } from './similar-words.js';

/** A step that the data suggest, why, and how many cells or rows it is about. */
export interface Suggestion {
  readonly why: 'same-rows' | 'same-key' | 'spaces' | 'numbers-as-text' | 'dates-as-text' | 'similar-words' | 'marker' | 'far-out';
  readonly count: number;
  /** Values that show it, at most six. */
  readonly examples: readonly string[];
  readonly step: CleanStep;
}

const MARKERS = new Set(['-', '--', '.', 'none', 'missing', 'unknown', 'n.a.', '#n/a', 'nil']);
const SENTINELS = [-1, -9, -99, -999, -9999, 99, 999, 9999, 99999];

/** Looks through a table for what is commonly wrong; nothing is changed. */
export function suggestCleaning(table: Table): Suggestion[] {
  // Grey levels of a picture are what they are: 0 and 99 stand for nothing else.
  const pictures = findImageColumns(table.columns.map(({ name }) => name)) !== undefined;
  const columns = table.columns.filter(({ name }) => !pictures || !isPixelName(name));
  return [...sameRows(table), ...columns.flatMap((column) => (column.type === 'text' ? lookAtWords(column) : lookAtNumbers(column)))];
}

function repeats(table: Table, by?: readonly string[]): number {
  const keyOf = rowKeys(table, by);
  return table.rows - new Set(Array.from({ length: table.rows }, (_, row) => keyOf(row))).size;
}

function sameRows(table: Table): Suggestion[] {
  if (table.rows > 200_000) return [];
  const exact = repeats(table);
  const found: Suggestion[] = exact > 0 ? [{ why: 'same-rows', count: exact, examples: [], step: { do: 'deduplicate', keep: 'first' } }] : [];
  for (const column of table.columns) {
    if (!/(^|_)(id|key|uuid)$/i.test(column.name)) continue;
    const doubled = repeats(table, [column.name]);
    // A name that repeats more often is a group, not a key.
    if (doubled > exact && doubled <= table.rows / 10) found.push({ why: 'same-key', count: doubled, examples: [column.name], step: { do: 'deduplicate', by: [column.name], keep: 'first' } });
  }
  return found;
}

function countWords(column: TextColumn): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of column.codes) if (code >= 0) counts.set(column.levels[code]!, (counts.get(column.levels[code]!) ?? 0) + 1);
  return counts;
}

function lookAtWords(column: TextColumn): Suggestion[] {
  const { name } = column;
  const counts = countWords(column);
  const words = [...counts.keys()];
  const sum = (some: readonly string[]): number => some.reduce((total, word) => total + counts.get(word)!, 0);
  const about = (why: Suggestion['why'], some: readonly string[], step: CleanStep): Suggestion[] => (some.length === 0 ? [] : [{ why, count: sum(some), examples: some.slice(0, 6), step }]);
  const markers = words.filter((word) => MARKERS.has(word.trim().toLowerCase()));
  const spaced = words.filter((word) => word !== word.replace(/\s+/g, ' ').trim());
  const found = [...about('marker', markers, { do: 'missing', columns: [name], values: markers.map((word) => word.trim()) }), ...about('spaces', spaced, { do: 'trim', columns: [name] })];
  const rest = words.filter((word) => !markers.includes(word));
  const commas = rest.filter((word) => /^\s*[+-]?\d+,\d{1,2}\s*$/.test(word));
  const isNumber = (word: string): boolean => !Number.isNaN(readValue(word.replace(',', '.'), 'number'));
  if (rest.length > 0 && sum(rest.filter(isNumber)) >= 0.9 * sum(rest)) return [...found, ...about('numbers-as-text', commas.length > 0 ? commas : rest, { do: 'convert', columns: [name], to: 'number', ...(commas.length > 0 ? { decimal: 'comma' as const } : {}) })];
  const dates = rest.filter((word) => /^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/.test(word.trim()));
  if (dates.length > 0 && sum(dates) >= 0.5 * sum(rest)) return [...found, ...about('dates-as-text', dates, { do: 'convert', columns: [name], to: 'date', dates: dates.some((word) => Number(word.trim().split(/[./-]/)[1]) > 12) ? 'mdy' : 'dmy' })];
  const groups = similarGroups(counts);
  return [...found, ...about('similar-words', groups.flatMap(({ others }) => others), { do: 'replace', column: name, map: Object.fromEntries(groups.flatMap(({ word, others }) => others.map((other) => [other, word]))) })];
}

function lookAtNumbers(column: NumericColumn): Suggestion[] {
  if (column.type === 'boolean' || column.type === 'date') return [];
  const { low, high } = tukeyFences(column.values, 3);
  const values = Array.from(column.values).filter((value) => !Number.isNaN(value));
  if (values.length < 20 || low === high) return [];
  const found: Suggestion[] = [];
  const hidden = SENTINELS.filter((value) => (value < low || value > high) && values.filter((x) => x === value).length >= 2);
  if (hidden.length > 0) found.push({ why: 'marker', count: values.filter((x) => hidden.includes(x)).length, examples: hidden.map(String), step: { do: 'missing', columns: [column.name], values: hidden.map(String) } });
  const zeros = values.filter((x) => x === 0).length;
  // Many exact zeros far below all other values are more often "not measured" than measured.
  const others = tukeyFences(Float64Array.from(values.filter((x) => x !== 0)), 1.5);
  if (zeros >= 2 && zeros < values.length / 2 && others.low > 0) found.push({ why: 'marker', count: zeros, examples: ['0'], step: { do: 'missing', columns: [column.name], values: ['0'] } });
  const far = values.filter((x) => (x < low || x > high) && !hidden.includes(x) && x !== 0);
  if (far.length > 0 && far.length <= values.length / 20) found.push({ why: 'far-out', count: far.length, examples: [...new Set(far)].sort((a, b) => a - b).slice(0, 6).map(String), step: { do: 'limit', column: column.name, low, high, act: 'missing', learned: 'iqr' } });
  return found;
}
