import { applyOneHot, fitOneHot, type OneHotOptions } from '../../src/core/prepare/one-hot.js';
import { fitTargetEncoding } from '../../src/core/prepare/target-encoding.js';
import type { TokenChoice } from '../../src/core/prepare/text-tokens.js';
import { applyTextVectors, fitTextVectors, type TextVectorOptions } from '../../src/core/prepare/text-vectors.js';
import { numbers, type VectorCase } from './runner.js';

type Figures = Record<string, unknown>;

function flagged({ input }: VectorCase, options: OneHotOptions): Figures {
  const train = input['train'] as string[][];
  const fits = train[0]!.map((_, j) => fitOneHot(train.map((row) => row[j]!), options));
  const apply = (rows: unknown): number[][] => (rows as string[][]).map((row) => row.flatMap((word, j) => applyOneHot(fits[j]!, word)));
  const names = fits.flatMap(({ flags }, j) => flags.map((flag) => `c${j + 1}_${flag ?? 'infrequent_sklearn'}`));
  return { fitted: { categories_: fits.map(({ levels }) => levels), feature_names: names }, train_out: apply(train), test_out: apply(input['test']) };
}

/** scikit-learn raises; so must we, for the same word. */
function refused(vector: VectorCase): Figures {
  try {
    flagged(vector, { unknown: 'error' });
  } catch (cause) {
    const { level } = (cause as { data: { level: string } }).data;
    return { error: 'ValueError', message: `Found unknown categories ['${level}'] in column 0 during transform` };
  }
  return { error: null, message: null };
}

function encoded({ input }: VectorCase): Figures {
  const { levels, unknown } = fitTargetEncoding(input['category'] as string[], numbers(input['y']), input['m'] as number);
  return { encoding: levels, unknown };
}

function vectored({ input }: VectorCase, options: TextVectorOptions): Figures {
  const fitted = fitTextVectors(input['train'] as string[], options);
  const rows = (texts: unknown): Float64Array[] => {
    const { rows: count, columns, data } = applyTextVectors(fitted, texts as string[]);
    return Array.from({ length: count }, (_, row) => data.subarray(row * columns, (row + 1) * columns));
  };
  return { vocabulary: fitted.vocabulary, idf: fitted.idf ?? null, train_out: rows(input['train']), test_out: rows(input['test']) };
}

const tokens = (unit: TokenChoice['unit'], from: number, to: number): TokenChoice => ({ unit, from, to });

/** Kinds of preprocessing of words and texts, by case. */
export const wordKinds: Readonly<Record<string, (vector: VectorCase) => Figures>> = {
  OneHotEncoder_drop_first_ignore: (vector) => flagged(vector, { dropFirst: true }),
  OneHotEncoder_infrequent_min_frequency3: (vector) => flagged(vector, { minRows: 3 }),
  OneHotEncoder_error_on_unknown: refused,
  target_encoding_m_estimate_10: encoded,
  TfidfVectorizer_default: (vector) => vectored(vector, { weighting: 'tf-idf' }),
  TfidfVectorizer_arabic: (vector) => vectored(vector, { weighting: 'tf-idf' }),
  TfidfVectorizer_bigrams_sublinear: (vector) => vectored(vector, { weighting: 'tf-idf', sublinear: true, tokens: tokens('word', 1, 2) }),
  TfidfVectorizer_char_wb_2_3: (vector) => vectored(vector, { weighting: 'tf-idf', tokens: tokens('letters', 2, 3) }),
  CountVectorizer_default: (vector) => vectored(vector, { weighting: 'count' }),
};
