/** Sorts `keys[0 … count-1]` ascending: insertion for a few, else quicksort by the median of three. */
export function sortKeys(keys: Uint32Array, count: number): void {
  sortBetween(keys, 0, count - 1);
}

function sortBetween(keys: Uint32Array, from: number, to: number): void {
  let low = from;
  let high = to;
  while (high - low > 24) {
    const middle = partition(keys, low, high);
    // The smaller side by recursion, so that the stack stays shallow.
    if (middle - low < high - middle) {
      sortBetween(keys, low, middle);
      low = middle + 1;
    } else {
      sortBetween(keys, middle + 1, high);
      high = middle;
    }
  }
  insert(keys, low, high);
}

function insert(keys: Uint32Array, low: number, high: number): void {
  for (let i = low + 1; i <= high; i++) {
    const key = keys[i]!;
    let j = i - 1;
    for (; j >= low && keys[j]! > key; j--) keys[j + 1] = keys[j]!;
    keys[j + 1] = key;
  }
}

function partition(keys: Uint32Array, low: number, high: number): number {
  const pivot = medianOf(keys[low]!, keys[(low + high) >>> 1]!, keys[high]!);
  let i = low - 1;
  let j = high + 1;
  for (;;) {
    do i++;
    while (keys[i]! < pivot);
    do j--;
    while (keys[j]! > pivot);
    if (i >= j) return Math.min(j, high - 1);
    const kept = keys[i]!;
    keys[i] = keys[j]!;
    keys[j] = kept;
  }
}

function medianOf(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : Math.max(a, c);
  return a < c ? a : Math.max(b, c);
}
