/** So many requests of a client in each window of this length. */
export const RATE = { requests: 8, milliseconds: 2000 } as const;

/** Counts requests in windows that begin at whole multiples of their length, so that the same times always give the same answer. */
export class RateLimit {
  private readonly counts = new Map<string, { window: number; count: number }>();

  /** Counts one request; 0 when it may pass, else the whole seconds until the next window. A refused request is not counted. */
  take(client: string, now: number): number {
    const window = Math.floor(now / RATE.milliseconds);
    const known = this.counts.get(client);
    const count = known?.window === window ? known.count : 0;
    if (count >= RATE.requests) return Math.max(1, Math.ceil(((window + 1) * RATE.milliseconds - now) / 1000));
    this.counts.set(client, { window, count: count + 1 });
    return 0;
  }
}
