import { pythonJson } from '../../../core/version/python-value.js';
import type { Platform } from '../../../lab/platform.js';
import { readPipeline } from '../../../lab/project/pipeline-file.js';
import { showValue } from '../../../core/pipeline/flat-values.js';
import { dvcTable, markdownTable, type DvcFlags, type DvcSubcommand } from './subcommand.js';
import { valuesOf } from '../../../lab/project/value-diff.js';
import { showDiff } from './value-diff.js';

const USAGE = 'dvc metrics {show,diff} [--json] [--md] [--all] [--no-change] [a_rev] [b_rev]';

/** `dvc metrics show` and `dvc metrics diff` (HEAD against the working tree, or two revisions). */
export const metrics: DvcSubcommand = {
  name: 'metrics',
  usage: USAGE,
  summary: 'Show and compare the metrics of the pipeline',
  flags: ['--json', '--md', '--all', '--no-change'],
  async run([act, ...words], flags, { host: { platform } }) {
    if (act !== 'show' && act !== 'diff') return { err: `usage: ${USAGE}\n`, status: 254 };
    const { graph } = await readPipeline(platform);
    const paths = [...graph.stages.values()].flatMap(({ outs }) => outs.filter(({ kind }) => kind === 'metric').map(({ path }) => path));
    return { out: act === 'diff' ? await showDiff(platform, paths, words, flags, 'Metric') : await show(platform, words.length > 0 ? words : paths, flags), status: 0 };
  },
};

async function show(platform: Platform, paths: readonly string[], flags: DvcFlags): Promise<string> {
  const files = (await Promise.all(paths.map(async (path) => ({ path, values: await valuesOf(platform, path) })))).filter(({ values }) => values.size > 0);
  if (flags.has('--json')) return `${pythonJson({ '': { data: Object.fromEntries(files.map(({ path, values }) => [path, { data: Object.fromEntries(values) }])) } })}\n`;
  const names = [...new Set(files.flatMap(({ values }) => [...values.keys()]))];
  if (names.length === 0) return '';
  const rows = [['Path', ...names], ...files.map(({ path, values }) => [path, ...names.map((name) => showValue(values.get(name)))])];
  return flags.has('--md') ? markdownTable(rows) : dvcTable(rows);
}
