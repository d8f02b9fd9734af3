import { LabError } from '../lab-error.js';
import type { Hyperparameter, ModelDefinition } from '../train/model.js';

/** One setting that is searched: a range, on a log scale if its size is what matters, or a list of choices. */
export type Dimension =
  | { readonly kind: 'number'; readonly name: string; readonly low: number; readonly high: number; readonly log: boolean; readonly whole: boolean }
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly (string | number)[] };

/** Values of the searched settings by name. */
export type Configuration = Readonly<Record<string, string | number>>;

/**
 * Reads `l2=0.01..100:log`, `maxDepth=2..8` or `columns=sqrt|all` for a setting of the model. Throws `unknown-hyperparameter`,
 * `bad-dimension` {text}, and `hyperparameter-range` for a value that the setting cannot have.
 */
export function parseDimension(text: string, { kind, hyperparameters: known }: Pick<ModelDefinition, 'kind' | 'hyperparameters'>): Dimension {
  const [name, range] = text.split(/=(.*)/s, 2) as [string, string | undefined];
  const parameter = known.find((one) => one.name === name);
  if (!parameter) throw new LabError('unknown-hyperparameter', { name, model: kind, known: known.map((one) => one.name) });
  const [, low, high, scale] = /^(-?[\d.e+-]+)\.\.(-?[\d.e+-]+)(:log)?$/i.exec(range ?? '') ?? [];
  if (low !== undefined && (parameter.type === 'integer' || parameter.type === 'number')) return numberDimension(text, parameter, Number(low), Number(high), scale !== undefined);
  const choices = (range ?? '').split('|').filter((choice) => choice !== '');
  if (choices.length === 0 || (range ?? '').includes('..')) throw new LabError('bad-dimension', { text });
  if (parameter.type === 'integers' || parameter.type === 'text') return { kind: 'choice', name, choices };
  return { kind: 'choice', name, choices: choices.map((choice) => readChoice(text, parameter, choice)) };
}

function numberDimension(text: string, { name, type, min = -Infinity, max = Infinity }: Hyperparameter, low: number, high: number, log: boolean): Dimension {
  const whole = type === 'integer';
  if (!(low < high) || (log && low <= 0) || (whole && !(Number.isInteger(low) && Number.isInteger(high)))) throw new LabError('bad-dimension', { text });
  const wrong = [low, high].find((value) => value < min || value > max);
  if (wrong !== undefined) throw new LabError('hyperparameter-range', { name, value: wrong, min, max });
  return { kind: 'number', name, low, high, log, whole };
}

function readChoice(text: string, { type, choices, min = -Infinity, max = Infinity }: Hyperparameter, choice: string): string | number {
  if (type === 'choice') {
    if (!choices?.includes(choice)) throw new LabError('bad-dimension', { text });
    return choice;
  }
  const value = Number(choice);
  if (!Number.isFinite(value) || value < min || value > max || (type === 'integer' && !Number.isInteger(value))) throw new LabError('bad-dimension', { text });
  return value;
}

/** The value at a place from 0 to 1 of a dimension; choices have equal parts. */
export function valueAt(dimension: Dimension, place: number): string | number {
  if (dimension.kind === 'choice') return dimension.choices[Math.min(dimension.choices.length - 1, Math.floor(place * dimension.choices.length))]!;
  const { low, high, log, whole } = dimension;
  // Whole numbers get equal parts of the range, the ends included.
  const [from, to] = whole ? [low - 0.5, high + 0.5] : [low, high];
  const value = log ? Math.exp(Math.log(Math.max(from, low / 2)) + place * (Math.log(to) - Math.log(Math.max(from, low / 2)))) : from + place * (to - from);
  const bounded = Math.min(high, Math.max(low, whole ? Math.round(value) : value));
  return whole ? bounded : Number(bounded.toPrecision(6));
}

/** Where a value lies in a numeric dimension, from 0 to 1. */
export function placeOf({ low, high, log }: Extract<Dimension, { kind: 'number' }>, value: number): number {
  return log ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low)) : (value - low) / (high - low);
}
