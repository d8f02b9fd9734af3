import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The 32 hex digits that DVC calls a file by. */
export const md5Hex = (content: Uint8Array): string => bytesToHex(md5(content));
