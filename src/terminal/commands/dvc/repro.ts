import { LabError } from '../../../core/lab-error.js';
import type { Stage } from '../../../core/pipeline/stage.js';
import { readPipeline } from '../../../lab/project/pipeline-file.js';
import type { StageReport } from '../../../lab/reproduce.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc repro`: runs the verb `reproduce` and says what happened as DVC does. */
export const repro: DvcSubcommand = {
  name: 'repro',
  usage: 'dvc repro [-f] [-s] [--downstream] [--dry] [targets ...]',
  summary: 'Reproduce complete or partial pipelines by running their stages',
  flags: ['-f', '--force', '-s', '--single-item', '--downstream', '--dry'],
  async run(words, flags, { host, signal }) {
    const { graph } = await readPipeline(host.platform);
    const has = (...names: string[]): boolean => names.some((name) => flags.has(name));
    const args = { ...(words.length > 0 ? { targets: words } : {}), force: has('-f', '--force'), single: has('-s', '--single-item'), downstream: has('--downstream'), dry: has('--dry') };
    try {
      const { result } = await host.engine.run('reproduce', args, { signal });
      const { stages } = result as { stages: readonly StageReport[] };
      const ran = stages.some(({ outcome }) => outcome === 'ran' || outcome === 'from-cache');
      const end = ran ? 'Use `dvc push` to send your updates to remote storage.\n' : args.dry ? '' : 'Data and pipelines are up to date.\n';
      return { out: stages.map((report) => lineOf(report, graph.stages.get(report.stage)!)).join('') + end, status: 0 };
    } catch (cause) {
      const error = LabError.from(cause);
      const stage = graph.stages.get(String(error.data['stage']));
      const words = host.formatError(error);
      if (!stage) return { err: `ERROR: ${words}\n`, status: 255 };
      return { out: `Running stage '${stage.name}':\n${commandsOf(stage)}${String(error.data['printed'] ?? '')}`, err: `ERROR: failed to reproduce '${stage.name}': ${words}\n`, status: 255 };
    }
  },
};

const commandsOf = ({ commands }: Stage): string => commands.map((command) => `> ${command}\n`).join('');

function lineOf({ stage: name, outcome, printed }: StageReport, stage: Stage): string {
  if (outcome === 'skipped') return `Stage '${name}' didn't change, skipping\n`;
  if (outcome === 'from-cache') return `Stage '${name}' is cached - skipping run, checking out outputs\n`;
  return `Running stage '${name}':\n${commandsOf(stage)}${printed}`;
}
