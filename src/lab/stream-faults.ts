/** A reading with its time in milliseconds. */
export interface Reading {
  readonly time: number;
  readonly value: number;
}

/** What is wrong with a stream, in the order in which it arrived. */
export interface StreamFaults {
  readonly events: number;
  readonly duplicates: number;
  /** Events that came after a later one, duplicates aside. */
  readonly outOfOrder: number;
  readonly gaps: number;
  /** Readings that the gaps should have held. */
  readonly missing: number;
  /** Runs in which the same value came too often. */
  readonly stuckRuns: number;
  readonly stuckEvents: number;
}

/** A value that comes this often in a row is called stuck. */
export const STUCK_AFTER = 6;

/** Finds duplicates (the same time again), late events, gaps (times that a steady interval would have) and stuck values, all in order of event time. */
export function findStreamFaults(readings: readonly Reading[], interval: number): StreamFaults {
  const byTime = new Map<number, number>();
  let [newest, duplicates, outOfOrder] = [-Infinity, 0, 0];
  for (const { time, value } of readings) {
    if (byTime.has(time)) duplicates++;
    else {
      byTime.set(time, value);
      if (time < newest) outOfOrder++;
    }
    newest = Math.max(newest, time);
  }
  const ordered = [...byTime].sort(([a], [b]) => a - b);
  return { events: readings.length, duplicates, outOfOrder, ...findGaps(ordered.map(([time]) => time), interval), ...findStuck(ordered.map(([, value]) => value)) };
}

function findGaps(times: readonly number[], interval: number): Pick<StreamFaults, 'gaps' | 'missing'> {
  let [gaps, missing] = [0, 0];
  for (let i = 1; i < times.length; i++) {
    const lost = Math.round((times[i]! - times[i - 1]!) / interval) - 1;
    if (lost <= 0) continue;
    gaps++;
    missing += lost;
  }
  return { gaps, missing };
}

function findStuck(values: readonly number[]): Pick<StreamFaults, 'stuckRuns' | 'stuckEvents'> {
  let [stuckRuns, stuckEvents, from] = [0, 0, 0];
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[from]) continue;
    if (i - from >= STUCK_AFTER) {
      stuckRuns++;
      stuckEvents += i - from;
    }
    from = i;
  }
  return { stuckRuns, stuckEvents };
}

/** A window of event time with what has been counted in it; `closed` once the watermark has passed its end. */
export interface TimeWindow {
  readonly from: number;
  readonly count: number;
  readonly mean: number;
  readonly closed: boolean;
}

/** What windows make of a stream: the watermark (newest event time less the lateness that is allowed), the windows, and the events that came after theirs had closed. */
export interface Windowed {
  readonly watermark: number;
  readonly windows: readonly TimeWindow[];
  readonly dropped: number;
}

/** Tumbling windows of `width` over event time, after Akidau et al. 2015; an event whose window has closed when it arrives is dropped. All in milliseconds. */
export function windowStream(readings: readonly Reading[], width: number, lateness: number): Windowed {
  const sums = new Map<number, { sum: number; count: number }>();
  let [watermark, dropped] = [-Infinity, 0];
  for (const { time, value } of readings) {
    const from = Math.floor(time / width) * width;
    if (from + width <= watermark) dropped++;
    else {
      const { sum, count } = sums.get(from) ?? { sum: 0, count: 0 };
      sums.set(from, { sum: sum + value, count: count + 1 });
    }
    watermark = Math.max(watermark, time - lateness);
  }
  const windows = [...sums].sort(([a], [b]) => a - b).map(([from, { sum, count }]) => ({ from, count, mean: sum / count, closed: from + width <= watermark }));
  return { watermark, windows, dropped };
}
