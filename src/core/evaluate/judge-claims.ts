import { finish } from '../gradual.js';
import type { Task } from '../prepare/recipe.js';
import { bootstrapMetrics } from './bootstrap-metrics.js';
import { metricsOf, metricsOfTask } from './metric-names.js';

/** A score as somebody's code says it. */
export interface Claim {
  /** File that says it. */
  readonly path: string;
  /** Its name there, such as `test.rmse`. */
  readonly name: string;
  /** NaN when what stands there is no number. */
  readonly claimed: number;
}

/** A claim held against the same metric on rows that the code never saw, with an interval of 99 %. */
export interface JudgedClaim extends Omit<Claim, 'claimed'> {
  /** Null when it is no number. */
  readonly claimed: number | null;
  readonly metric: string;
  readonly found: number;
  readonly low: number;
  readonly high: number;
  /** `holds`: within what chance explains; `too-good`: better than that; `modest`: worse than that; `no-number`. */
  readonly verdict: 'holds' | 'too-good' | 'modest' | 'no-number';
}

/** True values and what was predicted: a number for each row, the probability of class 1, or one for each class. */
export interface Answers {
  readonly task: Task;
  readonly classes: number;
  readonly y: Float64Array;
  readonly scores: Float64Array;
}

const SAMPLES = 200;

/** Holds claims against the lab's own metrics of the answers; a name that is none of the task's metrics is left out. */
export function judgeClaims(claims: readonly Claim[], answers: Answers): JudgedClaim[] {
  const { task, classes, y, scores } = answers;
  const found = metricsOf(task, classes, y, scores);
  const intervals = finish(bootstrapMetrics({ task, classes, y, predicted: scores, threshold: 0.5 }, { seed: 7, samples: SAMPLES, level: 0.99 }));
  return claims.flatMap((claim) => {
    const direction = metricsOfTask[task].find(({ name }) => plain(name) === plain(claim.name.split('.').at(-1)!));
    const estimate = direction && found[direction.name];
    if (!direction || estimate === undefined || !Number.isFinite(estimate)) return [];
    const { low, high } = intervals[direction.name] ?? { low: estimate, high: estimate };
    const gain = direction.greaterIsBetter ? claim.claimed - estimate : estimate - claim.claimed;
    // The claim comes from other rows, and so has an error of its own, about as large.
    const slack = Math.SQRT2 * Math.max(high - estimate, estimate - low) + 0.01 * Math.abs(estimate);
    const verdict = !Number.isFinite(claim.claimed) ? 'no-number' : gain > slack ? 'too-good' : gain < -slack ? 'modest' : 'holds';
    return [{ ...claim, claimed: Number.isFinite(claim.claimed) ? claim.claimed : null, metric: direction.name, found: estimate, low, high, verdict }];
  });
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
