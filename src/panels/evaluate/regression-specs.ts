import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Words = Messages['evaluate'];

/** Room for the title of the y axis, which stands at the same place, and for whole sentences. */
const LEGEND = { title: null, offset: 30, labelLimit: 0 };

const series = (domain: readonly string[]): object => ({ type: 'nominal', scale: { domain }, legend: LEGEND });

/** Predicted and true over time, with the band of the promise; rows: label (day), actual, predicted, low, high. */
export function overTimeSpec(t: Words, target: string, promise: string): ChartSpec {
  const x = { field: 'label', type: 'temporal', title: t.date, axis: { format: '%b %Y', labelOverlap: true, tickCount: 8 } };
  const names = [t.actual, t.predicted];
  return {
    height: 280,
    encoding: { x },
    layer: [
      { mark: { type: 'area', opacity: 0.18 }, encoding: { y: { field: 'low', type: 'quantitative', title: target, scale: { zero: false } }, y2: { field: 'high' }, fill: { datum: t.promise(promise), type: 'nominal', legend: { ...LEGEND, symbolType: 'square' } } } },
      { mark: { type: 'line', strokeWidth: 1.25 }, encoding: { y: { field: 'actual', type: 'quantitative' }, color: { datum: t.actual, ...series(names) }, strokeDash: { value: [1, 0] } } },
      { mark: { type: 'line', strokeWidth: 1.5 }, encoding: { y: { field: 'predicted', type: 'quantitative' }, color: { datum: t.predicted, ...series(names) }, strokeDash: { value: [4, 2] } } },
    ],
  };
}

/** Predicted against true for rows without an order, with the line where both are equal. */
export function scatterSpec(t: Words, target: string): ChartSpec {
  return {
    height: 320,
    layer: [
      { mark: { type: 'point', opacity: 0.45, size: 24 }, encoding: { x: { field: 'predicted', type: 'quantitative', title: `${t.predicted}: ${target}`, scale: { zero: false } }, y: { field: 'actual', type: 'quantitative', title: `${t.actual}: ${target}`, scale: { zero: false } } } },
      { mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1 }, encoding: { x: { field: 'actual', type: 'quantitative' }, y: { field: 'actual', type: 'quantitative' } } },
    ],
  };
}

/** Histogram of the errors, with the line at 0; rows: from, from_end (the name that vega-lite expects of a ready bin), count. */
export function residualSpec(t: Words, target: string): ChartSpec {
  return {
    height: 220,
    layer: [
      { mark: { type: 'bar' }, encoding: { x: { field: 'from', type: 'quantitative', bin: 'binned', title: `${t.residual} (${target})` }, x2: { field: 'from_end' }, y: { field: 'count', type: 'quantitative', title: t.count, stack: null, axis: { tickMinStep: 1, format: ',d' } } } },
      { mark: { type: 'rule' }, encoding: { x: { datum: 0, type: 'quantitative' } } },
    ],
  };
}
