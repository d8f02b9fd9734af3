import { LabError } from '../../core/lab-error.js';
import type { TerminalCommand } from '../command.js';
import { dag } from './dvc/dag.js';
import { metrics } from './dvc/metrics.js';
import { repro } from './dvc/repro.js';
import { status } from './dvc/status.js';
import type { DvcSubcommand } from './dvc/subcommand.js';

const SUBCOMMANDS: ReadonlyMap<string, DvcSubcommand> = new Map([dag, metrics, repro, status].map((subcommand) => [subcommand.name, subcommand]));

/** `dvc`, on the project's own pipeline; wording and statuses follow DVC 3. */
export const dvc: TerminalCommand = {
  name: 'dvc',
  summary: 'the pipeline of the project',
  async run([name, ...rest], call) {
    if (name === undefined || name === '-h' || name === '--help') return { out: help(), status: name === undefined ? 254 : 0 };
    const subcommand = SUBCOMMANDS.get(name);
    if (!subcommand) return { err: `dvc: error: argument COMMAND: invalid choice: '${name}' (choose from ${[...SUBCOMMANDS.keys()].map((known) => `'${known}'`).join(', ')})\n`, status: 254 };
    if (rest.includes('-h') || rest.includes('--help')) return { out: `usage: ${subcommand.usage}\n\n${subcommand.summary}\n`, status: 0 };
    const flags = rest.filter((word) => word.startsWith('-'));
    const unknown = flags.filter((flag) => !subcommand.flags.includes(flag));
    if (unknown.length > 0) return { err: `usage: ${subcommand.usage}\ndvc: error: unrecognized arguments: ${unknown.join(' ')}\n`, status: 254 };
    try {
      return await subcommand.run(rest.filter((word) => !word.startsWith('-')), new Set(flags), call);
    } catch (cause) {
      return { err: `ERROR: ${call.host.formatError(LabError.from(cause))}\n`, status: 255 };
    }
  },
  complete: async (words) => (words.length <= 1 ? [...SUBCOMMANDS.keys()] : undefined),
};

const help = (): string => `usage: dvc COMMAND ...\n\nThe commands of DVC that this terminal has:\n${[...SUBCOMMANDS.values()].map(({ name, summary }) => `    ${name.padEnd(10)}${summary}\n`).join('')}`;
