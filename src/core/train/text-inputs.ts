import { LabError } from '../lab-error.js';
import type { TrainingData } from './model.js';

/** Whether an input is the weight of a term: the recipe names those `column:term`. */
const isTerm = (name: string): boolean => name.includes(':');

/** Refuses inputs none of which is a term of a text. Throws `not-text` {columns}. */
export function expectSomeTerms({ features }: TrainingData): void {
  if (!features.some(isTerm)) throw new LabError('not-text', { columns: features.length });
}

/** Refuses inputs of which any is no term of a text. Throws `not-text` {columns}. */
export function expectOnlyTerms({ features }: TrainingData): void {
  const others = features.filter((name) => !isTerm(name)).length;
  if (others > 0) throw new LabError('not-text', { columns: others });
}
