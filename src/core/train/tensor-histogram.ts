/** How the values of one array of a net are spread: counts in buckets of equal width from `low` to `high`. */
export interface TensorHistogram {
  /** Such as `layer1/weights` or `layer1/gradients`. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** The histograms of a net after one step (`epoch`). */
export interface StepHistograms {
  readonly step: number;
  readonly tensors: readonly TensorHistogram[];
}

const BUCKETS = 30;

/** Counts the finite values in 30 buckets; one bucket of width 1 when all are equal, none without values. */
export function countTensor(name: string, values: ArrayLike<number>): TensorHistogram {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return { name, low: 0, high: 0, counts: [] };
  let [low, high] = [Infinity, -Infinity];
  for (const value of finite) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low === high) return { name, low: low - 0.5, high: high + 0.5, counts: [finite.length] };
  const width = (high - low) / BUCKETS;
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const value of finite) counts[Math.min(BUCKETS - 1, Math.floor((value - low) / width))]!++;
  return { name, low, high, counts };
}

/** Its buckets as [left, right, count]; the last ends exactly at `high`. */
export function bucketRows({ low, high, counts }: TensorHistogram): [number, number, number][] {
  const width = (high - low) / counts.length;
  return counts.map((count, at) => [low + at * width, at === counts.length - 1 ? high : low + (at + 1) * width, count]);
}

/** Whether the histograms of this epoch are kept: the first, the last, and at most a dozen in all. */
export const keepsHistograms = (epoch: number, epochs: number): boolean => epoch === 1 || epoch === epochs || epoch % Math.ceil(epochs / 10) === 0;
