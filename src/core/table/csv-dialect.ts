import { LabError } from '../lab-error.js';

/** Bytes that are looked at before the first row is read. */
export const SAMPLE_BYTES = 65_536;

const DELIMITERS = [0x2c, 0x3b, 0x09, 0x7c];
const SAMPLE_RECORDS = 100;

/** How a file says its bytes are to be read, and how many bytes the mark takes. */
export interface Marked {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly skip: number;
}

/** Reads the byte order mark; without one it is UTF-8 until shown otherwise. */
export function readMark(bytes: Uint8Array): Marked {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  return { encoding: 'utf-8', skip: 0 };
}

const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['gzip', [0x1f, 0x8b]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
];

/** Refuses what is no text: throws `csv-binary` {kind, offset}. */
export function refuseBinary(bytes: Uint8Array): void {
  const known = SIGNATURES.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (known) throw new LabError('csv-binary', { kind: known[0], offset: 0 });
  const offset = bytes.subarray(0, SAMPLE_BYTES).indexOf(0);
  if (offset >= 0) throw new LabError('csv-binary', { kind: 'unknown', offset });
}

/** Counts delimiters outside quotes in each of the first records; a cut last record is left out unless it is the only one. */
function countFields(bytes: Uint8Array, delimiter: number): number[] {
  const counts: number[] = [];
  let fields = 1;
  let quoted = false;
  let fresh = true;
  let used = false;
  for (let i = 0; i < bytes.length && counts.length < SAMPLE_RECORDS; i++) {
    const byte = bytes[i];
    if (quoted) quoted = byte !== 0x22;
    else if (byte === 0x22 && fresh) quoted = true;
    else if (byte === 0x22) quoted = bytes[i - 1] === 0x22 && used;
    else if (byte === 0x0a || byte === 0x0d) {
      if (used) counts.push(fields);
      fields = 1;
      used = false;
      fresh = true;
      continue;
    } else if (byte === delimiter) {
      fields++;
      used = true;
      fresh = true;
      continue;
    }
    fresh = false;
    used = true;
  }
  if (counts.length === 0 && used) counts.push(fields);
  return counts;
}

/** The byte that divides cells: the one that gives most of the first records as many cells as the header has; a comma in doubt. */
export function detectDelimiter(sample: Uint8Array): number {
  let best = DELIMITERS[0] as number;
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = countFields(sample, delimiter);
    const header = counts[0] ?? 1;
    if (header < 2) continue;
    const share = counts.filter((count) => count === header).length / counts.length;
    const score = share + 1 - 1 / header;
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
