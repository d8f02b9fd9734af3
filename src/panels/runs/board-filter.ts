import { LabError } from '../../core/lab-error.js';
import { parseRunFilter } from '../../core/track/run-filter.js';
import type { BoardRun } from '../../lab/views/board-views.js';

/** A filter as it was read: the test of a run, or where it cannot be read (`at` counts from 1). */
export type ReadFilter = { readonly passes: (run: BoardRun) => boolean } | { readonly fault: { readonly at: number; readonly expected: string } };

/** Reads a filter that may be half typed; never throws. */
export function readFilter(filter: string): ReadFilter {
  try {
    const test = parseRunFilter(filter);
    return { passes: (run) => test({ record: run, tags: run.tags }) };
  } catch (cause) {
    const { data } = LabError.from(cause);
    return { fault: { at: Number(data['at'] ?? 1), expected: String(data['expected'] ?? '') } };
  }
}

const quoted = (name: string): string => (/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/.test(name) ? name : `\`${name}\``);
const text = (value: string): string => `'${value.replaceAll(/['\\]/g, '\\$&')}'`;

/** Filters that find something among these runs: by score, kind of model, ending and note. */
export function exampleFilters(runs: readonly BoardRun[], main: string): string[] {
  const found: string[] = [];
  const metric = [`test.${main}`, `cv.${main}`, `train.${main}`].find((name) => runs.some(({ metrics }) => Number.isFinite(metrics[name])));
  if (metric !== undefined) {
    const values = runs.flatMap(({ metrics }) => (Number.isFinite(metrics[metric]) ? [metrics[metric]!] : [])).sort((a, b) => a - b);
    found.push(`metrics.${quoted(metric)} <= ${Number(values[Math.floor((values.length - 1) / 2)]!.toPrecision(4))}`);
  }
  const [newest] = runs;
  if (newest) found.push(`params.model = ${text(newest.model)}`);
  if (newest) found.push(`attributes.run_name LIKE ${text(`${newest.name.slice(0, 4)}%`)}`);
  if (runs.some(({ ended }) => ended !== 'FINISHED')) found.push("attributes.status != 'FINISHED'");
  if (runs.some(({ note }) => note !== undefined)) found.push('tags.`mlflow.note.content` IS NOT NULL');
  const tagged = runs.find(({ ownTags }) => ownTags.length > 0);
  const key = tagged?.ownTags[0];
  if (tagged && key !== undefined) found.push(`tags.${quoted(key)} = ${text(tagged.tags[key]!)}`);
  return found.filter((filter) => 'passes' in readFilter(filter));
}
