import { Inflate } from 'fflate';
import { LabError } from '../../core/lab-error.js';
import { crc32 } from '../../core/crc.js';

/** One entry of a zip as its directory tells it; nothing of it is trusted before it is read. */
export interface ZipEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly packed: Uint8Array;
  readonly stored: boolean;
  readonly crc: number;
}

/** Bounds that hold while inflating, whatever headers say. */
export interface ZipLimits {
  readonly entries: number;
  readonly totalBytes: number;
  /** Highest ratio of unpacked to packed, for more than `ratioFrom` bytes. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 200_000, totalBytes: 2 ** 31, ratio: 200, ratioFrom: 10_000_000 };

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const SLICE = 1 << 16;

const notZip = (reason: string): LabError => new LabError('import-not-zip', { reason });

/** Reads the directory of a zip. Throws `import-not-zip` {reason} and `import-too-big`. */
export function readZipEntries(zip: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const { count, start } = findDirectory(view);
  if (count > limits.entries) throw new LabError('import-too-big', { entries: count, limit: limits.entries });
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== CENTRAL) throw notZip('directory');
    entries.push(readEntry(zip, view, at));
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findDirectory(view: DataView): { count: number; start: number } {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count !== 0xffff && start !== 0xffffffff) return { count, start };
  if (end < 20 || view.getUint32(end - 20, true) !== LOCATOR64) return { count, start };
  const end64 = Number(view.getBigUint64(end - 12, true));
  if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== END64) throw notZip('zip64');
  return { count: Number(view.getBigUint64(end64 + 32, true)), start: Number(view.getBigUint64(end64 + 48, true)) };
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END) return at;
  throw notZip('no end');
}

function readEntry(zip: Uint8Array, view: DataView, at: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [packedSize, size, local] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
  const name = decodeName(zip.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
  if ([packedSize, size, local].includes(0xffffffff)) throw new LabError('import-too-big', { path: name });
  if ((flags & 1) !== 0) throw notZip('encrypted');
  if (method !== 0 && method !== 8) throw notZip(`method ${method}`);
  if (local + 30 > zip.length || view.getUint32(local, true) !== LOCAL) throw notZip('entry');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packedSize > zip.length) throw notZip('cut short');
  const kind = (view.getUint32(at + 38, true) >>> 16) & 0o170000;
  return {
    name,
    isFolder: name.endsWith('/'),
    isLink: kind !== 0 && kind !== 0o100000 && kind !== 0o040000,
    packed: zip.subarray(from, from + packedSize),
    stored: method === 0,
    crc: view.getUint32(at + 16, true),
  };
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new LabError('import-bad-path', { path: new TextDecoder('latin1').decode(bytes) });
  }
}

/** Counts what is unpacked and stops what goes beyond the limits. */
export interface Unpacker {
  /** Content of an entry. Throws `import-bomb`, `import-too-big`, `import-not-zip`. */
  unpack(entry: ZipEntry): Uint8Array;
  /** Content of zlib data (a loose git object), under the same limits. */
  inflateZlib(packed: Uint8Array, path: string): Uint8Array;
}

/** Starts counting at nothing. */
export function createUnpacker(limits: ZipLimits): Unpacker {
  const spent = { zip: 0, zlib: 0 };
  const inflate = (packed: Uint8Array, path: string, kind: 'zip' | 'zlib'): Uint8Array => {
    const parts: Uint8Array[] = [];
    let size = 0;
    const take = (part: Uint8Array): void => {
      size += part.length;
      spent[kind] += part.length;
      if (size > limits.ratioFrom && size > packed.length * limits.ratio) throw new LabError('import-bomb', { path });
      if (spent[kind] > limits.totalBytes) throw new LabError('import-too-big', { bytes: spent[kind], limit: limits.totalBytes });
      parts.push(part);
    };
    const stream = new Inflate(take);
    for (let at = 0; at < packed.length; at += SLICE) stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
    return join(parts, size);
  };
  return {
    unpack(entry) {
      const content = entry.stored ? entry.packed : damaged(entry.name, () => inflate(entry.packed, entry.name, 'zip'));
      if (entry.stored) spent.zip += content.length;
      if (spent.zip > limits.totalBytes) throw new LabError('import-too-big', { bytes: spent.zip, limit: limits.totalBytes });
      if (crc32(content) !== entry.crc) throw notZip(`checksum of ${entry.name}`);
      return content;
    },
    inflateZlib: (packed, path) => inflate(packed.subarray(2, -4), path, 'zlib'),
  };
}

function damaged<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof LabError ? error : notZip(`content of ${name}`);
  }
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
