import { LabError } from '../core/lab-error.js';

/** A change that the learner puts into the world: from a date on, a sensor reports value × factor + offset. */
export interface Injection {
  readonly column: string;
  readonly kind: 'fahrenheit-to-celsius' | 'scale';
  readonly factor: number;
  readonly offset: number;
  /** ISO date of the first changed row. */
  readonly from: string;
}

/** The simulated outside: which source is live, what day it is, how late labels come. */
export interface WorldState {
  readonly version: 1;
  readonly dataset: string;
  readonly now: string;
  readonly start: string;
  readonly end: string;
  /** Days. */
  readonly labelDelay: number;
  readonly injections: readonly Injection[];
}

/** What each kind of injection does to a value; Fahrenheit to Celsius is (x − 32) · 5/9. */
export function injectionOf(column: string, kind: Injection['kind'], from: string, factor?: number, offset?: number): Injection {
  if (kind === 'fahrenheit-to-celsius') return { column, kind, from, factor: 5 / 9, offset: (-32 * 5) / 9 };
  if (factor === undefined && offset === undefined) throw new LabError('injection-without-change', { column });
  return { column, kind, from, factor: factor ?? 1, offset: offset ?? 0 };
}
