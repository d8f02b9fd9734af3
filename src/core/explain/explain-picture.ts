import type { FittedModel } from '../train/model.js';
import { netGradient, type RowGradient } from '../train/nets/net-gradient.js';
import { integratedGradients } from './integrated-gradients.js';
import { outputOf, type Output } from './model-output.js';

/** What each pixel of a picture adds to one prediction, row by row. */
export interface PictureExplanation {
  /** How it was found: from the net's own gradients, or by covering three by three pixels at a time. */
  readonly method: 'integrated-gradients' | 'occlusion';
  readonly shares: Float64Array;
  /** Prediction for the baseline, and for the picture. */
  readonly base: number;
  readonly predicted: number;
}

const STEPS = 64;

/**
 * Explains the prediction for one encoded picture of `side` by `side` pixels against a baseline, such as an empty picture. Shares of integrated
 * gradients add up to predicted − base; those of occlusion (Zeiler and Fergus 2014) tell how far the prediction falls without the pixel and its
 * neighbours, and overlap. Throws `bad-class`.
 */
export async function explainPicture(model: FittedModel, x: Float64Array, baseline: Float64Array, side: number, output?: number): Promise<PictureExplanation> {
  const answer = outputOf(model, output);
  const [base, predicted] = answer({ rows: 2, columns: x.length, data: Float64Array.from([...baseline, ...x]) }) as unknown as [number, number];
  const gradient = netGradient(model, output ?? 1);
  if (!gradient) return { method: 'occlusion', shares: occlude(answer, x, baseline, side, predicted), base, predicted };
  return { method: 'integrated-gradients', shares: await integratedGradients(x, baseline, severalRows(gradient, x.length), STEPS), base, predicted };
}

const severalRows = (gradient: RowGradient, size: number) => async (inputs: Float32Array, count: number): Promise<Float64Array> => {
  const out = new Float64Array(count * size);
  for (let row = 0; row < count; row++) out.set(gradient(Float64Array.from(inputs.subarray(row * size, (row + 1) * size))), row * size);
  return out;
};

/** A row for each pixel in which it and its eight neighbours are those of the baseline. */
function occlude(answer: Output, x: Float64Array, baseline: Float64Array, side: number, predicted: number): Float64Array {
  const size = x.length;
  const data = new Float64Array(size * size);
  for (let pixel = 0; pixel < size; pixel++) {
    const row = data.subarray(pixel * size, (pixel + 1) * size);
    row.set(x);
    const [y, c] = [Math.floor(pixel / side), pixel % side];
    for (let near = Math.max(0, y - 1); near <= Math.min(side - 1, y + 1); near++) {
      for (let at = Math.max(0, c - 1); at <= Math.min(side - 1, c + 1); at++) row[near * side + at] = baseline[near * side + at]!;
    }
  }
  return answer({ rows: size, columns: size, data }).map((covered) => predicted - covered);
}
