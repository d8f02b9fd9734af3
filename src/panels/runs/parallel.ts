import type { BoardRun } from '../../lab/views/board-views.js';
import type { ChartRow, ChartSpec } from '../../ui/chart-spec.js';
import type { Quantity } from './quantities.js';

/** An axis: where a value lies between its ends (0 … 1), and what a place on it means. */
export interface Axis {
  readonly key: string;
  readonly place: (run: BoardRun) => number | undefined;
  readonly words: (place: number) => string;
}

/** A part of an axis, both ends in 0 … 1. */
export type Range = readonly [low: number, high: number];

/** The axis of a quantity over these runs; categories stand in alphabetical order, numbers far apart in size on a logarithmic one. */
export function axisOf({ key, kind, of }: Quantity, runs: readonly BoardRun[], number: (value: number) => string): Axis {
  const values = runs.flatMap((run) => of(run) ?? []);
  if (kind === 'category') {
    const levels = [...new Set(values.map(String))].sort();
    const last = Math.max(1, levels.length - 1);
    return { key, place: (run) => (of(run) === undefined ? undefined : levels.length === 1 ? 0.5 : levels.indexOf(String(of(run))) / last), words: (place) => levels[levels.length === 1 ? 0 : Math.round(place * last)] ?? '' };
  }
  const [low, high] = values.map(Number).reduce<[number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const log = low > 0 && high / low >= 100;
  const [from, to] = log ? [Math.log(low), Math.log(high)] : [low, high];
  const place = (value: number): number => (to === from ? 0.5 : ((log ? Math.log(value) : value) - from) / (to - from));
  const value = (at: number): number => (log ? Math.exp(from + at * (to - from)) : from + at * (to - from));
  return { key, place: (run) => (of(run) === undefined ? undefined : place(Number(of(run)))), words: (at) => (Number.isFinite(from) ? number(value(at)) : '') };
}

const ROUNDING = 1e-9;

/** Whether a run lies in every range; a run without a value lies in none but the whole one. */
export function liesWithin(run: BoardRun, axes: readonly Axis[], ranges: Readonly<Record<string, Range>>): boolean {
  return axes.every(({ key, place }) => {
    const [low, high] = ranges[key] ?? [0, 1];
    if (low <= 0 && high >= 1) return true;
    const at = place(run);
    return at !== undefined && at >= low - ROUNDING && at <= high + ROUNDING;
  });
}

/** Rows of the chart: a point for each run and axis, and the two ends of each axis. */
export function parallelRows(runs: readonly BoardRun[], axes: readonly Axis[], ranges: Readonly<Record<string, Range>>, names: readonly string[]): ChartRow[] {
  const points = runs.flatMap((run, at) => {
    const within = liesWithin(run, axes, ranges);
    const score = axes.at(-1)?.place(run) ?? null;
    return axes.flatMap(({ key, place, words }) => {
      const y = place(run);
      return y === undefined ? [] : [{ part: within ? 'in' : 'out', id: run.id, run: names[at]!, axis: key, y, text: words(y), score }];
    });
  });
  const ends = axes.flatMap(({ key, words }) => [0, 1].map((y) => ({ part: 'end', axis: key, y, text: words(y) })));
  return [...ends, ...points];
}

/** Parallel coordinates: a line for each run, coloured by the last axis; what lies outside the ranges is thin and grey. */
export function parallelSpec(axes: readonly Axis[]): ChartSpec {
  const x = { field: 'axis', type: 'nominal', scale: { domain: axes.map(({ key }) => key), padding: 0.15 }, title: null, axis: { labelAngle: axes.length > 4 ? -25 : 0, labelLimit: 160, orient: 'top', domain: false, ticks: false } };
  const y = { field: 'y', type: 'quantitative', scale: { domain: [-0.06, 1.06], nice: false }, axis: null };
  const part = (name: string): object[] => [{ filter: `datum.part === "${name}"` }];
  return {
    height: 320,
    layer: [
      { transform: part('end'), mark: { type: 'line', color: '#80817a', strokeWidth: 1.5 }, encoding: { x, y, detail: { field: 'axis' } } },
      { transform: part('out'), mark: { type: 'line', color: '#80817a', strokeWidth: 1, opacity: 0.25 }, encoding: { x, y, detail: { field: 'id' } } },
      { transform: part('in'), mark: { type: 'line', strokeWidth: 2, opacity: 0.85, point: { size: 28 } }, encoding: { x, y, detail: { field: 'id' }, color: { condition: { test: 'isValid(datum.score)', field: 'score', type: 'quantitative', scale: { scheme: 'viridis', domain: [0, 1] }, legend: null }, value: '#80817a' }, tooltip: [{ field: 'run', type: 'nominal' }, { field: 'axis', type: 'nominal' }, { field: 'text', type: 'nominal' }] } },
      { transform: [{ filter: 'datum.part === "end" && datum.y === 1' }], mark: { type: 'text', dy: -9, fontSize: 11 }, encoding: { x, y, text: { field: 'text' } } },
      { transform: [{ filter: 'datum.part === "end" && datum.y === 0' }], mark: { type: 'text', dy: 12, fontSize: 11 }, encoding: { x, y, text: { field: 'text' } } },
    ],
  };
}
