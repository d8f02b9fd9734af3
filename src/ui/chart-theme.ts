import type { Config } from 'vega-lite';

/** Reads a design token as a plain colour that canvas and SVG understand (`light-dark()` is resolved by the browser). */
export function readToken(element: Element, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** The look of every chart from the page's tokens: quiet axes, Okabe and Ito's colours, the page's type. */
export function chartConfig(element: Element): Config {
  const token = (name: string): string => readToken(element, name);
  const styles = getComputedStyle(element);
  const font = styles.getPropertyValue('--font').trim() || 'sans-serif';
  const ink = token('--ink');
  const soft = token('--ink-soft');
  const line = token('--line');
  const category = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => token(`--chart-${n}`));
  return {
    // The figure is one picture with a sentence and a table; its marks would only repeat them one by one.
    aria: false,
    background: 'transparent',
    font,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: ink, gridColor: line, domainColor: token('--line-strong'), tickColor: token('--line-strong'), labelFontSize: 12, titleFontSize: 13, titleFontWeight: 400, labelPadding: 6, titlePadding: 10 },
    axisX: { grid: false },
    axisY: { domain: false, ticks: false, titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleY: -10, titleX: 0 },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400, orient: 'top', symbolStrokeWidth: 2 },
    header: { labelColor: ink, titleColor: soft, labelFontSize: 12 },
    text: { color: ink, fontSize: 12 },
    title: { color: ink, fontSize: 14, anchor: 'start' },
    range: { category, ordinal: { scheme: 'blues' } },
    mark: { color: category[0], aria: false },
    line: { strokeWidth: 2 },
    point: { filled: true, size: 40 },
    rule: { color: soft, strokeDash: [5, 4] },
    bar: { cornerRadiusEnd: 2 },
    // decision lines are no series: a mark names one by `style`
    style: { promise: { color: token('--good') }, limit: { color: token('--warn') }, alert: { color: token('--bad') } },
  };
}
