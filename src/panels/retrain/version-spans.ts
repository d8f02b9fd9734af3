import { dayOf } from '../../core/calendar.js';
import type { ErrorSeries } from '../../lab/views/monitor-views.js';
import type { LearnedRows } from '../../lab/views/learned-rows.js';

/** A stretch of days as shares, 0 to 1, of the whole line; ISO dates for the words. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly length: number;
}

/** What a version learned from and when it answered requests. */
export interface VersionSpans {
  readonly version: number;
  readonly rows: number;
  readonly learned?: Span;
  readonly served: readonly Span[];
}

/** Lays learning and serving of all versions on one line from the first learned row to today. */
export function versionSpans(learned: readonly LearnedRows[], months: ErrorSeries['months'], now: string): { readonly spans: readonly VersionSpans[]; readonly from: string } {
  const from = learned.reduce((first, one) => (one.from !== undefined && one.from < first ? one.from : first), months[0]?.from ?? now);
  const [zero, whole] = [dayOf(from), Math.max(1, dayOf(now) - dayOf(from))];
  const span = (first: string, last: string): Span => ({ from: first, to: last, start: (dayOf(first) - zero) / whole, length: Math.max(0.004, (dayOf(last) - dayOf(first)) / whole) });
  const spans = learned.map(({ version, rows, from: first, to: last }) => ({
    version,
    rows,
    served: servedSpans(months, version, now).map(([start, end]) => span(start, end)),
    ...(first === undefined || last === undefined ? {} : { learned: span(first, last) }),
  }));
  return { spans, from };
}

/** Runs of months in which a version answered; the last one ends today at the latest. */
function servedSpans(months: ErrorSeries['months'], version: number, now: string): [string, string][] {
  const runs: [string, string][] = [];
  for (const month of months) {
    if (month.version !== version) continue;
    const end = month.to < now ? month.to : now;
    const last = runs.at(-1);
    if (last?.[1] === month.from) last[1] = end;
    else runs.push([month.from, end]);
  }
  return runs;
}
