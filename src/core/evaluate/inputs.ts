import { LabError } from '../lab-error.js';

/** Refuses vectors of different lengths (`length-mismatch` {first, second}) or with a value that is not finite (`not-finite` {column, row}). */
export function checkVectors(vectors: Readonly<Record<string, ArrayLike<number> | undefined>>): void {
  let length: number | undefined;
  for (const [column, values] of Object.entries(vectors)) {
    if (!values) continue;
    length ??= values.length;
    if (values.length !== length) throw new LabError('length-mismatch', { first: length, second: values.length });
    for (let row = 0; row < length; row++) if (!Number.isFinite(values[row])) throw new LabError('not-finite', { column, row });
  }
}

/** a / b, or null when b is 0. */
export const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
