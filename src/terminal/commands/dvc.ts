import { LabError } from '../../core/lab-error.js';
import type { TerminalCommand } from '../command.js';
import { add } from './dvc/add.js';
import { checkIgnore } from './dvc/check-ignore.js';
import { checkout } from './dvc/checkout.js';
import { commit } from './dvc/commit.js';
import { dag } from './dvc/dag.js';
import { diff } from './dvc/diff.js';
import { gc } from './dvc/gc.js';
import { init } from './dvc/init.js';
import { metrics } from './dvc/metrics.js';
import { params } from './dvc/params.js';
import { plots } from './dvc/plots.js';
import { remote } from './dvc/remote.js';
import { remove } from './dvc/remove.js';
import { repro } from './dvc/repro.js';
import { status } from './dvc/status.js';
import { sortWords, type DvcSubcommand } from './dvc/subcommand.js';
import { fetch, pull, push } from './dvc/transfer.js';
import { unprotect } from './dvc/unprotect.js';

const ALL = [add, checkIgnore, checkout, commit, dag, diff, fetch, gc, init, metrics, params, plots, pull, push, remote, remove, repro, status, unprotect];
const SUBCOMMANDS: ReadonlyMap<string, DvcSubcommand> = new Map(ALL.map((subcommand) => [subcommand.name, subcommand]));

/** `dvc`, on the project's own data and pipeline; wording and statuses follow DVC 3. */
export const dvc: TerminalCommand = {
  name: 'dvc',
  summary: 'data versions and the pipeline of the project',
  async run([name, ...rest], call) {
    if (name === undefined || name === '-h' || name === '--help') return { out: help(), status: name === undefined ? 254 : 0 };
    const subcommand = SUBCOMMANDS.get(name);
    if (!subcommand) return { err: `dvc: error: argument COMMAND: invalid choice: '${name}' (choose from ${[...SUBCOMMANDS.keys()].map((known) => `'${known}'`).join(', ')})\n`, status: 254 };
    if (rest.includes('-h') || rest.includes('--help')) return { out: `usage: ${subcommand.usage}\n\n${subcommand.summary}\n`, status: 0 };
    const { plain, given, unknown } = sortWords(subcommand, rest);
    if (unknown.length > 0) return { err: `usage: ${subcommand.usage}\ndvc: error: unrecognized arguments: ${unknown.join(' ')}\n`, status: 254 };
    try {
      return await subcommand.run(plain, given, call);
    } catch (cause) {
      return { err: `ERROR: ${call.host.formatError(LabError.from(cause))}\n`, status: 255 };
    }
  },
  complete: async (words) => (words.length <= 1 ? [...SUBCOMMANDS.keys()] : undefined),
};

const help = (): string => `usage: dvc COMMAND ...\n\nThe commands of DVC that this terminal has:\n${[...SUBCOMMANDS.values()].map(({ name, summary }) => `    ${name.padEnd(14)}${summary}\n`).join('')}`;
