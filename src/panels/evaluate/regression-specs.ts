import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Words = Messages['evaluate'];

const series = (domain: readonly string[]): object => ({ type: 'nominal', scale: { domain }, legend: { title: null } });

/** Predicted and true over time, with the band of the promise; rows: label (day), actual, predicted, low, high. */
export function overTimeSpec(t: Words, target: string, limit: number, promise: string): ChartSpec {
  const x = { field: 'label', type: 'temporal', title: t.date, axis: { format: '%b %Y', labelOverlap: true, tickCount: 8 } };
  const names = [t.actual, t.predicted];
  return {
    height: 280,
    encoding: { x },
    layer: [
      { mark: { type: 'area', opacity: 0.18 }, encoding: { y: { field: 'low', type: 'quantitative', title: target, scale: { zero: false } }, y2: { field: 'high' }, fill: { datum: t.promise(promise), type: 'nominal', legend: { title: null, symbolType: 'square' } } } },
      { mark: { type: 'line', strokeWidth: 1.25 }, encoding: { y: { field: 'actual', type: 'quantitative' }, color: { datum: t.actual, ...series(names) }, strokeDash: { value: [1, 0] } } },
      { mark: { type: 'line', strokeWidth: 1.5 }, encoding: { y: { field: 'predicted', type: 'quantitative' }, color: { datum: t.predicted, ...series(names) }, strokeDash: { value: [4, 2] } } },
    ],
    ...(limit > 0 ? {} : { description: target }),
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

/** Histogram of the errors, with the line at 0; rows: from, to, count. */
export function residualSpec(t: Words, target: string): ChartSpec {
  return {
    height: 220,
    layer: [
      { mark: { type: 'bar' }, encoding: { x: { field: 'from', type: 'quantitative', bin: 'binned', title: `${t.residual} (${target})` }, x2: { field: 'to' }, y: { field: 'count', type: 'quantitative', title: t.count } } },
      { mark: { type: 'rule' }, encoding: { x: { datum: 0, type: 'quantitative' } } },
    ],
  };
}
