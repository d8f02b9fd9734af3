import { LabError } from '../../../core/lab-error.js';
import type { StageChange } from '../../../core/pipeline/find-changes.js';
import { readPipeline } from '../../../lab/project/pipeline-file.js';
import { describeChange, sentenceOf, startOf, type StageReport } from '../../../lab/reproduce.js';
import type { Stage } from '../../../core/pipeline/stage.js';
import type { CommandCall, CommandResult } from '../../command.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc repro`: runs the verb `reproduce`; what the stages print is shown as it comes. `-v` adds why each stage runs. */
export const repro: DvcSubcommand = {
  name: 'repro',
  usage: 'dvc repro [-f] [-s] [--downstream] [--dry] [-v] [targets ...]',
  summary: 'Reproduce complete or partial pipelines by running their stages',
  flags: ['-f', '--force', '-s', '--single-item', '--downstream', '--dry', '-v', '--verbose'],
  async run(words, flags, call) {
    const { graph } = await readPipeline(call.host.platform);
    const args = { ...(words.length > 0 ? { targets: words } : {}), force: flags.has('-f', '--force'), single: flags.has('-s', '--single-item'), downstream: flags.has('--downstream'), dry: flags.has('--dry') };
    await call.turn.end();
    let streamed = '';
    const progress = ({ printed }: { printed?: string }): void => {
      if (printed === undefined) return;
      streamed += printed;
      call.stream(printed);
    };
    try {
      const { result } = await call.host.engine.run('reproduce', args, { signal: call.signal, progress });
      const { stages } = result as { stages: readonly StageReport[] };
      const ran = stages.some(({ outcome }) => outcome === 'ran' || outcome === 'from-cache');
      const end = ran ? 'Use `dvc push` to send your updates to remote storage.\n' : args.dry ? '' : 'Data and pipelines are up to date.\n';
      const why = flags.has('-v', '--verbose') ? stages.flatMap(reasonsOf).join('') : '';
      return { out: (args.dry ? stages.map((report) => dryLine(report, graph.stages.get(report.stage)!)).join('') : streamed) + why + end, status: 0 };
    } catch (cause) {
      return failure(LabError.from(cause), streamed, call);
    }
  },
};

function failure(error: LabError, streamed: string, { host }: CommandCall): CommandResult {
  const words = host.formatError(error);
  const stage = error.data['stage'];
  if (stage === undefined || error.code === 'unknown-stage') return { out: streamed, err: `ERROR: ${words}\n`, status: error.code === 'cancelled' ? 130 : 255 };
  return { out: streamed, err: `ERROR: failed to reproduce '${String(stage)}': ${words}\n`, status: 255 };
}

const reasonsOf = ({ stage, changes }: StageReport): string[] => changes.map((change: StageChange) => `${stage}: ${describeChange(change)}\n`);

const dryLine = (report: StageReport, stage: Stage): string => (report.outcome === 'skipped' ? `${sentenceOf(report)}\n` : startOf(stage));
