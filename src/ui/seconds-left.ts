const TOLD_AFTER_MS = 10_000;

/** Seconds until the end at the pace so far; undefined in the first ten seconds and while the end cannot be known. */
export function secondsLeft(done: number, total: number, started: number | undefined, now: number): number | undefined {
  if (started === undefined || total <= 0 || done <= 0 || done >= total) return undefined;
  const spent = now - started;
  return spent < TOLD_AFTER_MS ? undefined : Math.round((spent / done) * (total - done)) / 1000;
}
