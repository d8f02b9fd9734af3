import { TEMPLATE_NAMES, templateText } from '../../../core/pipeline/plot-templates.js';
import { readPlots } from '../../../lab/project/plot-specs.js';
import type { CommandCall, CommandResult } from '../../command.js';
import { projectPath } from './project-path.js';
import type { DvcFlags, DvcSubcommand } from './subcommand.js';

const USAGE = 'dvc plots {show,diff,templates} [--show-vega] [-t <template>] [-o <folder>] [targets or revisions ...]';

/** `dvc plots`: the pipeline's plots as Vega-Lite files (the panel draws them), or on the screen with `--show-vega`. */
export const plots: DvcSubcommand = {
  name: 'plots',
  usage: USAGE,
  summary: 'Write the plots of the pipeline as Vega-Lite; compare them between revisions',
  flags: ['--show-vega', '--json'],
  options: ['-t', '--template', '-o', '--out', '--targets'],
  async run([act, ...words], flags, call) {
    if (act === 'templates') return { out: words[0] === undefined ? `${TEMPLATE_NAMES.join('\n')}\n` : templateText(words[0]), status: 0 };
    if (act === 'show') return write(call, flags, ['workspace'], words);
    if (act !== 'diff') return { err: `usage: ${USAGE}\n`, status: 254 };
    const revisions = words.length === 0 ? ['workspace', 'HEAD'] : words.length === 1 ? ['workspace', ...words] : words;
    return write(call, flags, revisions, flags.get('--targets')?.split(',') ?? []);
  },
};

async function write(call: CommandCall, flags: DvcFlags, revisions: readonly string[], targets: readonly string[]): Promise<CommandResult> {
  const specs = await readPlots(call.host.platform, revisions, targets, flags.get('-t', '--template'));
  if (flags.has('--show-vega', '--json')) return { out: specs.map(({ spec }) => `${JSON.stringify(spec)}\n`).join(''), status: 0 };
  if (specs.length === 0) return { err: 'ERROR: No plots were loaded, visualization file will not be created.\n', status: 255 };
  const folder = projectPath(call.folder, flags.get('-o', '--out') ?? 'dvc_plots');
  await call.turn.begin(call.signal);
  const paths = specs.map(({ id, path }, i) => `${folder}/${`${i}-${id === path ? path : `${id}-${path}`}`.replace(/[^\w.-]+/g, '_')}.vl.json`);
  for (const [i, { spec }] of specs.entries()) await call.host.platform.files.write(paths[i]!, `${JSON.stringify(spec, null, 2)}\n`);
  return { out: paths.map((path) => `${path}\n`).join(''), status: 0 };
}
