/** What one row is between two layers: a list of numbers, or a picture [row][column][channel]. */
export interface Signal {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The greatest number of each channel in each `size` by `size` pixels; rows and columns that are left over at the end go. */
export function pickGreatest({ shape, values }: Signal, size: number): Signal {
  const [side, , channels] = shape as readonly [number, number, number];
  const half = Math.floor(side / size);
  const out = new Float64Array(half * half * channels).fill(-Infinity);
  for (let y = 0; y < half * size; y++) {
    for (let x = 0; x < half * size; x++) {
      const [from, to] = [(y * side + x) * channels, (Math.floor(y / size) * half + Math.floor(x / size)) * channels];
      for (let channel = 0; channel < channels; channel++) out[to + channel] = Math.max(out[to + channel]!, values[from + channel]!);
    }
  }
  return { shape: [half, half, channels], values: out };
}
