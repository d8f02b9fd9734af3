import { parseIsoDate } from '../table/iso-date.js';

const PATTERN = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/** Milliseconds since 1970-01-01 UTC of a date in the order that is named (ISO dates are always read); NaN when it is none. */
export function readDate(word: string, order: 'iso' | 'dmy' | 'mdy'): number {
  const iso = parseIsoDate(word);
  const match = PATTERN.exec(word);
  if (!Number.isNaN(iso) || !match || order === 'iso') return iso;
  const [first, second, year] = [match[1]!.padStart(2, '0'), match[2]!.padStart(2, '0'), match[3]!];
  return parseIsoDate(order === 'dmy' ? `${year}-${second}-${first}` : `${year}-${first}-${second}`);
}
