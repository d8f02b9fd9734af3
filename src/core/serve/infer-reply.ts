import { Refusal } from './refusal.js';
import type { ServedModel } from './served-model.js';

/** A tensor of a reply. */
interface OutputTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly (number | string)[];
}

/** Gives the reply's tensors named in `asked` for the raw scores of `rows` rows; throws a 500 on a score that is not finite. */
export function outputTensors(model: ServedModel, scores: Float64Array, rows: number, asked: readonly string[]): OutputTensor[] {
  const width = model.task === 'multiclass' ? model.classes.length : 1;
  if (scores.length !== rows * width) throw new Refusal(500, `model "${model.name}" gave ${scores.length} scores for ${rows} rows`);
  const broken = scores.findIndex((score) => !Number.isFinite(score));
  if (broken >= 0) throw new Refusal(500, `model "${model.name}" gave ${scores[broken]} for row ${Math.floor(broken / width)}`);
  const data = dataOf(model, scores, rows);
  return asked.map((name) => {
    const { datatype, shape } = model.outputs.find((output) => output.name === name)!;
    return { name, shape: [rows, ...shape.slice(1)], datatype, data: data[name as keyof typeof data] };
  });
}

function dataOf(model: ServedModel, scores: Float64Array, rows: number): Record<'prediction' | 'label' | 'probabilities', (number | string)[]> {
  if (model.task === 'regression') return { prediction: [...scores], label: [], probabilities: [] };
  const probabilities = model.task === 'binary' ? [...scores].flatMap((p) => [1 - p, p]) : [...scores];
  const prediction = Array.from({ length: rows }, (_, row) => codeOf(model, probabilities, row));
  return { prediction, label: prediction.map((code) => model.classes[code]!), probabilities };
}

/** Code of a row's class: by the threshold for two classes, else the likeliest, the first of equals. */
function codeOf(model: ServedModel, probabilities: readonly number[], row: number): number {
  if (model.task === 'binary') return probabilities[row * 2 + 1]! >= model.threshold ? 1 : 0;
  const own = probabilities.slice(row * model.classes.length, (row + 1) * model.classes.length);
  return own.indexOf(Math.max(...own));
}
