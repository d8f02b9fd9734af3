/** One measured figure; `bound` is the most it may be, `reference` what another tool gives for the same. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: number;
  readonly reference?: number;
  readonly note?: string;
}

/** One file of `bench/`: measures and gives its figures one by one. */
export interface Bench {
  readonly name: string;
  measure(): AsyncIterable<Figure> | Iterable<Figure>;
}

/** CPU seconds of this process since a moment of `process.cpuUsage()`. */
export function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
