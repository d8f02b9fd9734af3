import type { ComparisonSummary } from '../../lab/views/snapshot.js';
import { greaterIsBetter } from '../model-words/metric-words.js';

/** How a comparison stands: who is better, by what share of the champion's value, and whether the difference could be chance. */
export interface DuelVerdict {
  readonly winner: 'challenger' | 'champion' | 'none';
  /** Difference as a share of the champion's value, never negative. */
  readonly share: number;
}

/** Judges the two values by the direction of their metric. */
export function judgeDuel({ metric, championValue, challengerValue }: ComparisonSummary): DuelVerdict {
  const gain = greaterIsBetter(metric) ? challengerValue - championValue : championValue - challengerValue;
  const share = championValue === 0 ? 0 : Math.abs(gain / championValue);
  return { winner: gain > 0 ? 'challenger' : gain < 0 ? 'champion' : 'none', share };
}

/** What has become of the challenger since: not decided, promoted, or overtaken by later versions. */
export function fateOf(comparison: ComparisonSummary, served: number, retired: ReadonlySet<number>): 'open' | 'promoted' | 'past' {
  if (served === comparison.challenger) return 'promoted';
  return served === comparison.champion && !retired.has(comparison.challenger) ? 'open' : 'past';
}
