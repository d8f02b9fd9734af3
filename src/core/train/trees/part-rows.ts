/**
 * Puts the rows of `rows[start … end-1]` that go left before those that go right, each in their order, and gives where the right ones begin.
 * A row goes left when `sides` says 1 for its code, `codes[base + row]`.
 */
export function partRows(rows: Int32Array, moved: Int32Array, start: number, end: number, codes: Uint8Array, base: number, sides: Uint8Array): number {
  const middle = partByCode(rows, moved, start, end, codes, base, sides);
  copyBack(rows, middle, end, moved);
  return middle;
}

/** The same for rows whose code is at most `last`. */
export function partRowsUpTo(rows: Int32Array, moved: Int32Array, start: number, end: number, codes: Uint16Array, base: number, last: number): number {
  const middle = partByRank(rows, moved, start, end, codes, base, last);
  copyBack(rows, middle, end, moved);
  return middle;
}

// Each row is written to both places, so that there is no branch to mispredict; each function has one loop, so that it is compiled once.
function partByCode(rows: Int32Array, moved: Int32Array, start: number, end: number, codes: Uint8Array, base: number, sides: Uint8Array): number {
  let to = start;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    rows[to] = row;
    moved[i - to] = row;
    to += sides[codes[base + row]!]!;
  }
  return to;
}

function partByRank(rows: Int32Array, moved: Int32Array, start: number, end: number, codes: Uint16Array, base: number, last: number): number {
  let to = start;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    rows[to] = row;
    moved[i - to] = row;
    to += codes[base + row]! <= last ? 1 : 0;
  }
  return to;
}

function copyBack(rows: Int32Array, from: number, end: number, moved: Int32Array): void {
  for (let i = from; i < end; i++) rows[i] = moved[i - from]!;
}
