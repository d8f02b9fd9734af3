import { LabError } from '../lab-error.js';
import { DATE_PARTS, type DatePart } from './date-parts.js';

/** What a column becomes. Columns whose change is the same `poly`, `interact` or `pca` are taken together. */
export type Change =
  | { readonly kind: 'scale'; readonly scale: 'standard' | 'min-max' | 'robust' | 'none' | 'max-abs' }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly clip: boolean }
  | { readonly kind: 'power'; readonly method: 'yeo-johnson' | 'box-cox' }
  | { readonly kind: 'bins'; readonly bins: number; readonly strategy: 'quantile' | 'uniform' | 'kmeans'; readonly codes: boolean }
  | { readonly kind: 'polynomial'; readonly degree: number; readonly interactions: boolean }
  | { readonly kind: 'components'; readonly count: number }
  | { readonly kind: 'one-hot' | 'ordinal' }
  | { readonly kind: 'target'; readonly smoothing: number }
  | { readonly kind: 'dates'; readonly parts: readonly DatePart[] }
  | { readonly kind: 'text'; readonly weighting: 'tf-idf' | 'count'; readonly terms: number };

export type ColumnImputer = 'median' | 'mean' | 'most-frequent' | 'none' | { readonly neighbours: number };

/** What one column goes through; what is left out is as for all columns. */
export interface ColumnPlan {
  readonly impute?: ColumnImputer;
  readonly flag?: true;
  readonly change?: Change;
}

type Options = readonly string[];
const plain = (change: Change) => (word: string, options: Options): Change => (none(word, options), change);

/** The words of a change, in the order in which they are offered, and what they take after colons. */
const CHANGES: Readonly<Record<string, (word: string, options: Options) => Change>> = {
  standard: plain({ kind: 'scale', scale: 'standard' }),
  'min-max': plain({ kind: 'scale', scale: 'min-max' }),
  robust: plain({ kind: 'scale', scale: 'robust' }),
  'max-abs': plain({ kind: 'scale', scale: 'max-abs' }),
  plain: plain({ kind: 'scale', scale: 'none' }),
  range: (word, [low = '0', high = '1', clip, ...rest]) => {
    none(word, rest);
    if (clip !== undefined && clip !== 'clip') throw wrong(word, clip, 'clip');
    return { kind: 'range', low: numberOf(word, low), high: numberOf(word, high), clip: clip === 'clip' };
  },
  power: (word, [method = 'yeo-johnson', ...rest]) => (none(word, rest), { kind: 'power', method: oneOf(word, method, ['yeo-johnson', 'box-cox'] as const) }),
  'box-cox': plain({ kind: 'power', method: 'box-cox' }),
  bins: (word, [bins = '5', ...rest]) => {
    const codes = rest.at(-1) === 'codes';
    const [strategy = 'quantile', ...more] = codes ? rest.slice(0, -1) : rest;
    none(word, more);
    return { kind: 'bins', bins: wholeOf(word, bins, 2, 100), strategy: oneOf(word, strategy, ['quantile', 'uniform', 'kmeans'] as const), codes };
  },
  poly: (word, [degree = '2', ...rest]) => (none(word, rest), { kind: 'polynomial', degree: wholeOf(word, degree, 2, 5), interactions: false }),
  interact: (word, [degree = '2', ...rest]) => (none(word, rest), { kind: 'polynomial', degree: wholeOf(word, degree, 2, 5), interactions: true }),
  pca: (word, [count = '2', ...rest]) => (none(word, rest), { kind: 'components', count: wholeOf(word, count, 1, 50) }),
  'one-hot': plain({ kind: 'one-hot' }),
  ordinal: plain({ kind: 'ordinal' }),
  target: (word, [smoothing = '10', ...rest]) => {
    none(word, rest);
    const weight = numberOf(word, smoothing);
    if (weight < 0) throw wrong(word, smoothing, '0 …');
    return { kind: 'target', smoothing: weight };
  },
  dates: (_word, parts) => ({ kind: 'dates', parts: datePartsOf(parts) }),
  tfidf: (word, [terms = '100', ...rest]) => (none(word, rest), { kind: 'text', weighting: 'tf-idf', terms: wholeOf(word, terms, 1, 2000) }),
  count: (word, [terms = '100', ...rest]) => (none(word, rest), { kind: 'text', weighting: 'count', terms: wholeOf(word, terms, 1, 2000) }),
};

