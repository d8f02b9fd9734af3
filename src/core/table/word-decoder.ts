import type { ByteDictionary } from './byte-dictionary.js';
import { decodeAscii, decodeUtf8, decodeUtf8Leniently, decodeWindows1252, isAscii } from './text-codec.js';

/** How the words of a file are decoded, and how many are not UTF-8. */
export interface WordDecoder {
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly damaged: number;
  readonly decode: (bytes: Uint8Array) => string;
}

const decodeShort = (bytes: Uint8Array): string | undefined =>
  bytes.length <= 40 && isAscii(bytes) ? decodeAscii(bytes, 0, bytes.length) : undefined;

/** Finds the encoding by all distinct words: UTF-8, or Windows-1252 when more words are not UTF-8 than are (ASCII counts for neither). */
export function chooseDecoder(names: readonly Uint8Array[], dictionaries: readonly ByteDictionary[]): WordDecoder {
  let sound = 0;
  let damaged = 0;
  const look = (bytes: Uint8Array): void => {
    if (isAscii(bytes)) return;
    if (decodeUtf8(bytes) === undefined) damaged++;
    else sound++;
  };
  names.forEach(look);
  for (const words of dictionaries) for (let code = 0; code < words.size; code++) look(words.bytesOf(code));
  if (damaged > sound) return { encoding: 'windows-1252', damaged, decode: decodeWindows1252 };
  return { encoding: 'utf-8', damaged, decode: (bytes) => decodeShort(bytes) ?? decodeUtf8Leniently(bytes) };
}
