import { LabError } from '../lab-error.js';
import { compareCodePoints } from './encoders.js';

/** How levels become flags, as scikit-learn's `OneHotEncoder`. */
export interface OneHotOptions {
  /** Leaves the first level out, which then is all zeros. */
  readonly dropFirst?: boolean;
  /** Levels of fewer rows share one flag. */
  readonly minRows?: number;
  /** A level that was not seen: all zeros (or the shared flag, if there is one), or an error. */
  readonly unknown?: 'ignore' | 'error';
}

export interface OneHotEncoding {
  /** All levels seen, by code point. */
  readonly levels: readonly string[];
  /** Level of each flag; undefined for the shared flag of infrequent levels. */
  readonly flags: readonly (string | undefined)[];
  readonly unknown: 'ignore' | 'error';
}

/** Learns the flags of a column's words. Throws `no-rows`. */
export function fitOneHot(words: readonly string[], options: OneHotOptions = {}): OneHotEncoding {
  const { dropFirst = false, minRows = 0, unknown = 'ignore' } = options;
  if (words.length === 0) throw new LabError('no-rows');
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const levels = [...counts.keys()].sort(compareCodePoints);
  const frequent: (string | undefined)[] = levels.filter((level) => counts.get(level)! >= minRows);
  if (frequent.length < levels.length) frequent.push(undefined);
  return { levels, flags: dropFirst ? frequent.slice(1) : frequent, unknown };
}

/** Flags of one word. Throws `unknown-level` {level} when unknown levels are errors. */
export function applyOneHot({ levels, flags, unknown }: OneHotEncoding, word: string): number[] {
  if (unknown === 'error' && !levels.includes(word)) throw new LabError('unknown-level', { level: word });
  const own = flags.includes(word);
  const shared = !own && (flags.includes(undefined) || flags.length === 0);
  return flags.map((flag) => Number(flag === undefined ? shared : flag === word));
}
