import type { Change } from './sides.js';
import { likeness, MOST_LIKE } from './likeness.js';

type Half = NonNullable<Change['before']>;
interface Gone extends Change {
  readonly before: Half;
}
interface Come extends Change {
  readonly after: Half;
}
interface Pair {
  readonly gone: Gone;
  readonly come: Come;
  readonly score: number;
}

/** At least half alike, as git's `-M50%`. */
const LEAST = MOST_LIKE / 2;
/** Files of the same name need less to be looked for elsewhere, git's `min_basename_score`. */
const LEAST_BY_NAME = LEAST + (MOST_LIKE - LEAST) / 2;
/** Pairs beyond which only files of the same content are found, git's `diff.renameLimit`. */
const MOST_PAIRS = 1000 * 1000;

/** The changes with a file that went and one like it that came as one, renamed; places as git's `diffcore-rename` finds them. */
export function findRenames(changes: readonly Change[]): Change[] {
  const gone = changes.filter((c): c is Gone => c.before !== undefined && c.after === undefined);
  const come = changes.filter((c): c is Come => c.before === undefined && c.after !== undefined);
  if (gone.length === 0 || come.length === 0) return [...changes];
  const found = new Finder(gone, come);
  found.takeSame();
  found.takeNamed();
  found.takeAlike();
  const byCome = new Map(found.pairs.map((pair) => [pair.come as Change, pair]));
  const used = new Set<Change>(found.pairs.map((pair) => pair.gone));
  return changes.flatMap((change) => {
    const pair = byCome.get(change);
    if (pair) return [{ path: change.path, before: pair.gone.before, after: change.after, from: pair.gone.path, likeness: Math.floor((pair.score * 100) / MOST_LIKE) }];
    return used.has(change) ? [] : [change];
  });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

class Finder {
  readonly pairs: Pair[] = [];

  constructor(
    private gone: readonly Gone[],
    private come: readonly Come[],
  ) {}

  private take(gone: Gone, come: Come, score: number): void {
    this.pairs.push({ gone, come, score });
    this.gone = this.gone.filter((c) => c !== gone);
    this.come = this.come.filter((c) => c !== come);
  }

  /** Files of the same content; of several the one of the same name. */
  takeSame(): void {
    for (const come of this.come) {
      const same = this.gone.filter((c) => c.before.id === come.after.id);
      const best = same.find((c) => nameOf(c.path) === nameOf(come.path)) ?? same[0];
      if (best) this.take(best, come, MOST_LIKE);
    }
  }

  /** Files whose name is the only such one on both sides. */
  takeNamed(): void {
    const [before, after] = [countNames(this.gone), countNames(this.come)];
    for (const gone of this.gone) {
      const name = nameOf(gone.path);
      if (before.get(name) !== 1 || after.get(name) !== 1) continue;
      const come = this.come.find((c) => nameOf(c.path) === name)!;
      const score = likeness(gone.before.content, come.after.content, LEAST_BY_NAME);
      if (score >= LEAST_BY_NAME) this.take(gone, come, score);
    }
  }

  /** The likest pairs first. */
  takeAlike(): void {
    if (this.gone.length * this.come.length > MOST_PAIRS) return;
    const pairs = this.come.flatMap((come) =>
      this.gone.map((gone) => ({ gone, come, score: likeness(gone.before.content, come.after.content, LEAST), named: nameOf(gone.path) === nameOf(come.path) ? 1 : 0 })).filter(({ score }) => score >= LEAST),
    );
    for (const { gone, come, score } of pairs.sort((a, b) => b.score - a.score || b.named - a.named)) if (this.gone.includes(gone) && this.come.includes(come)) this.take(gone, come, score);
  }
}

function countNames(changes: readonly Change[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const { path } of changes) names.set(nameOf(path), (names.get(nameOf(path)) ?? 0) + 1);
  return names;
}

/** `dir/{old => new}/file`, as git names a rename in a list of changes. */
export function renameLabel(from: string, to: string): string {
  const limit = Math.min(from.length, to.length);
  let same = 0;
  while (same < limit && from[same] === to[same]) same++;
  const head = from.slice(0, same).lastIndexOf('/') + 1;
  // the slash that ends the common beginning may also begin the common end
  const reach = limit - head + (head > 0 ? 1 : 0);
  let [tail, end] = [0, 0];
  while (end < reach && from[from.length - 1 - end] === to[to.length - 1 - end]) {
    end++;
    if (from[from.length - end] === '/') tail = end;
  }
  const middle = (path: string): string => path.slice(head, Math.max(head, path.length - tail));
  const change = `${middle(from)} => ${middle(to)}`;
  return head + tail === 0 ? change : `${from.slice(0, head)}{${change}}${tail === 0 ? '' : from.slice(-tail)}`;
}
