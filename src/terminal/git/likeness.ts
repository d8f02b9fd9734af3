/** The score of two files that are the same, git's `MAX_SCORE`. */
export const MOST_LIKE = 60_000;
const LONGEST_CHUNK = 64;
const LF = 10;
const CR = 13;

/** How much of the larger of two files both have, 0 to `MOST_LIKE`: bytes of lines (or 64 bytes) in common, as git's `diffcore-delta` counts them; 0 when the sizes alone rule out `least`. */
export function likeness(before: Uint8Array, after: Uint8Array, least: number): number {
  const [large, small] = [Math.max(before.length, after.length), Math.min(before.length, after.length)];
  if (small === 0 || large * (MOST_LIKE - least) < (large - small) * MOST_LIKE) return 0;
  const other = chunksOf(after);
  let common = 0;
  for (const [chunk, bytes] of chunksOf(before)) common += Math.min(bytes, other.get(chunk) ?? 0);
  return Math.floor((common * MOST_LIKE) / large);
}

/** Bytes that each line (or piece of 64 bytes) of a file takes in all; a last line without an end does not count. */
function chunksOf(content: Uint8Array): Map<string, number> {
  const isText = !content.subarray(0, 8000).includes(0);
  const found = new Map<string, number>();
  let chunk = '';
  for (let i = 0; i < content.length; i++) {
    const byte = content[i]!;
    if (isText && byte === CR && content[i + 1] === LF) continue;
    chunk += String.fromCharCode(byte);
    if (chunk.length < LONGEST_CHUNK && byte !== LF) continue;
    found.set(chunk, (found.get(chunk) ?? 0) + chunk.length);
    chunk = '';
  }
  return found;
}
