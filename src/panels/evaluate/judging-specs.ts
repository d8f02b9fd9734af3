import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Words = Messages['judging'];
const LEGEND = { title: null, offset: 30 };
const quantity = (field: string, title: string, zero = false): object => ({ field, type: 'quantitative', title, scale: { zero } });
/** Rows of bars, in the order of the data. */
const names = (field: string): object => ({ field, type: 'nominal', sort: null, title: null, axis: { labelLimit: 220, ticks: false, domain: false } });

/** A point for each fold and a line at their mean; rows: fold, value, mean. */
export const foldSpec = (t: Words, metric: string): ChartSpec => ({
  height: 220,
  encoding: { x: { field: 'fold', type: 'ordinal', title: t.fold, axis: { labelAngle: 0 } } },
  layer: [
    { mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: {}, y: { aggregate: 'mean', field: 'mean', type: 'quantitative' } } },
    { mark: { type: 'point', size: 110 }, encoding: { y: quantity('value', metric) } },
  ],
});

/** Scores by number of training rows; rows: rows, part, value. */
export const learningSpec = (t: Words, metric: string): ChartSpec => ({
  height: 240,
  mark: { type: 'line', point: { size: 50 } },
  encoding: {
    x: quantity('rows', t.learningRows, true),
    y: quantity('value', metric),
    color: { field: 'part', type: 'nominal', scale: { domain: [t.onTrain, t.onTest] }, legend: LEGEND },
    strokeDash: { field: 'part', type: 'nominal', scale: { domain: [t.onTrain, t.onTest], range: [[6, 3], [1, 0]] }, legend: LEGEND },
  },
});

/** Share that is chosen by group with its interval; rows: group, share, low, high. */
export const groupSpec = (t: Words, count: number): ChartSpec => ({
  height: 40 * count + 20,
  encoding: { y: names('group') },
  layer: [
    { mark: { type: 'bar', size: 20 }, encoding: { x: { field: 'share', type: 'quantitative', title: t.selection, scale: { domain: [0, 1], nice: false }, axis: { format: '%', tickCount: 6 } } } },
    { mark: { type: 'rule', strokeDash: [1, 0], strokeWidth: 2 }, encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
  ],
});

/** What each feature adds or takes, greatest first; rows: name, part, sign. */
export const contributionSpec = (t: Words, title: string, count: number): ChartSpec => ({
  height: 24 * count + 20,
  mark: { type: 'bar', size: 16 },
  encoding: {
    y: names('name'),
    x: { field: 'part', type: 'quantitative', title },
    color: { field: 'sign', type: 'nominal', scale: { domain: [t.up, t.down] }, legend: LEGEND },
  },
});

/** Importance of features with the spread of the shuffles; rows: name, mean, low, high. */
export const importanceSpec = (title: string, count: number): ChartSpec => ({
  height: 24 * count + 20,
  encoding: { y: names('name') },
  layer: [
    { mark: { type: 'bar', size: 14 }, encoding: { x: { field: 'mean', type: 'quantitative', title } } },
    { mark: { type: 'rule', strokeDash: [1, 0] }, encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
  ],
});

/** Partial dependence (row −1) over the curves of single rows; rows: point, value, row. */
export function dependenceSpec(name: string, output: string, numeric: boolean): ChartSpec {
  const x = { field: 'point', type: numeric ? 'quantitative' : 'nominal', title: name, sort: null, scale: numeric ? { zero: false } : {}, axis: { labelAngle: 0 } };
  const y = quantity('value', output);
  return {
    height: 240,
    layer: [
      { transform: [{ filter: 'datum.row >= 0' }], mark: { type: 'line', strokeWidth: 0.8, opacity: 0.35 }, encoding: { x, y, detail: { field: 'row', type: 'nominal' } } },
      { transform: [{ filter: 'datum.row < 0' }], mark: { type: 'line', strokeWidth: 3, point: !numeric }, encoding: { x, y } },
    ],
  };
}
