import type { VisualizationSpec } from 'vega-embed';
import type { Config } from 'vega-lite';
import type { ChartRow, ChartSpec } from './chart-spec.js';

/** A chart on the page: new rows go into the running view, without drawing it anew. */
export interface ChartView {
  setRows(rows: readonly ChartRow[]): Promise<void>;
  resize(width: number): Promise<void>;
  svg(): Promise<string>;
  remove(): void;
}

const DATA = 'rows';

/** The whole spec, with its rows, as a file that any vega-lite editor opens. */
export const portableSpec = (spec: ChartSpec, rows: readonly ChartRow[]): string =>
  JSON.stringify({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...spec, data: { values: rows } }, null, 2);

/** Draws a chart with the AST interpreter, so that the page's policy needs no `unsafe-eval`. */
export async function drawChart(element: HTMLElement, spec: ChartSpec, rows: readonly ChartRow[], config: Config, locale: string): Promise<ChartView> {
  const [{ default: embed }, { expressionInterpreter }] = await Promise.all([import('vega-embed'), import('vega-interpreter')]);
  const whole = { width: 'container', height: 260, autosize: { type: 'fit', contains: 'padding' }, ...spec, data: { name: DATA, values: [...rows] } };
  const timeFormatLocale = locale === 'ar' ? (await import('./chart-locale-ar.js')).arabicTime : undefined;
  const result = await embed(element, whole as VisualizationSpec, { ast: true, expr: expressionInterpreter, actions: false, renderer: 'svg', config, timeFormatLocale });
  const { view } = result;
  return {
    async setRows(next) {
      await view.data(DATA, [...next]).runAsync();
    },
    async resize(width) {
      await view.width(width).runAsync();
    },
    svg: () => view.toSVG(),
    remove: () => result.finalize(),
  };
}