const IMPUTERS: Readonly<Record<string, (word: string, options: Options) => ColumnImputer>> = {
  median: (word, options) => (none(word, options), 'median'),
  mean: (word, options) => (none(word, options), 'mean'),
  'most-frequent': (word, options) => (none(word, options), 'most-frequent'),
  keep: (word, options) => (none(word, options), 'none'),
  knn: (word, [k = '5', ...rest]) => (none(word, rest), { neighbours: wholeOf(word, k, 1, 100) }),
};

/** Words that may stand in a column's transform. */
export const TRANSFORM_WORDS: readonly string[] = [...Object.keys(IMPUTERS), 'flag', ...Object.keys(CHANGES)];

/**
 * Reads what one column goes through: words joined by `+`, their options after colons, such as `median+flag+power` or `bins:5:kmeans`.
 * Throws `transform-unknown` {column, transform, known}, `transform-option` {transform, option, expected}, `transform-twice` {column, first, second}.
 */
export function readTransform(column: string, spec: string): ColumnPlan {
  let plan: ColumnPlan = {};
  const seen: Record<string, string> = {};
  for (const text of spec.split('+').map((part) => part.trim())) {
    const [word = '', ...options] = text.split(':');
    const slot = word === 'flag' ? 'flag' : Object.hasOwn(IMPUTERS, word) ? 'impute' : Object.hasOwn(CHANGES, word) ? 'change' : undefined;
    if (slot === undefined) throw new LabError('transform-unknown', { column, transform: text, known: TRANSFORM_WORDS });
    if (seen[slot] !== undefined) throw new LabError('transform-twice', { column, first: seen[slot], second: text });
    seen[slot] = text;
    if (slot === 'flag') none(word, options);
    plan = slot === 'flag' ? { ...plan, flag: true } : slot === 'impute' ? { ...plan, impute: IMPUTERS[word]!(word, options) } : { ...plan, change: CHANGES[word]!(word, options) };
  }
  return plan;
}

/** Reads `column=transform` pairs as they are typed. Throws `flag-value`. */
export function readTransforms(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const [column, spec] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (at < 1 || column === '' || spec === '') throw new LabError('flag-value', { flag: '--transform', value: pair, expected: 'column=transform' });
      return [column, spec];
    }),
  );
}

/** The pairs that `readTransforms` reads. */
export const transformPairs = (transforms: Readonly<Record<string, string>>): string[] => Object.entries(transforms).map(([column, spec]) => `${column}=${spec}`);

function datePartsOf(words: Options): readonly DatePart[] {
  if (words.length === 0) return ['year', 'month', 'weekday', 'day-of-year'];
  const parts = words.flatMap((word) => (word === 'cyclic' ? (['cyclic-weekday', 'cyclic-year'] as const) : [oneOf('dates', word, DATE_PARTS)]));
  return [...new Set(parts)];
}

const wrong = (transform: string, option: string, expected: string): LabError => new LabError('transform-option', { transform, option, expected });

function none(word: string, options: Options): void {
  if (options.length > 0) throw wrong(word, options.join(':'), '-');
}

function numberOf(word: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw wrong(word, text, '0.5');
  return value;
}

function wholeOf(word: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) throw wrong(word, text, `${low} … ${high}`);
  return value;
}

function oneOf<T extends string>(word: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw wrong(word, text, known.join(' | '));
  return found;
}
