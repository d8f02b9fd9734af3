import type { PlotSpec } from '../../lab/project/plot-specs.js';
import type { ChartSpec } from '../../ui/chart-spec.js';

type Part = Readonly<Record<string, unknown>>;

/** A plot of one revision as the page draws it: as wide as there is room, the facet of revisions left out; with the titles of its axes. */
export function chartOf({ spec }: PlotSpec): { spec: ChartSpec; x: string; y: string } {
  const inner = 'facet' in spec ? (spec['spec'] as Part) : spec;
  const { $schema: _schema, data: _data, width: _width, height: _height, title: _title, ...rest } = inner as Record<string, unknown>;
  const encoding = (rest['encoding'] ?? {}) as Readonly<Record<string, Part>>;
  // one revision needs no legend
  const drawn = encoding['color']?.['field'] === 'rev' ? { ...rest, encoding: { ...encoding, color: { ...encoding['color'], legend: null } } } : rest;
  return { spec: { ...drawn, height: 280 } as ChartSpec, x: String(encoding['x']?.['title'] ?? 'x'), y: String(encoding['y']?.['title'] ?? 'y') };
}
