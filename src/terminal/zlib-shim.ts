import { gunzipSync as inflate, gzipSync as deflate } from 'fflate';

interface GzipOptions {
  readonly level?: number;
  readonly maxOutputLength?: number;
}

/** The members of `node:zlib` constants that just-bash reads. */
export const constants = { Z_BEST_COMPRESSION: 9, Z_BEST_SPEED: 1, Z_DEFAULT_COMPRESSION: -1 } as const;

/** Compresses as `node:zlib` does, level 0 to 9. */
export function gzipSync(data: Uint8Array, options: GzipOptions = {}): Uint8Array {
  const level = options.level ?? -1;
  return deflate(data, { level: (level < 0 ? 6 : Math.min(level, 9)) as 6 });
}

/** Expands as `node:zlib` does; throws `ERR_BUFFER_TOO_LARGE` beyond `maxOutputLength`, read from the trailer before expanding. */
export function gunzipSync(data: Uint8Array, options: GzipOptions = {}): Uint8Array {
  const limit = options.maxOutputLength;
  if (limit !== undefined && trailerSize(data) > limit) throw tooLarge(limit);
  const out = inflate(data);
  if (limit !== undefined && out.length > limit) throw tooLarge(limit);
  return out;
}

function trailerSize(data: Uint8Array): number {
  return data.length < 18 ? 0 : new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(data.length - 4, true);
}

function tooLarge(limit: number): RangeError {
  return Object.assign(new RangeError(`Cannot create a Buffer larger than ${limit} bytes`), { code: 'ERR_BUFFER_TOO_LARGE' });
}
