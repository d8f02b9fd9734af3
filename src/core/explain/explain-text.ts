import type { TextStep } from '../prepare/recipe.js';
import { termsOf } from '../prepare/text-tokens.js';
import type { FittedModel } from '../train/model.js';
import type { TextLinearState } from '../train/models/text-linear.js';

/** A stretch of a text; `word` is its place among the words that the model was asked about, absent for blanks, marks and words it does not know. */
export interface TextPiece {
  readonly text: string;
  readonly word?: number;
}

/** A word of a text as the model knows it, and what it adds to what is said. */
export interface WordShare {
  readonly term: string;
  readonly count: number;
  /** Its weight among the inputs, such as TF-IDF. */
  readonly weight: number;
  readonly share: number;
}

/** One text explained by its words. */
export interface TextExplanation {
  /** How it was found: weight by weight in closed form, or by leaving out one word at a time. */
  readonly method: 'linear' | 'occlusion';
  /** `score` is what the class has above the mean of all classes. */
  readonly unit: 'prediction' | 'log-odds' | 'score';
  readonly pieces: readonly TextPiece[];
  readonly words: readonly WordShare[];
  /** Words that the model has never seen. */
  readonly unknown: readonly string[];
}

/** What the explanation of a text needs: its step, the encoded row, where its terms stand in it, and the prediction for other texts in its place. */
export interface AskedText {
  readonly step: TextStep;
  readonly text: string;
  readonly row: Float64Array;
  readonly placeOf: (term: string) => number;
  readonly model: FittedModel;
  readonly output: number;
  /** The prediction with each of these texts instead. */
  readonly ask: (texts: readonly string[]) => Float64Array;
}

const WORD = /[\p{L}\p{N}_]+/gu;

/**
 * Explains a text by its words. A linear model of words has a closed form: the weight of a word times its own; with several classes against the
 * mean of all. For any other the prediction is taken again with each word left out wherever it stands (Zeiler and Fergus 2014).
 */
export function explainText(asked: AskedText): TextExplanation {
  const { step, text, row, placeOf } = asked;
  const known = new Set(step.vectors.vocabulary);
  const parts = cutText(text);
  const terms = parts.map(({ text: own, isWord }) => (isWord ? termsOf(own, { unit: 'word', from: 1, to: 1 })[0] : undefined));
  const found = [...new Set(terms.filter((term): term is string => term !== undefined && known.has(term)))];
  const exact = step.vectors.tokens.unit === 'word' && step.vectors.tokens.to === 1 ? linearShares(asked, found) : undefined;
  const shares = exact?.shares ?? leftOut(asked, parts.map(({ text: own }) => own), terms, found);
  return {
    method: exact ? 'linear' : 'occlusion',
    unit: exact?.unit ?? 'prediction',
    pieces: parts.map(({ text: own }, at) => ({ text: own, ...(known.has(terms[at] ?? '') ? { word: found.indexOf(terms[at]!) } : {}) })),
    words: found.map((term, at) => ({ term, count: terms.filter((other) => other === term).length, weight: row[placeOf(term)] ?? 0, share: shares[at]! })),
    unknown: [...new Set(terms.filter((term): term is string => term !== undefined && !known.has(term)))],
  };
}

function cutText(text: string): { text: string; isWord: boolean }[] {
  const parts: { text: string; isWord: boolean }[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (index > at) parts.push({ text: text.slice(at, index), isWord: false });
    parts.push({ text: word, isWord: true });
    at = index + word.length;
  }
  return at < text.length ? [...parts, { text: text.slice(at), isWord: false }] : parts;
}

function linearShares({ model, output, row, placeOf }: AskedText, terms: readonly string[]): { shares: number[]; unit: TextExplanation['unit'] } | undefined {
  if (model.kind !== 'text-linear') return undefined;
  const { coefficients } = model.state as TextLinearState;
  const own = model.task === 'binary' ? 1 : output;
  const others = model.task === 'binary' ? [coefficients[0]!] : coefficients;
  const weightOf = (place: number): number => coefficients[own]![place]! - others.reduce((sum, weights) => sum + weights[place]!, 0) / others.length;
  return { unit: model.task === 'binary' ? 'log-odds' : 'score', shares: terms.map((term) => weightOf(placeOf(term)) * row[placeOf(term)]!) };
}

function leftOut({ ask }: AskedText, parts: readonly string[], terms: readonly (string | undefined)[], found: readonly string[]): number[] {
  const without = found.map((term) => parts.map((part, at) => (terms[at] === term ? ' ' : part)).join(''));
  const [whole, ...rest] = ask([parts.join(''), ...without]);
  return rest.map((prediction) => whole! - prediction);
}
