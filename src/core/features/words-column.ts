import type { TextColumn } from '../table/table.js';

/** A column of words from the word of each row; undefined is missing. */
export function wordsColumn(name: string, words: readonly (string | undefined)[]): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(words, (word) => {
    if (word === undefined) return -1;
    const code = codeOf.get(word) ?? codeOf.size;
    codeOf.set(word, code);
    return code;
  });
  return { name, type: 'text', levels: [...codeOf.keys()], codes };
}
