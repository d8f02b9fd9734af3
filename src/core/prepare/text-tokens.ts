/** How a text is cut: into words and runs of them, or into runs of letters within words. `from` and `to` bound the length of a run. */
export interface TokenChoice {
  readonly unit: 'word' | 'letters';
  readonly from: number;
  readonly to: number;
}

/** Letters, digits and underscores as Python's `\w`; marks that stand alone are not part of it. */
const WORD = /[\p{L}\p{N}_]+/gu;

/** Terms of a text in lower case: words of two letters or more joined by spaces, or letters of space-padded words, as scikit-learn's `word` and `char_wb`. */
export function termsOf(text: string, { unit, from, to }: TokenChoice): string[] {
  const lower = text.toLowerCase();
  return unit === 'word' ? wordRuns(lower, from, to) : letterRuns(lower, from, to);
}

function wordRuns(text: string, from: number, to: number): string[] {
  const words = (text.match(WORD) ?? []).filter((word) => [...word].length > 1);
  const runs: string[] = [];
  for (let length = from; length <= to; length++) for (let i = 0; i + length <= words.length; i++) runs.push(words.slice(i, i + length).join(' '));
  return runs;
}

function letterRuns(text: string, from: number, to: number): string[] {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words.flatMap((word) => {
    const letters = [...` ${word} `];
    const runs: string[] = [];
    for (let length = from; length <= to; length++) {
      // A word shorter than the run counts once, whole.
      if (length >= letters.length) {
        runs.push(letters.join(''));
        break;
      }
      for (let i = 0; i + length <= letters.length; i++) runs.push(letters.slice(i, i + length).join(''));
    }
    return runs;
  });
}
