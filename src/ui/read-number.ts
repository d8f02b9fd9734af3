/** Why a typed number cannot be used. */
export type NumberFault = 'not-a-number' | 'not-whole' | 'too-small' | 'too-large';
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

const ARABIC_DIGITS = /[٠-٩۰-۹]/g;
const toLatin = (digit: string): string => String((digit.charCodeAt(0) & 0xf) % 10);

/** Reads what a person typed: Latin or Arabic digits, spaces around, a decimal comma or point; never rounds. */
export function readNumber(typed: string, range: NumberRange = {}): { value: number } | { fault: NumberFault } {
  const plain = typed.trim().replace(ARABIC_DIGITS, toLatin).replace(/[٫,]/, '.').replace('−', '-');
  const value = plain === '' ? Number.NaN : Number(plain);
  if (!Number.isFinite(value)) return { fault: 'not-a-number' };
  if (range.whole && !Number.isInteger(value)) return { fault: 'not-whole' };
  if (range.min !== undefined && value < range.min) return { fault: 'too-small' };
  if (range.max !== undefined && value > range.max) return { fault: 'too-large' };
  return { value };
}
