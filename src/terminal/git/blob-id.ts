import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Git's id of a file's content: SHA-1 of `blob <length>\0` and the bytes, 40 hex digits. */
export const blobId = (content: Uint8Array): string => bytesToHex(sha1(concatBytes(utf8ToBytes(`blob ${content.length}\0`), content)));

export const shortId = (id: string): string => id.slice(0, 7);
export const NO_ID = '0'.repeat(40);
