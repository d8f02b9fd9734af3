import { LabError } from '../lab-error.js';

/** One row of a plot's data; DVC adds `rev`, the revision it comes from. */
export type PlotRow = Readonly<Record<string, string | number | boolean | null>>;

/** What fills a template. */
export interface PlotFilling {
  readonly rows: readonly PlotRow[];
  readonly x: string;
  readonly y: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly title: string;
  /** Revisions in the order of their colours. */
  readonly revisions: readonly string[];
}

/** Colours of revisions, as DVC's plots have them. */
const COLOURS = ['#945dd6', '#13adc7', '#f46837', '#48bb78', '#4299e1', '#ed8936', '#f56565'];

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';
const anchor = (name: string): string => `<DVC_METRIC_${name}>`;
const quantitative = (axis: 'X' | 'Y'): object => ({ field: anchor(axis), type: 'quantitative', title: anchor(`${axis}_LABEL`), ...(axis === 'Y' ? { scale: { zero: false } } : {}) });
const nominal = (axis: 'X' | 'Y'): object => ({ field: anchor(axis), type: 'nominal', title: anchor(`${axis}_LABEL`), sort: 'ascending' });
const head = { $schema: SCHEMA, data: { values: anchor('DATA') }, title: anchor('TITLE') };
const size = { width: 300, height: 300 };
const color = { field: 'rev', type: 'nominal', scale: anchor('COLOR') };

const curve = (extra: object = {}): object => ({ ...head, ...size, mark: { type: 'line', point: true }, ...extra, encoding: { x: quantitative('X'), y: quantitative('Y'), color } });

const scatter = (extra: object = {}, encoding: object = {}): object => ({ ...head, ...size, ...extra, mark: 'point', encoding: { x: quantitative('X'), y: quantitative('Y'), color, ...encoding } });

const bars = (sort: object): object => ({ ...head, ...size, mark: 'bar', encoding: { x: quantitative('X'), y: { ...nominal('Y'), ...sort }, yOffset: { field: 'rev' }, color } });

const JITTER = [{ calculate: 'random()', as: 'jitterX' }, { calculate: 'random()', as: 'jitterY' }];

/** Counts of each pair of classes, or shares within a row (`y`). */
function confusion(shares: boolean): object {
  const value = shares ? 'share' : 'count';
  const total = shares ? [{ joinaggregate: [{ op: 'sum', field: 'count', as: 'total' }], groupby: ['rev', anchor('Y')] }, { calculate: 'datum.count / datum.total', as: 'share' }] : [];
  return {
    ...head,
    facet: { field: 'rev', type: 'nominal', title: null },
    spec: {
      ...size,
      transform: [
        { aggregate: [{ op: 'count', as: 'count' }], groupby: ['rev', anchor('Y'), anchor('X')] },
        { impute: 'count', groupby: ['rev', anchor('Y')], key: anchor('X'), value: 0 },
        ...total,
      ],
      encoding: { x: nominal('X'), y: nominal('Y') },
      layer: [
        { mark: 'rect', encoding: { color: { field: value, type: 'quantitative', title: '', scale: shares ? { domain: [0, 1] } : { domainMin: 0, nice: true } } } },
        { mark: { type: 'text', fontWeight: 'bold' }, encoding: { text: { field: value, type: 'quantitative', ...(shares ? { format: '.2f' } : {}) } } },
      ],
    },
  };
}

/** Vega-Lite 5 under the names of DVC's templates, with DVC's anchors. */
const TEMPLATES: Readonly<Record<string, object>> = {
  linear: curve(),
  simple: curve({ mark: 'line' }),
  smooth: curve({ transform: [{ loess: anchor('Y'), on: anchor('X'), groupby: ['rev'], bandwidth: 0.3 }], mark: 'line' }),
  scatter: scatter(),
  // only classes can be jittered: an offset needs bands
  scatter_jitter: scatter({ transform: JITTER }, { x: nominal('X'), y: nominal('Y'), xOffset: { field: 'jitterX', type: 'quantitative' }, yOffset: { field: 'jitterY', type: 'quantitative' } }),
  confusion: confusion(false),
  confusion_normalized: confusion(true),
  bar_horizontal: bars({}),
  bar_horizontal_sorted: bars({ sort: '-x' }),
};

/** The names that `template:` may have. */
export const TEMPLATE_NAMES: readonly string[] = Object.keys(TEMPLATES);

/** A template's text with its anchors, as `dvc plots templates` shows it; throws `plot-no-template` {template, known}. */
export function templateText(name: string): string {
  if (!Object.hasOwn(TEMPLATES, name)) throw new LabError('plot-no-template', { template: name, known: TEMPLATE_NAMES });
  return `${JSON.stringify(TEMPLATES[name], null, 4)}\n`;
}

/** A Vega-Lite specification from a template (a name, or the text of one's own). Throws `plot-no-template`, `broken-file`. */
export function fillTemplate(template: { readonly name: string; readonly text?: string }, filling: PlotFilling): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = {
    DATA: filling.rows,
    TITLE: filling.title,
    X: escapeField(filling.x),
    Y: escapeField(filling.y),
    X_LABEL: filling.xLabel,
    Y_LABEL: filling.yLabel,
    COLOR: { domain: filling.revisions, range: filling.revisions.map((_, i) => COLOURS[i % COLOURS.length]) },
    PLOT_WIDTH: 300,
    PLOT_HEIGHT: 300,
  };
  try {
    return JSON.parse(template.text ?? templateText(template.name), (_key, part: unknown) => {
      const name = typeof part === 'string' ? /^<DVC_METRIC_(\w+)>$/.exec(part)?.[1] : undefined;
      return name !== undefined && name in values ? values[name] : part;
    }) as Record<string, unknown>;
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError('broken-file', { path: `.dvc/plots/${template.name}.json`, reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Vega reads `.` and brackets in a field's name as a path. */
const escapeField = (name: string): string => name.replace(/[.[\]]/g, '\\$&');
