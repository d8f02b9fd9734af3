import type { Messages } from '../../../i18n/en.js';
import type { ChartSpec } from '../../../ui/chart-spec.js';

type Words = Messages['features'];

/** Scores of each fold without and with a step, joined by lines, and their means as one thick line; rows: fold, part, value, mean. */
export const effectSpec = (t: Words, metric: string): ChartSpec => ({
  height: 240,
  encoding: { x: { field: 'part', type: 'nominal', sort: [t.without, t.with], title: null, scale: { padding: 0.5 }, axis: { labelAngle: 0, labelFontSize: 13 } } },
  layer: [
    { mark: { type: 'line', opacity: 0.6, strokeDash: [4, 3], point: { size: 40 } }, encoding: { y: { field: 'value', type: 'quantitative', title: metric, scale: { zero: false } }, detail: { field: 'fold' } } },
    { mark: { type: 'line', strokeWidth: 4, strokeDash: [1, 0] }, encoding: { y: { aggregate: 'mean', field: 'value', type: 'quantitative' } } },
  ],
});

/** The figure of each input, best first; rows: name, value. */
export const rankingSpec = (title: string, count: number): ChartSpec => ({
  height: 24 * count + 20,
  // The names that come later may be wider than the first one.
  autosize: { type: 'fit', contains: 'padding', resize: true },
  mark: { type: 'bar', size: 15 },
  encoding: { y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 220, ticks: false, domain: false } }, x: { field: 'value', type: 'quantitative', title, axis: { tickCount: 6 } } },
});
