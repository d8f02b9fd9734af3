import type { Random } from '../../core/random.js';

/** Square pictures, one after another, each moved by up to `most` pixels along both sides; what comes in from outside is 0. */
export function shiftPictures(pictures: Float32Array, side: number, most: number, random: Random): Float32Array {
  const out = new Float32Array(pictures.length);
  const draw = (): number => Math.floor(random() * (2 * most + 1)) - most;
  for (let start = 0; start < pictures.length; start += side * side) {
    const [down, along] = [draw(), draw()];
    for (let y = Math.max(0, down); y < Math.min(side, side + down); y++) {
      for (let x = Math.max(0, along); x < Math.min(side, side + along); x++) out[start + y * side + x] = pictures[start + (y - down) * side + x - along]!;
    }
  }
  return out;
}
