import { createRandom, type Random } from '../../core/random.js';

/** One reading of a station as it arrives; times in milliseconds. */
export interface SensorEvent {
  readonly sensor: string;
  readonly time: number;
  readonly value: number;
}

/** What was done to the true readings. */
export interface StreamTruth {
  readonly duplicates: number;
  readonly outOfOrder: number;
  readonly gaps: number;
  readonly missing: number;
  readonly stuckRuns: number;
  readonly stuckEvents: number;
}

export interface SensorStream {
  readonly events: readonly SensorEvent[];
  readonly truth: StreamTruth;
}

const SENSOR = 'station-1';
/** Readings among which at most one fault lies, so that faults never touch each other. */
const BLOCK = 60;
const FAULTS = ['none', 'gap', 'duplicate', 'late', 'stuck'] as const;

/** A station's readings as a network delivers them: with gaps, events sent twice, late events, and times at which the value is stuck. The same seed gives the same stream. */
export function makeSensorStream(times: ArrayLike<number>, values: ArrayLike<number>, seed: number): SensorStream {
  const random = createRandom(seed);
  const truth = { duplicates: 0, outOfOrder: 0, gaps: 0, missing: 0, stuckRuns: 0, stuckEvents: 0 };
  const events: SensorEvent[] = [];
  for (let from = 0; from < times.length; from += BLOCK) {
    const block = Array.from({ length: Math.min(BLOCK, times.length - from) }, (_, i) => ({ sensor: SENSOR, time: times[from + i]!, value: values[from + i]! }));
    const whole = block.length === BLOCK;
    const at = 15 + Math.floor(random() * 20);
    events.push(...spoil(block, whole ? FAULTS[Math.floor(random() * FAULTS.length)]! : 'none', at, random, truth));
  }
  return { events, truth };
}

type Counts = { -readonly [K in keyof StreamTruth]: number };

function spoil(block: SensorEvent[], fault: (typeof FAULTS)[number], at: number, random: Random, truth: Counts): SensorEvent[] {
  if (fault === 'gap') {
    const length = 1 + Math.floor(random() * 5);
    truth.gaps++;
    truth.missing += length;
    return [...block.slice(0, at), ...block.slice(at + length)];
  }
  if (fault === 'duplicate' || fault === 'late') {
    const later = at + (fault === 'late' ? 2 : 1) + Math.floor(random() * 6);
    if (fault === 'duplicate') truth.duplicates++;
    else truth.outOfOrder++;
    const rest = fault === 'duplicate' ? block.slice(0, later) : block.slice(0, later).filter((_, i) => i !== at);
    return [...rest, block[at]!, ...block.slice(later)];
  }
  return fault === 'stuck' ? stick(block, at, 8 + Math.floor(random() * 7), truth) : block;
}

/** The first reading is repeated; begins and ends where the true values differ from it, so that the run has exactly this length. */
function stick(block: SensorEvent[], from: number, length: number, truth: Counts): SensorEvent[] {
  for (let at = from; at + length < BLOCK; at++) {
    const value = block[at]!.value;
    if (block[at - 1]!.value === value || block[at + length]!.value === value) continue;
    truth.stuckRuns++;
    truth.stuckEvents += length;
    return block.map((event, i) => (i >= at && i < at + length ? { ...event, value } : event));
  }
  return block;
}
