import type { Config as VegaConfig } from 'vega';
import type { Config, TopLevelSpec } from 'vega-lite';
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

/** Draws a chart with the AST interpreter, so that the page's policy needs no `unsafe-eval`; each step is a task of its own, so that the page answers between them. */
export async function drawChart(element: HTMLElement, spec: ChartSpec, rows: readonly ChartRow[], config: Config, locale: string): Promise<ChartView> {
  const { compile } = await inOwnTask(import('vega-lite'));
  const { parse, View } = await inOwnTask(import('vega'));
  const [{ expressionInterpreter }, { Handler }] = await inOwnTask(Promise.all([import('vega-interpreter'), import('vega-tooltip')]));
  const whole = { width: 'container', height: 260, autosize: { type: 'fit', contains: 'padding' }, ...spec, data: { name: DATA, values: rows.slice(0, 1) } };
  const time = locale === 'ar' ? (await import('./chart-locale-ar.js')).arabicTime : undefined;
  const compiled = await inOwnTask(compile(whole as TopLevelSpec, { config }).spec);
  const runtime = await inOwnTask(parse(compiled, time ? ({ locale: { time } } as VegaConfig) : undefined, { ast: true }));
  const view = new View(runtime, { expr: expressionInterpreter, renderer: 'svg', tooltip: new Handler().call, hover: true });
  // The first row lays out the axes; the marks of all rows follow in the next task.
  await inOwnTask(view.initialize(element).runAsync());
  await inOwnTask(view.data(DATA, [...rows]).runAsync());
  return {
    async setRows(next) {
      await view.data(DATA, [...next]).runAsync();
    },
    async resize(width) {
      await view.width(width).runAsync();
    },
    svg: () => view.toSVG(),
    remove: () => {
      view.finalize();
      element.replaceChildren();
    },
  };
}

/** Gives what was made once the browser has had a turn of its own. */
async function inOwnTask<T>(made: T | Promise<T>): Promise<T> {
  const value = await made;
  await new Promise((resolve) => setTimeout(resolve));
  return value;
}
