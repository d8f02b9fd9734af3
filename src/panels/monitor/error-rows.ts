import type { ErrorSeries } from '../../lab/views/monitor-views.js';
import type { AlertSummary, VersionSummary } from '../../lab/views/snapshot.js';

type Stretch = ErrorSeries['months'][number];

/** A month or window of a service's life beside what its version promised. */
export interface JudgedStretch extends Stretch {
  readonly promise: number;
  readonly limit: number;
  readonly alerts: readonly AlertSummary[];
}

/** Joins each stretch with the promise of the version that answered in it, and with the alerts that were raised at its end. */
export function judgeStretches(stretches: readonly Stretch[], series: ErrorSeries, model: string, versions: readonly VersionSummary[], alerts: readonly AlertSummary[] = []): JudgedStretch[] {
  const ratio = series.promise > 0 ? series.limit / series.promise : 1;
  return stretches.map((stretch) => {
    const own = versions.find((one) => one.model === model && one.version === stretch.version)?.metrics[`test.${series.metric}`];
    const promise = own ?? series.promise;
    return { ...stretch, promise, limit: promise * ratio, alerts: alerts.filter(({ at }) => at === stretch.to) };
  });
}

/** What the months say in figures; `last` is the newest one that has labels. */
export interface ErrorFacts {
  readonly last: JudgedStretch & { readonly error: number };
  readonly ratio: number;
  readonly over: number;
  readonly judged: number;
}

/** Sums up the months that have labels; undefined while there is none. */
export function errorFacts(months: readonly JudgedStretch[]): ErrorFacts | undefined {
  const judged = months.filter((month): month is JudgedStretch & { error: number } => month.error !== undefined);
  const last = judged.at(-1);
  if (last === undefined) return undefined;
  return { last, ratio: last.error / last.promise, over: judged.filter(({ error, limit }) => error > limit).length, judged: judged.length };
}

/** The alerts to show first, in their order: the three newest about the error and the two newest about drift. */
export function firstAlerts(newestFirst: readonly AlertSummary[]): readonly AlertSummary[] {
  const errors = newestFirst.filter(({ rule }) => rule === 'error').slice(0, 3);
  const others = newestFirst.filter(({ rule }) => rule !== 'error').slice(0, 2);
  return newestFirst.filter((alert) => errors.includes(alert) || others.includes(alert));
}

/** A date as a number of years, so that round ticks are years: 2005-07-01 is 2005.5. */
export function yearOf(date: string): number {
  const year = Number(date.slice(0, 4));
  return year + (Number(date.slice(5, 7)) - 1) / 12;
}

/** The month of such a number as an ISO date. */
export function dateOfYear(x: number): string {
  const months = Math.round(x * 12);
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}
