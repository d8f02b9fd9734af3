/** `terms.mjs`: how a text is cut, as `text-tokens.ts` does it. */
export const TERMS_SCRIPT = `// Cuts a text into the terms that the model knows it by: words of two letters or more, or runs of letters.
export function termsOf(text, { unit, from, to }) {
  const runs = [];
  const lower = text.toLowerCase();
  if (unit === 'word') {
    const words = (lower.match(/[\\p{L}\\p{N}_]+/gu) ?? []).filter((word) => [...word].length > 1);
    for (let length = from; length <= to; length++) for (let i = 0; i + length <= words.length; i++) runs.push(words.slice(i, i + length).join(' '));
    return runs;
  }
  for (const word of lower.split(/\\s+/u).filter((part) => part !== '')) {
    const letters = [...' ' + word + ' '];
    for (let length = from; length <= to; length++) {
      if (length >= letters.length) {
        runs.push(letters.join(''));
        break;
      }
      for (let i = 0; i + length <= letters.length; i++) runs.push(letters.slice(i, i + length).join(''));
    }
  }
  return runs;
}
`;

/** `terms.py`: the same terms as `terms.mjs`, for Python. */
export const TERMS_PYTHON = `"""Cuts a text into the terms that the model knows it by: words of two letters or more, or runs of letters.

terms.json says for each column of text how it is cut and which words stand for others ('' is missing).
"""
import re

SPACE = re.compile(r"[\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+")


def terms_of(text, unit, first, last):
    """Terms of one text in lower case; runs of first to last words or letters."""
    lower = text.lower()
    if unit == "word":
        words = [word for word in re.findall(r"\\w+", lower) if len(word) > 1]
        return [" ".join(words[i : i + length]) for length in range(first, last + 1) for i in range(len(words) - length + 1)]
    runs = []
    for word in filter(None, SPACE.split(lower)):
        letters = f" {word} "
        for length in range(first, last + 1):
            if length >= len(letters):
                runs.append(letters)
                break
            runs.extend(letters[i : i + length] for i in range(len(letters) - length + 1))
    return runs


def term_rows(texts, choice):
    """Rows of terms of equal length, filled up with '', as the model's input takes them. None is a missing text."""
    words = ["" if text is None or text != text else choice["swap"].get(str(text), str(text)) for text in texts]
    cut = [terms_of(word, choice["unit"], choice["from"], choice["to"]) for word in words]
    width = max([1, *map(len, cut)])
    return [row + [""] * (width - len(row)) for row in cut]
`;
