/** Row numbers to fit on and to judge on. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Turns the fold number of each row into folds. */
function foldsOf(foldOfRow: Int32Array, k: number): Fold[] {
  const rows = Int32Array.from(foldOfRow.keys());
  return Array.from({ length: k }, (_, fold) => ({
    train: rows.filter((row) => foldOfRow[row] !== fold),
    test: rows.filter((row) => foldOfRow[row] === fold),
  }));
}

/** k runs of neighbouring rows; the first n % k are one longer (scikit-learn's `KFold`, unshuffled). */
export function kFolds(n: number, k: number): Fold[] {
  const short = Math.floor(n / k);
  const long = n % k;
  return foldsOf(Int32Array.from({ length: n }, (_, row) => (row < long * (short + 1) ? Math.floor(row / (short + 1)) : long + Math.floor((row - long * (short + 1)) / short))), k);
}

/** Folds that share each class evenly, given its class codes (scikit-learn's `StratifiedKFold`, unshuffled). */
export function stratifiedFolds(y: ArrayLike<number>, k: number): Fold[] {
  // Classes are numbered by first appearance, as scikit-learn does, so that the folds are the same.
  const codeOf = new Map<number, number>();
  const codes = Int32Array.from(y, (value) => {
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    return code;
  });
  const sorted = codes.slice().sort();
  const quota = Array.from({ length: k }, () => new Int32Array(codeOf.size));
  sorted.forEach((code, i) => quota[i % k]![code]!++);
  const next = new Int32Array(codeOf.size);
  const fold = codes.map((code) => {
    while (quota[next[code] as number]![code] === 0) next[code]!++;
    quota[next[code] as number]![code]!--;
    return next[code] as number;
  });
  return foldsOf(fold, k);
}

/** k folds whose training rows all lie before their test rows, `gap` rows apart (scikit-learn's `TimeSeriesSplit`). */
export function timeSeriesFolds(n: number, k: number, gap = 0): Fold[] {
  const size = Math.floor(n / (k + 1));
  return Array.from({ length: k }, (_, fold) => {
    const start = n - (k - fold) * size;
    return {
      train: Int32Array.from({ length: Math.max(0, start - gap) }, (_, row) => row),
      test: Int32Array.from({ length: size }, (_, row) => start + row),
    };
  });
}

/** k folds that keep the rows of a group together: the largest group goes to the smallest fold (scikit-learn's `GroupKFold`). */
export function groupFolds(groups: ArrayLike<number | string>, k: number): Fold[] {
  const size = new Map<number | string, number>();
  for (let row = 0; row < groups.length; row++) size.set(groups[row] as number, (size.get(groups[row] as number) ?? 0) + 1);
  const names = [...size.keys()].sort((a, b) => (a < b ? -1 : 1));
  // scikit-learn reverses an ascending sort, so of equally large groups the last named comes first.
  const order = names.map((name, i) => ({ name, i, size: size.get(name) as number })).sort((a, b) => b.size - a.size || b.i - a.i);
  const weights = new Array<number>(k).fill(0);
  const foldOf = new Map<number | string, number>();
  for (const group of order) {
    const lightest = weights.indexOf(Math.min(...weights));
    weights[lightest]! += group.size;
    foldOf.set(group.name, lightest);
  }
  return foldsOf(Int32Array.from({ length: groups.length }, (_, row) => foldOf.get(groups[row] as number) as number), k);
}

/** A fold that learns from a share of its training rows: of rows in time order the newest, of others evenly chosen ones. */
export function shareOfFold({ train, test }: Fold, share: number, inTime: boolean): Fold {
  const count = Math.max(1, Math.ceil(train.length * share));
  return { train: inTime ? train.slice(-count) : Int32Array.from({ length: count }, (_, at) => train[Math.floor((at * train.length) / count)]!), test };
}
