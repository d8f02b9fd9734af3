import { createRandom, permutation } from '../../random.js';
import type { Matrix } from '../../table/table.js';
import type { TrainingData } from '../model.js';

/** Rows of training data and those held back from it. */
export interface HeldBack {
  readonly kept: { readonly x: Matrix; readonly y: Float64Array };
  readonly held: { readonly x: Matrix; readonly y: Float64Array };
}

/** Holds a share of the rows back, of each class alike, drawn by the seed; undefined when that would leave either side empty. */
export function holdBack({ x, y, task, classes }: TrainingData, share: number, seed: number): HeldBack | undefined {
  const random = createRandom(seed);
  const isHeld = new Uint8Array(y.length);
  const groups = task === 'regression' ? [[...y.keys()]] : Array.from({ length: classes }, (_, k) => [...y.keys()].filter((i) => y[i] === k));
  for (const group of groups) {
    const order = permutation(group.length, random);
    const count = Math.min(Math.round(group.length * share), group.length - 1);
    for (let i = 0; i < count; i++) isHeld[group[order[i]!]!] = 1;
  }
  const held = [...y.keys()].filter((i) => isHeld[i]);
  if (held.length === 0) return undefined;
  return { kept: takeRows(x, y, [...y.keys()].filter((i) => !isHeld[i])), held: takeRows(x, y, held) };
}

function takeRows(x: Matrix, y: Float64Array, rows: readonly number[]): { x: Matrix; y: Float64Array } {
  const data = new Float64Array(rows.length * x.columns);
  rows.forEach((row, i) => data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns));
  return { x: { rows: rows.length, columns: x.columns, data }, y: Float64Array.from(rows, (row) => y[row]!) };
}
