const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The characters of Windows-1252 at 0x80 … 0x9f; the five unassigned bytes keep their C1 control, as in the WHATWG standard. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Gives text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Gives the text of UTF-8 bytes, or undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Gives the text of UTF-8 bytes with U+FFFD for what is not UTF-8. */
export function decodeUtf8Leniently(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Gives the text of bytes in Windows-1252. */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    text += byte >= 0x80 && byte < 0xa0 ? HIGH_CONTROLS.charAt(byte - 0x80) : String.fromCharCode(byte);
  }
  return text;
}

/** Gives a reader that turns pieces of UTF-16 into pieces of UTF-8. */
export function createUtf16Reader(label: 'utf-16le' | 'utf-16be'): (bytes: Uint8Array, last: boolean) => Uint8Array {
  const decoder = new TextDecoder(label);
  return (bytes, last) => encoder.encode(decoder.decode(bytes, { stream: !last }));
}

/** Whether all bytes are ASCII. */
export function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

/** Gives the text of ASCII bytes from `start` to `end`. */
export function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
