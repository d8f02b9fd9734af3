import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

/** Score of each trial, the best one marked; rows: trial, score, part, rows (share of the training rows). */
export const trialsSpec = (t: Messages['tuning'], title: string): ChartSpec => ({
  height: 220,
  mark: { type: 'point', size: 80 },
  encoding: {
    x: { field: 'trial', type: 'quantitative', title: t.trial, scale: { zero: false, nice: false, padding: 10 }, axis: { tickMinStep: 1, format: 'd' } },
    y: { field: 'score', type: 'quantitative', title, scale: { zero: false } },
    color: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best] }, legend: { title: null, offset: 30 } },
    shape: { field: 'part', type: 'nominal', scale: { domain: [t.other, t.best], range: ['circle', 'diamond'] }, legend: { title: null, offset: 30 } },
    opacity: { field: 'rows', type: 'quantitative', scale: { domain: [0, 1], range: [0.35, 1] }, legend: null },
  },
});
