import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Words = Messages['evaluate'];
const LEGEND = { title: null, offset: 30 };
const SHARE = { domain: [0, 1], nice: false };
const share = (field: string, title: string): object => ({ field, type: 'quantitative', title, scale: SHARE, axis: { format: '%', tickCount: 6 } });

/** Precision, recall and F1 by threshold; rows: threshold, figure, value, and one row with `line`. */
export function tradeSpec(t: Words): ChartSpec {
  const names = [t.precision, t.recall, t.f1];
  return {
    height: 240,
    layer: [
      {
        transform: [{ filter: 'isValid(datum.threshold)' }],
        mark: { type: 'line' },
        encoding: {
          x: { field: 'threshold', type: 'quantitative', title: t.thresholdLine, scale: SHARE },
          y: share('value', t.value),
          color: { field: 'figure', type: 'nominal', scale: { domain: names }, legend: LEGEND },
          strokeDash: { field: 'figure', type: 'nominal', scale: { domain: names, range: [[1, 0], [6, 3], [2, 2]] }, legend: LEGEND },
        },
      },
      { transform: [{ filter: 'isValid(datum.line)' }], mark: { type: 'rule', strokeWidth: 2 }, encoding: { x: { field: 'line', type: 'quantitative' } } },
    ],
  };
}

/** A ROC curve with the diagonal of guessing; rows: x, y, and one with `now` at the threshold. */
export const rocSpec = (t: Words): ChartSpec => ({
  height: 260,
  layer: [
    { transform: [{ filter: 'datum.part === "guess"' }], mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1 }, encoding: { x: share('x', t.falsePositiveRate), y: share('y', t.truePositiveRate) } },
    { transform: [{ filter: 'datum.part === "curve"' }], mark: { type: 'line', interpolate: 'linear' }, encoding: { x: share('x', t.falsePositiveRate), y: share('y', t.truePositiveRate), order: { field: 'i', type: 'quantitative' } } },
    ...nowMarks(t),
  ],
});

/** Precision over recall with the line of guessing; rows as in `rocSpec`. */
export const precisionRecallSpec = (t: Words): ChartSpec => ({
  height: 260,
  layer: [
    { transform: [{ filter: 'datum.part === "guess"' }], mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1 }, encoding: { x: share('x', t.recall), y: share('y', t.precision) } },
    { transform: [{ filter: 'datum.part === "curve"' }], mark: { type: 'line', interpolate: 'step-before' }, encoding: { x: share('x', t.recall), y: share('y', t.precision), order: { field: 'i', type: 'quantitative' } } },
    ...nowMarks(t),
  ],
});

/** How often it was true by predicted probability, with the diagonal; rows: x, y, count. */
export const calibrationSpec = (t: Words): ChartSpec => ({
  height: 260,
  layer: [
    { transform: [{ filter: 'datum.part === "guess"' }], mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1 }, encoding: { x: share('x', t.meanScore), y: share('y', t.fractionPositive) } },
    { transform: [{ filter: 'datum.part === "curve"' }], mark: { type: 'line', point: { size: 60 } }, encoding: { x: share('x', t.meanScore), y: share('y', t.fractionPositive) } },
  ],
});

const nowMarks = (t: Words): object[] => [
  { transform: [{ filter: 'datum.part === "now"' }], mark: { type: 'point', size: 110, shape: 'diamond' }, encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' }, color: { datum: t.thresholdLine, type: 'nominal', scale: { domain: [' ', t.thresholdLine] }, legend: null } } },
  { transform: [{ filter: 'datum.part === "now"' }], mark: { type: 'text', dx: 10, dy: 12, align: 'left' }, encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' }, text: { value: t.thresholdLine } } },
];
