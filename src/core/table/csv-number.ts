import { decodeAscii } from './text-codec.js';

/** How a number was written, one byte a cell: 0 … 22 digits after the point, or one of the two below. */
export const SHORTEST = 254;
/** Written in some other way; the text itself is kept. */
export const AS_WRITTEN = 255;

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const WHOLE = /^[+-]?\d+$/;
const PADDED = /^[+-]?0\d+$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a plainly written number at `start` into `values[row]` and `forms[row]` and gives where it ends, or -1 when it is not
 * plain. Exact: a whole number below 2^52 divided by a power of ten up to 10^22 rounds once (Clinger 1990).
 */
export function scanNumber(bytes: Uint8Array, start: number, end: number, values: Float64Array, forms: Uint8Array, row: number): number {
  let p = start;
  const negative = bytes[p] === 0x2d;
  if (negative) p++;
  const first = p;
  let whole = 0;
  let digit = 0;
  while (p < end && (digit = (bytes[p] as number) - 0x30) >= 0 && digit <= 9) {
    whole = whole * 10 + digit;
    p++;
  }
  if (p === first || (bytes[first] === 0x30 && p > first + 1)) return -1;
  let places = 0;
  if (p < end && bytes[p] === 0x2e) {
    const point = ++p;
    while (p < end && (digit = (bytes[p] as number) - 0x30) >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      p++;
    }
    places = p - point;
    if (places === 0 || places > 22) return -1;
  }
  if (whole >= 0x10_0000_0000_0000 || (negative && whole === 0)) return -1;
  const value = whole / (POWERS[places] as number);
  values[row] = negative ? -value : value;
  forms[row] = places;
  return p;
}

/** What a number's text says: its value, its form, and whether it is written without point and exponent. */
export interface ReadNumber {
  readonly value: number;
  readonly form: number;
  readonly whole: boolean;
}

/** Reads a number written in any way, or undefined: `007` and whole numbers beyond 2^53 are names, not numbers. */
export function readNumber(text: string): ReadNumber | undefined {
  if (!NUMBER.test(text) || PADDED.test(text)) return undefined;
  const value = Number(text);
  const whole = WHOLE.test(text);
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) return undefined;
  return { value, whole, form: String(value) === text ? SHORTEST : AS_WRITTEN };
}

/** Reads the number in bytes from `start` to `end`, as `readNumber` does. */
export function readNumberAt(bytes: Uint8Array, start: number, end: number): ReadNumber | undefined {
  const first = bytes[start] as number;
  // Most words are told from a number by their first letter, which spares the text.
  if (first > 0x39 || (first < 0x30 && first !== 0x2d && first !== 0x2b && first !== 0x2e)) return undefined;
  return end - start > 400 ? undefined : readNumber(decodeAscii(bytes, start, end));
}

/** Gives a number back as it was written; not for `AS_WRITTEN`. */
export function writeForm(value: number, form: number): string {
  return form === SHORTEST ? String(value) : value.toFixed(form);
}
