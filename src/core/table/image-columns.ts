/** Square pictures that lie in a table: one column for each pixel, row by row, named p0, p1, … */
export interface ImageColumns {
  /** Pixels along each side. */
  readonly side: number;
  /** Where each pixel stands among the names that were given. */
  readonly places: Int32Array;
}

/** Smaller squares are more likely columns that happen to be called so. */
const SMALLEST_SIDE = 4;

/** Whether a column holds a pixel, by its name. */
export const isPixelName = (name: string): boolean => /^p(0|[1-9]\d*)$/.test(name);

/** The names of the pixel columns of pictures with that many pixels. */
export const pixelNames = (pixels: number): string[] => Array.from({ length: pixels }, (_, pixel) => `p${pixel}`);

/** The pictures among columns of these names; undefined when p0, p1, … are not just as many as a square has. */
export function findImageColumns(names: readonly string[]): ImageColumns | undefined {
  const placeOf = new Map<string, number>();
  names.forEach((name, place) => isPixelName(name) && placeOf.set(name, place));
  const side = Math.round(Math.sqrt(placeOf.size));
  if (side < SMALLEST_SIDE || side * side !== placeOf.size) return undefined;
  const places = pixelNames(placeOf.size).map((name) => placeOf.get(name) ?? -1);
  return places.includes(-1) ? undefined : { side, places: Int32Array.from(places) };
}
