/** Words that stand for a missing value, besides an empty cell. */
export const MISSING_WORDS: readonly string[] = ['NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?'];

const pack = (word: string): number => [...word].reduceRight((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
const PACKED = new Set(MISSING_WORDS.map(pack));

/** Whether the bytes from `start` to `end`, already trimmed, stand for a missing value. */
export function isMissing(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 0) return true;
  if (length > 4) return false;
  const first = bytes[start] as number;
  if (first !== 0x4e && first !== 0x6e && first !== 0x3f) return false;
  let packed = 0;
  for (let i = end - 1; i >= start; i--) packed = packed * 256 + (bytes[i] as number);
  return PACKED.has(packed);
}

/** Whether a word stands for a missing value. */
export function isMissingWord(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || MISSING_WORDS.includes(trimmed);
}
