import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

/** Score of each trial with the best so far as a line; rows: trial, score, part, rows (share of rows or epochs), soFar. */
export const trialsSpec = (t: Messages['tuning'], title: string): ChartSpec => {
  const x = { field: 'trial', type: 'quantitative', title: t.trial, scale: { zero: false, nice: false, padding: 10 }, axis: { tickMinStep: 1, format: 'd' } };
  const y = (field: string): object => ({ field, type: 'quantitative', title, scale: { zero: false } });
  return {
    height: 220,
    layer: [
      { mark: { type: 'line', interpolate: 'step-after', strokeDash: [4, 3], opacity: 0.8 }, encoding: { x, y: y('soFar') } },
      {
        mark: { type: 'point', size: 80 },
        encoding: {
          x,
          y: y('score'),
          color: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best] }, legend: { title: null, offset: 30 } },
          shape: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best], range: ['circle', 'diamond'] }, legend: { title: null, offset: 30 } },
          opacity: { field: 'rows', type: 'quantitative', scale: { domain: [0, 1], range: [0.35, 1] }, legend: null },
        },
      },
    ],
  };
};

/** Score of each trial by one setting; rows: value, score, part, rows. */
export const settingSpec = (t: Messages['tuning'], setting: string, scale: 'linear' | 'log' | 'choice', title: string): ChartSpec => ({
  height: 220,
  mark: { type: 'point', size: 80 },
  encoding: {
    x: scale === 'choice' ? { field: 'value', type: 'nominal', title: setting, axis: { labelAngle: 0 } } : { field: 'value', type: 'quantitative', title: setting, scale: { type: scale, zero: false, nice: false, padding: 10 } },
    y: { field: 'score', type: 'quantitative', title, scale: { zero: false } },
    color: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best] }, legend: { title: null, offset: 30 } },
    shape: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best], range: ['circle', 'diamond'] }, legend: { title: null, offset: 30 } },
    opacity: { field: 'rows', type: 'quantitative', scale: { domain: [0, 1], range: [0.35, 1] }, legend: null },
  },
});
