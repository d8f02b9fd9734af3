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

/** Rows of the chart: each value of each run with the way to the next axis on which it has one, and the two ends of each axis. */
export function parallelRows(runs: readonly BoardRun[], axes: readonly Axis[], ranges: Readonly<Record<string, Range>>, names: readonly string[]): ChartRow[] {
  const ways = runs.flatMap((run, at) => {
    const part = liesWithin(run, axes, ranges) ? 'in' : 'out';
    const score = axes.at(-1)?.place(run) ?? null;
    const stops = axes.flatMap(({ key, place, words }, x) => {
      const y = place(run);
      return y === undefined ? [] : [{ x, y, axis: key, text: words(y) }];
    });
    return stops.map((stop, i): ChartRow => ({ part, run: names[at]!, ...stop, x2: (stops[i + 1] ?? stop).x, y2: (stops[i + 1] ?? stop).y, score }));
  });
  const ends = axes.flatMap(({ key, words }, x) => [0, 1].map((y): ChartRow => ({ part: 'end', axis: key, x, x2: x, y, y2: 1 - y, text: words(y) })));
  return [...ends, ...ways];
}

/** Up to here each value has a point of its own; with more runs they would hide the lines. */
const FEW = 60;
const GREY = '#80817a';

/** Parallel coordinates: a way for each run, coloured by the last axis; what lies outside the ranges is thin and grey. */
export function parallelSpec(axes: readonly Axis[], runs: number): ChartSpec {
  // Straight ways from axis to axis: a line mark for each run would take Vega a second for a thousand.
  const x = { field: 'x', type: 'quantitative', scale: { domain: [-0.4, axes.length - 0.6], nice: false }, axis: null };
  const y = { field: 'y', type: 'quantitative', scale: { domain: [-0.12, 1.3], nice: false }, axis: null };
  const way = { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } };
  const color = { condition: { test: 'isValid(datum.score)', field: 'score', type: 'quantitative', scale: { scheme: 'viridis', domain: [0, 1] }, legend: null }, value: GREY };
  const tooltip = ['run', 'axis', 'text'].map((field) => ({ field, type: 'nominal' }));
  const part = (test: string): object[] => [{ filter: test }];
  const label = (at: number, mark: object, field: string): object => ({ transform: part(`datum.part === "end" && datum.y === ${at}`), mark: { type: 'text', fontSize: 11, ...mark }, encoding: { x, y, text: { field } } });
  return {
    height: 360,
    layer: [
      { transform: part('datum.part === "end" && datum.y === 0'), mark: { type: 'rule', color: GREY, strokeWidth: 1.5, strokeDash: [1, 0] }, encoding: way },
      { transform: part('datum.part === "out"'), mark: { type: 'rule', color: GREY, strokeWidth: 1, strokeDash: [1, 0], opacity: 0.2 }, encoding: way },
      { transform: part('datum.part === "in"'), mark: { type: 'rule', strokeDash: [1, 0], strokeWidth: runs <= FEW ? 2 : 1, opacity: runs <= FEW ? 0.85 : 0.5 }, encoding: { ...way, color, ...(runs <= FEW ? { tooltip } : {}) } },
      ...(runs <= FEW ? [{ transform: part('datum.part === "in"'), mark: { type: 'point', size: 30, opacity: 1 }, encoding: { x, y, color, tooltip } }] : []),
      label(1, { dy: -10 }, 'text'),
      label(0, { dy: 14 }, 'text'),
      label(1, { dy: -26, fontWeight: 600, ...(axes.length > 4 ? { angle: -18, align: 'left', dx: -14 } : {}), limit: 170 }, 'axis'),
    ],
  };
}
