import { LabError } from '../lab-error.js';
import type { ColumnFacts, DatasetFacts, ImageFacts } from './dataset-facts.js';
import { pixelNames } from './image-columns.js';
import type { Table } from './table.js';

/** Facts with a column for each pixel put before the others; facts of a set without pictures stay as they are. */
export function withPixelColumns(facts: DatasetFacts): DatasetFacts {
  const { images } = facts;
  if (!images) return facts;
  const { width, height, most } = images;
  const pixels = pixelNames(width * height).map((name, at): ColumnFacts => ({ name, type: 'integer', meaning: `grey level 0 to ${most} in row ${Math.floor(at / width) + 1}, column ${(at % width) + 1}` }));
  return { ...facts, columns: [...pixels, ...facts.columns] };
}

/**
 * The table of a set of pictures: `pixels` holds one byte for each pixel, picture after picture, `labels` one class code for each picture.
 * Throws `image-set-broken` {file, bytes, expected} for files of another length and `bad-class` for a code without a name.
 */
export function readImageSet(target: string, { file, labels_file, rows, width, height, classes }: ImageFacts & { readonly file: string; readonly rows: number }, pixels: Uint8Array, labels: Uint8Array): Table {
  const size = width * height;
  if (pixels.length !== rows * size) throw new LabError('image-set-broken', { file, bytes: pixels.length, expected: rows * size });
  if (labels.length !== rows) throw new LabError('image-set-broken', { file: labels_file, bytes: labels.length, expected: rows });
  const strange = labels.find((code) => code >= classes.length);
  if (strange !== undefined) throw new LabError('bad-class', { value: strange, classes: classes.length });
  const columns = pixelNames(size).map((name, pixel) => ({ name, type: 'integer' as const, values: Float64Array.from({ length: rows }, (_, row) => pixels[row * size + pixel]!) }));
  return { rows, columns: [...columns, { name: target, type: 'text', levels: classes, codes: Int32Array.from(labels) }] };
}
