const MOST_WORDS = 300;

/** The commonest way to write something, and the other ways that are probably meant to be it. */
export interface SimilarGroup {
  readonly word: string;
  readonly others: readonly string[];
}

const plain = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Edits (insert, delete, replace, swap of neighbours) between two words (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let [older, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, older[j - 2]! + 1);
    }
    [older, last] = [last, row];
  }
  return last[b.length]!;
}

/** Whether a rare word is a frequent one written another way: the same but for case and marks, one edit off, its first letter, or it and more. */
function isVariant(rare: string, common: string, share: number): boolean {
  const [a, b] = [plain(rare), plain(common)];
  if (a === '' || b === '' || /^\p{N}+$/u.test(a)) return false;
  if (a === b) return true;
  if (share > 0.2) return false;
  if (a.length >= 4 && b.length >= 4 && editDistance(a, b) <= (Math.min(a.length, b.length) >= 8 ? 2 : 1)) return true;
  return (a.length === 1 && b.length > 2 && b.startsWith(a)) || (b.length >= 4 && rare.trim().toLowerCase().startsWith(`${common.trim().toLowerCase()} `));
}

/** Groups of words that are probably one, each under its commonest way of writing; `counts` gives how often each stands. */
export function similarGroups(counts: ReadonlyMap<string, number>): SimilarGroup[] {
  const words = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
  if (words.length > MOST_WORDS) return [];
  const groups: { word: string; others: string[] }[] = [];
  for (const word of words) {
    const homes = groups.filter((group) => isVariant(word, group.word, counts.get(word)! / counts.get(group.word)!));
    // One that fits two groups (such as the letter of both) is left alone.
    if (homes.length === 1) homes[0]!.others.push(word);
    else groups.push({ word, others: [] });
  }
  return groups.filter(({ others }) => others.length > 0);
}
