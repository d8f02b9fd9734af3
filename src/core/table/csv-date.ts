import { parseIsoDate } from './iso-date.js';
import { decodeAscii } from './text-codec.js';

/** Form of a cell that is a date without a time. */
export const DATE_ONLY = 0;

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const digits = (bytes: Uint8Array, start: number, count: number): number => {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
};

function dayNumber(year: number, month: number, day: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = (DAYS_IN[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  if (!(day >= 1 && day <= last)) return NaN;
  const y = year - 1;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 477;
  return (year - 1970) * 365 + leaps + (DAYS_BEFORE[month - 1] as number) + (leap && month > 2 ? 1 : 0) + day - 1;
}

/** Milliseconds since 1970-01-01 UTC of the ISO date in bytes from `start` to `end`, or NaN. */
export function readDateAt(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 10 || length > 35 || bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return NaN;
  if (length > 10) return parseIsoDate(decodeAscii(bytes, start, end));
  return dayNumber(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2)) * 86_400_000;
}
