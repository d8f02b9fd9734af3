import type { Messages } from '../../i18n/en.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Words = Messages['monitor'];

const time = (title: string): object => ({ field: 'from', type: 'temporal', title, axis: { format: '%b %Y', labelOverlap: true, tickCount: 8 } });
const value = (field: string, title: string): object => ({ field, type: 'quantitative', title, scale: { zero: true } });
const atEnd = (field: string, words: string, style: string, dy: number): object => ({
  transform: [{ filter: 'datum.end' }],
  mark: { type: 'text', align: 'right', baseline: dy < 0 ? 'bottom' : 'top', dy, fontWeight: 600, style },
  encoding: { y: { field, type: 'quantitative' }, text: { value: words } },
});

export interface ErrorChartWords {
  readonly metric: string;
  readonly promise: string;
  readonly limit: string;
  readonly versions: readonly string[];
}

/** Error by month, coloured and shaped by version, with what was promised and from where on an alert is due; rows: from, error, version, promise, limit, end, alert. */
export function errorSpec(t: Words, words: ErrorChartWords): ChartSpec {
  const version = { field: 'version', type: 'nominal', scale: { domain: words.versions }, legend: words.versions.length > 1 ? { title: null, offset: 24 } : null };
  const step = (field: 'promise' | 'limit', dash: number[]): object => ({ mark: { type: 'line', interpolate: 'step-after', style: field, strokeWidth: 1.5, strokeDash: dash }, encoding: { y: value(field, words.metric) } });
  return {
    height: 300,
    encoding: { x: time(t.month) },
    layer: [
      step('promise', [1, 0]),
      step('limit', [6, 4]),
      { mark: { type: 'line', strokeWidth: 1, opacity: 0.5 }, encoding: { y: value('error', words.metric), color: version } },
      { mark: { type: 'point', size: 45 }, encoding: { y: value('error', words.metric), color: version, shape: version } },
      { transform: [{ filter: 'datum.alert' }], mark: { type: 'point', shape: 'triangle-down', size: 90, yOffset: -14, style: 'alert' }, encoding: { y: value('error', words.metric) } },
      atEnd('promise', words.promise, 'promise', 4),
      atEnd('limit', words.limit, 'limit', -4),
    ],
  };
}

/** Predicted and true by day; rows: from, predicted, actual. */
export function daysSpec(t: Words, target: string): ChartSpec {
  const names = [t.actual, t.predicted];
  const legend = { title: null, offset: 24 };
  return {
    height: 240,
    transform: [
      { fold: ['actual', 'predicted'], as: ['which', 'value'] },
      { calculate: `datum.which === 'actual' ? ${JSON.stringify(t.actual)} : ${JSON.stringify(t.predicted)}`, as: 'name' },
    ],
    mark: { type: 'line', strokeWidth: 1.75 },
    encoding: {
      x: { ...time(t.date), axis: { format: '%d %b', labelOverlap: true, tickCount: 8 } },
      y: { field: 'value', type: 'quantitative', title: target, scale: { zero: false } },
      color: { field: 'name', type: 'nominal', scale: { domain: names }, legend },
      strokeDash: { field: 'name', type: 'nominal', scale: { domain: names, range: [[1, 0], [5, 3]] }, legend },
    },
  };
}
