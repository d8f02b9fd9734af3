import { LabError } from '../../../core/lab-error.js';
import type { Platform } from '../../../lab/platform.js';
import { readPipeline } from '../../../lab/project/pipeline-file.js';
import { Workspace } from '../../../lab/project/workspace.js';
import { dvcTable, type DvcSubcommand } from './subcommand.js';

type Values = ReadonlyMap<string, unknown>;

/** `dvc metrics show` and `dvc metrics diff` (HEAD against the working tree). */
export const metrics: DvcSubcommand = {
  name: 'metrics',
  usage: 'dvc metrics {show,diff}',
  summary: 'Show and compare the metrics of the pipeline',
  flags: [],
  async run(words, _flags, { host: { platform } }) {
    if (words.length !== 1 || (words[0] !== 'show' && words[0] !== 'diff')) return { err: 'usage: dvc metrics {show,diff}\n', status: 254 };
    const { graph } = await readPipeline(platform);
    const paths = [...graph.stages.values()].flatMap(({ outs }) => outs.filter(({ kind }) => kind === 'metric').map(({ path }) => path));
    const out = words[0] === 'show' ? await show(platform, paths) : await compare(platform, paths);
    return { out, status: 0 };
  },
};

async function show(platform: Platform, paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map(async (path) => ({ path, values: await current(platform, path) })))).filter(({ values }) => values.size > 0);
  const names = [...new Set(files.flatMap(({ values }) => [...values.keys()]))];
  if (names.length === 0) return '';
  return dvcTable([['Path', ...names], ...files.map(({ path, values }) => [path, ...names.map((name) => cell(values.get(name)))])]);
}

async function compare(platform: Platform, paths: readonly string[]): Promise<string> {
  const rows: string[][] = [];
  for (const path of paths) {
    const [old, now] = [await atHead(platform, path), await current(platform, path)];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [a, b] = [old.get(name), now.get(name)];
      if (a !== b) rows.push([path, name, cell(a), cell(b), typeof a === 'number' && typeof b === 'number' ? cell(b - a) : '-']);
    }
  }
  return rows.length === 0 ? '' : dvcTable([['Path', 'Metric', 'HEAD', 'workspace', 'Change'], ...rows]);
}

async function current(platform: Platform, path: string): Promise<Values> {
  const workspace = await Workspace.open(platform);
  if (!(await workspace.hashOf(path))) return new Map();
  return read((await workspace.read(path)).get(path), path);
}

const atHead = async (platform: Platform, path: string): Promise<Values> => read(await platform.git.readAt('HEAD', path), path);

function read(bytes: Uint8Array | undefined, path: string): Values {
  const values = new Map<string, unknown>();
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) walk(item, name === '' ? key : `${name}.${key}`);
    else values.set(name, value);
  };
  try {
    if (bytes) walk(JSON.parse(new TextDecoder().decode(bytes)), '');
  } catch (cause) {
    throw new LabError('broken-file', { path, reason: cause instanceof Error ? cause.message : String(cause) });
  }
  return values;
}

/** A number as Python's `%.5g` writes it. */
function cell(value: unknown): string {
  if (value === undefined) return '-';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  const text = value.toPrecision(5);
  return text.includes('e') ? text.replace(/\.?0+e/, 'e').replace(/e([+-])(\d)$/, 'e$10$2') : text.replace(/\.?0+$/, '');
}
