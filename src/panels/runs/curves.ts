import type { RunCurve } from '../../lab/views/board-views.js';
import type { Messages } from '../../i18n/en.js';
import type { ChartRow, ChartSpec } from '../../ui/chart-spec.js';

/** How curves are drawn. */
export interface CurveChoices {
  /** Weight of what came before, 0 (none) up to below 1. */
  readonly smoothing: number;
  readonly log: boolean;
  readonly axis: 'step' | 'time';
}

/** TensorBoard's smoothing: an exponential mean, corrected for its start at 0 (Kingma and Ba 2015, section 3). */
export function smooth(values: readonly number[], weight: number): number[] {
  let mean = 0;
  return values.map((value, at) => {
    mean = weight * mean + (1 - weight) * value;
    return mean / (1 - weight ** (at + 1));
  });
}

type Words = Messages['board']['curve'];

/** Rows of the chart, and how many points a logarithmic scale cannot show. */
export function curveRows(curves: readonly RunCurve[], { smoothing, log, axis }: CurveChoices, t: Words): { rows: ChartRow[]; dropped: number } {
  const names = uniqueNames(curves);
  const rows = curves.flatMap(({ points }, at) =>
    (['loss', 'validationLoss'] as const).flatMap((key) => {
      const own = points.filter((point) => Number.isFinite(point[key]));
      const smoothed = smooth(own.map((point) => point[key]!), smoothing);
      return own.map((point, i): ChartRow & { y: number; smoothed: number } => ({ run: names[at]!, series: key === 'loss' ? t.loss : t.held, x: axis === 'step' ? point.step : point.at / 1000, y: point[key]!, smoothed: smoothed[i]! }));
    }),
  );
  const kept = log ? rows.filter(({ y, smoothed }) => y > 0 && smoothed > 0) : rows;
  return { rows: kept, dropped: rows.length - kept.length };
}

/** Names of runs; those that are shared get the beginning of their id. */
export function uniqueNames(runs: readonly { readonly id: string; readonly name: string }[]): string[] {
  const times = new Map<string, number>();
  for (const { name } of runs) times.set(name, (times.get(name) ?? 0) + 1);
  return runs.map(({ id, name }) => (times.get(name)! > 1 ? `${name} (${id.slice(0, 6)})` : name));
}

/** Curves of several runs: colour tells runs apart, dashes the rows held back; rows: run, series, x, y, smoothed. */
export function curveSpec(t: Words, runs: readonly string[], { smoothing, log, axis }: CurveChoices): ChartSpec {
  const x = { field: 'x', type: 'quantitative', title: axis === 'step' ? t.stepAxis : t.timeAxis, scale: { zero: false, nice: false } };
  const y = (field: string): object => ({ field, type: 'quantitative', title: t.value, scale: log ? { type: 'log' } : { zero: false } });
  const color = { field: 'run', type: 'nominal', scale: { domain: runs }, legend: runs.length > 1 ? { title: null, offset: 30, columns: 3, labelLimit: 240 } : null };
  const strokeDash = { field: 'series', type: 'nominal', scale: { domain: [t.loss, t.held], range: [[1, 0], [6, 3]] }, legend: { title: null, offset: 30 } };
  const line = (field: string, strokeWidth: number, opacity: number): object => ({ mark: { type: 'line', strokeWidth, opacity, clip: true }, encoding: { x, y: y(field), color, strokeDash } });
  return { height: 320, layer: smoothing > 0 ? [line('smoothed', 2.5, 1), line('y', 1, 0.4)] : [line('y', 2, 1)] };
}
