import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { compareCodePoints } from './encoders.js';
import { normaliseRows } from './normalise-rows.js';
import { termsOf, type TokenChoice } from './text-tokens.js';

/** What was learned from training texts. JSON-safe. */
export interface TextVectors {
  readonly tokens: TokenChoice;
  /** Terms in the order of the columns. */
  readonly vocabulary: readonly string[];
  /** ln((1 + texts) / (1 + texts with the term)) + 1 of each term; absent for plain counts. */
  readonly idf?: readonly number[];
  /** Counts c become 1 + ln c. */
  readonly sublinear: boolean;
}

export interface TextVectorOptions {
  readonly tokens?: TokenChoice;
  readonly weighting: 'count' | 'tf-idf';
  readonly sublinear?: boolean;
  /** Only the most frequent terms are kept, when there are more. */
  readonly mostTerms?: number;
}

const WORDS: TokenChoice = { unit: 'word', from: 1, to: 1 };

/** Learns the vocabulary and the weights of terms, as scikit-learn's `CountVectorizer` and `TfidfVectorizer`. Throws `no-rows`, `empty-vocabulary`. */
export function fitTextVectors(texts: readonly string[], options: TextVectorOptions): TextVectors {
  const { tokens = WORDS, weighting, sublinear = false, mostTerms = Infinity } = options;
  if (texts.length === 0) throw new LabError('no-rows');
  const documents = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const text of texts) {
    const terms = termsOf(text, tokens);
    for (const term of terms) totals.set(term, (totals.get(term) ?? 0) + 1);
    for (const term of new Set(terms)) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  if (totals.size === 0) throw new LabError('empty-vocabulary', { texts: texts.length });
  const kept = [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)! || compareCodePoints(a, b)).slice(0, mostTerms);
  const vocabulary = kept.sort(compareCodePoints);
  const idf = vocabulary.map((term) => Math.log((1 + texts.length) / (1 + documents.get(term)!)) + 1);
  return { tokens, vocabulary, sublinear, ...(weighting === 'tf-idf' ? { idf } : {}) };
}

/** Texts as rows of counts, or of TF-IDF weights of length 1; a text without a known term is all zeros. */
export function applyTextVectors({ tokens, vocabulary, idf, sublinear }: TextVectors, texts: readonly string[]): Matrix {
  const place = new Map(vocabulary.map((term, at) => [term, at]));
  const columns = vocabulary.length;
  const data = new Float64Array(texts.length * columns);
  texts.forEach((text, row) => {
    for (const term of termsOf(text, tokens)) {
      const at = place.get(term);
      if (at !== undefined) data[row * columns + at]! += 1;
    }
  });
  if (sublinear) data.forEach((count, at) => count > 0 && (data[at] = 1 + Math.log(count)));
  if (!idf) return { rows: texts.length, columns, data };
  data.forEach((count, at) => count > 0 && (data[at] = count * idf[at % columns]!));
  return normaliseRows({ rows: texts.length, columns, data });
}
