import { LabError } from '../../core/lab-error.js';
import { mlflowTags } from '../../core/package/mlflow-store.js';
import { parseRunFilter } from '../../core/track/run-filter.js';
import { statusOf, type RunRecord } from '../../core/track/run.js';
import { findAnyRun, loadAllRuns, loadRegistry } from '../../lab/project/state.js';
import type { CommandCall, CommandResult, TerminalCommand } from '../command.js';
import { shortNumber, textTable } from '../text-table.js';

type Flags = ReadonlyMap<string, string>;
interface Subcommand {
  readonly usage: string;
  readonly flags: readonly string[];
  run(call: CommandCall, flags: Flags): Promise<string>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  'runs search': { usage: "[--filter \"metrics.rmse < 3 AND params.l2 = '1'\"] [--order-by 'metrics.test.rmse ASC'] [--max-results N]", flags: ['--filter', '--order-by', '--max-results'], run: searchRuns },
  'runs list': { usage: '', flags: [], run: searchRuns },
  'runs describe': { usage: '--run-id ID', flags: ['--run-id'], run: describeRun },
  'models list': { usage: '', flags: [], run: listModels },
};

/** `mlflow`, as far as it looks at runs and models: names, filters and order as MLflow has them. */
export const mlflow: TerminalCommand = {
  name: 'mlflow',
  summary: 'search runs and models as MLflow names them',
  async run(words, call) {
    const name = words.slice(0, 2).join(' ');
    const known = SUBCOMMANDS[name];
    if (!known) return words.length === 0 || words[0] === '--help' ? { out: help(), status: 0 } : { err: `Error: No such command '${name}'.\n${help()}`, status: 2 };
    const flags = readFlags(words.slice(2), known);
    if (typeof flags === 'string') return { err: `Usage: mlflow ${name} ${known.usage}\n\nError: ${flags}\n`, status: 2 };
    return guard(call, async () => ({ out: await known.run(call, flags), status: 0 }));
  },
  complete: (words) => Promise.resolve(words.length <= 2 ? [...new Set(Object.keys(SUBCOMMANDS).flatMap((name) => name.split(' ')))] : (SUBCOMMANDS[words.slice(0, 2).join(' ')]?.flags ?? [])),
};

const help = (): string => `Usage: mlflow COMMAND\n\n${Object.entries(SUBCOMMANDS).map(([name, { usage }]) => `  ${name} ${usage}\n`).join('')}  (lab export-runs --format mlflow writes them as files)\n`;

function readFlags(words: readonly string[], { flags }: Subcommand): Flags | string {
  const found = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const [name, inline] = words[at]!.split(/=(.*)/s, 2) as [string, string | undefined];
    if (!flags.includes(name)) return name.startsWith('-') ? `No such option: ${name}` : `Got unexpected extra argument (${name})`;
    const value = inline ?? words[++at];
    if (value === undefined) return `Option '${name}' requires an argument.`;
    found.set(name, value);
  }
  return found;
}

async function guard(call: CommandCall, work: () => Promise<CommandResult>): Promise<CommandResult> {
  try {
    return await work();
  } catch (cause) {
    return { err: `mlflow: ${call.host.formatError(LabError.from(cause))}\n`, status: 1 };
  }
}

async function searchRuns(call: CommandCall, flags: Flags): Promise<string> {
  const matches = parseRunFilter(flags.get('--filter') ?? '');
  const most = Number(flags.get('--max-results') ?? 1000);
  if (!Number.isInteger(most) || most < 1 || most > 50000) throw new LabError('flag-value', { flag: '--max-results', value: String(most), expected: '1 … 50000' });
  const runs = (await loadAllRuns(call.host.platform)).filter((record) => matches({ record, tags: mlflowTags(record) })).sort(orderOf(flags.get('--order-by'))).slice(0, most);
  if (runs.length === 0) return 'No runs found.\n';
  const known = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
  const metrics = [...known.filter((name) => name.startsWith('test.')).slice(0, 3), ...known.filter((name) => name.startsWith('cv.')).slice(0, 1)];
  return textTable(['run_id', 'run_name', 'model', ...metrics], runs.map((run) => [run.id, run.name, run.model, ...metrics.map((name) => shortNumber(run.metrics[name]))]));
}

/** Newest first when nothing is asked for, as MLflow orders runs; runs without the metric come last. */
function orderOf(order: string | undefined): (a: RunRecord, b: RunRecord) => number {
  const [, key, direction] = /^(?:metrics?\.)?([^\s]+?)(?:\s+(asc|desc))?$/i.exec(order?.trim() ?? '') ?? [];
  if (order !== undefined && key === undefined) throw new LabError('flag-value', { flag: '--order-by', value: order, expected: 'metrics.NAME ASC|DESC' });
  const newest = (a: RunRecord, b: RunRecord): number => b.started - a.started || (a.id < b.id ? -1 : 1);
  if (key === undefined || key === 'start_time') return direction?.toLowerCase() === 'asc' ? (a, b) => newest(b, a) : newest;
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  const value = (run: RunRecord): number => run.metrics[key] ?? sign * Infinity;
  return (a, b) => (value(a) === value(b) ? newest(a, b) : sign * (value(a) - value(b)));
}

async function describeRun(call: CommandCall, flags: Flags): Promise<string> {
  const id = flags.get('--run-id');
  if (id === undefined) throw new LabError('flag-required', { flag: '--run-id', command: 'mlflow runs describe' });
  const run = await findAnyRun(call.host.platform, id);
  const info = { artifact_uri: `./mlruns/1/${run.id}/artifacts`, end_time: run.started + run.durationMs, experiment_id: '1', lifecycle_stage: 'active', run_id: run.id, run_name: run.name, start_time: run.started, status: statusOf(run), user_id: 'learner' };
  return `${JSON.stringify({ info, data: { metrics: run.metrics, params: { model: run.model, ...run.params }, tags: mlflowTags(run) } }, null, 4)}\n`;
}

async function listModels(call: CommandCall): Promise<string> {
  const { models } = await loadRegistry(call.host.platform);
  const rows = Object.entries(models).flatMap(([name, { versions, aliases }]) => versions.map(({ version, runId, retired }) => [name, String(version), Object.entries(aliases).filter(([, target]) => target === version).map(([alias]) => `@${alias}`).join(' ') || '-', runId, retired ? 'retired' : 'READY']));
  return rows.length === 0 ? 'No registered models.\n' : textTable(['name', 'version', 'aliases', 'run_id', 'status'], rows);
}
