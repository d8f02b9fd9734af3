import { LabError } from '../../core/lab-error.js';
import { parsePlots, type PlotRequest } from '../../core/pipeline/parse-plots.js';
import { fillTemplate, type PlotRow } from '../../core/pipeline/plot-templates.js';
import { parseCsv } from '../../core/table/csv-parser.js';
import type { Column } from '../../core/table/table.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';
import { readPipeline } from './pipeline-file.js';
import { filesBehind, trackedOuts } from './tracked-outs.js';
import { Workspace } from './workspace.js';

/** A plot ready to be drawn. */
export interface PlotSpec {
  readonly id: string;
  readonly path: string;
  readonly spec: Record<string, unknown>;
  readonly rows: readonly PlotRow[];
  readonly fields: readonly string[];
}

/** The plots of the pipeline with their data at some revisions (`workspace` is the working tree); those without any data are left out. */
export async function readPlots(platform: Platform, revisions: readonly string[], targets: readonly string[] = [], template?: string): Promise<PlotSpec[]> {
  const { graph } = await readPipeline(platform);
  const all = parsePlots((await readText(platform, 'dvc.yaml'))!, [...graph.stages.values()]);
  const unknown = targets.find((target) => !all.some(({ id, path }) => id === target || path === target));
  if (unknown !== undefined) throw new LabError('dvc-no-target', { target: unknown });
  const wanted = all.filter(({ id, path }) => targets.length === 0 || targets.includes(id) || targets.includes(path));
  const specs = await Promise.all(wanted.map((plot) => specOf(platform, template === undefined ? plot : { ...plot, template }, revisions)));
  return specs.filter((spec) => spec !== undefined);
}

async function specOf(platform: Platform, plot: PlotRequest, revisions: readonly string[]): Promise<PlotSpec | undefined> {
  const rows: PlotRow[] = [];
  for (const revision of revisions) {
    const content = await contentAt(platform, plot.path, revision);
    if (content) rows.push(...readRows(content, plot.path).map((row, step) => ({ rev: revision, ...(plot.x === undefined ? { step } : {}), ...row })));
  }
  if (rows.length === 0) return undefined;
  const fields = Object.keys(rows[0]!).filter((field) => field !== 'rev');
  const [x, y] = [plot.x ?? 'step', plot.y ?? fields.at(-1)!];
  const lost = [x, y].find((field) => !rows.some((row) => field in row));
  if (lost !== undefined) throw new LabError('plot-no-field', { path: plot.path, field: lost, known: fields });
  const name = plot.template ?? 'linear';
  const text = await readText(platform, `.dvc/plots/${name.replace(/\.json$/, '')}.json`);
  const spec = fillTemplate({ name, text }, { rows, x, y, xLabel: plot.xLabel ?? x, yLabel: plot.yLabel ?? y, title: plot.title ?? plot.id, revisions });
  return { id: plot.id, path: plot.path, spec, rows, fields };
}

async function contentAt(platform: Platform, path: string, revision: string): Promise<Uint8Array | undefined> {
  if (revision === 'workspace') {
    const workspace = await Workspace.open(platform);
    return (await workspace.hashOf(path)) && (await workspace.read(path)).get(path);
  }
  const id = await platform.git.resolve(revision);
  const inGit = await platform.git.readAt(id, path);
  if (inGit) return inGit;
  for (const out of await trackedOuts(platform, id)) {
    const object = (await filesBehind(out, [platform.objects]))?.get(path);
    if (object !== undefined && (await platform.objects.has(object))) return platform.objects.get(object);
  }
  return undefined;
}

/** Rows of CSV, TSV or JSON; of a JSON mapping the first list of rows counts, as in DVC. Throws `broken-file`. */
function readRows(content: Uint8Array, path: string): PlotRow[] {
  if (/\.(csv|tsv)$/.test(path)) {
    const { table } = parseCsv(content);
    return Array.from({ length: table.rows }, (_, row) => Object.fromEntries(table.columns.map((column) => [column.name, cell(column, row)])));
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(content));
    const rows = Array.isArray(value) ? (value as unknown[]) : Object.values(value as object).find(Array.isArray);
    if (Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)) return rows as PlotRow[];
  } catch {
    // said below, with the path
  }
  throw new LabError('broken-file', { path, reason: 'rows are expected: a CSV, or a JSON list of objects' });
}

function cell(column: Column, row: number): string | number | null {
  if (column.type === 'text') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isFinite(value) ? value : null;
}
