import { LabError } from '../../core/lab-error.js';
import { parseArgs, type Flag, type Flags, type Verb } from '../../lab/verb.js';
import type { CommandCall, CommandResult, ShellHost, TerminalCommand } from '../command.js';
import { nearNames } from '../near-names.js';
import { signed } from '../signed-message.js';
import { ProgressLine } from '../progress-line.js';
import { READS } from './lab/index.js';

/** `lab`: every act a learner can do, the same that the panels' buttons do, and a few looks at the project. */
export const lab: TerminalCommand = {
  name: 'lab',
  summary: 'collect, prepare, train, evaluate, … : the acts of the lab',
  async run(words, call) {
    const [name, ...rest] = words;
    const { verbs } = call.host.engine;
    if (name === undefined || (['help', '--help', '-h'].includes(name) && rest.length === 0)) return { out: overview(verbs), status: 0 };
    const asked = name === 'help' ? rest[0]! : name;
    const known = verbs.get(asked) ?? READS.get(asked);
    if (!known) return { err: `${unknown(asked, call.host)}\n`, status: 2 };
    if (name === 'help' || rest.includes('--help') || rest.includes('-h')) return { out: usage(known), status: 0 };
    return guard(call, () => (verbs.has(asked) ? act(verbs.get(asked)!, rest, call) : look(asked, rest, call)));
  },
  async complete(words, host) {
    const [name] = words;
    if (words.length <= 1) return [...host.engine.verbs.keys(), ...READS.keys(), 'help'];
    const flags = (host.engine.verbs.get(name!) ?? READS.get(name!))?.flags ?? {};
    const before = words.at(-2) ?? '';
    const [key] = Object.entries(flags).find(([k]) => flagName(k) === before) ?? [];
    if (key !== undefined && flags[key]!.kind !== 'boolean') return flags[key]!.choices ?? valuesFor(key, host);
    return Object.keys(flags).map(flagName);
  },
};

async function act(verb: Verb, words: readonly string[], call: CommandCall): Promise<CommandResult> {
  const args = parseArgs(verb, words);
  // The engine runs one thing at a time, so what this line wrote is saved and the turn given back first.
  await call.turn.end();
  const line = new ProgressLine(call.host.now, (text) => call.show(text));
  const report = await call.host.engine.run(verb.name, args, { signal: call.signal, actor: 'learner', progress: (p) => line.report(p) });
  const commit = report.commit === undefined ? [] : [`commit ${report.commit.slice(0, 7)}`];
  return { out: [...report.lines, ...commit].map((l) => `${l}\n`).join(''), status: report.status ?? 0 };
}

async function look(name: string, words: readonly string[], call: CommandCall): Promise<CommandResult> {
  const read = READS.get(name)!;
  const named = words.map((w) => (w === '-n' ? '--n' : /^-n\d+$/.test(w) ? `--n=${w.slice(2)}` : w));
  const { text, status } = await read.run(parseArgs({ ...read, run: () => Promise.reject(new LabError('unexpected')) }, named), call.host);
  return { out: text, status };
}

async function guard(call: CommandCall, work: () => Promise<CommandResult>): Promise<CommandResult> {
  try {
    return await work();
  } catch (cause) {
    const error = LabError.from(cause);
    const usageCodes = ['unknown-flag', 'flag-value', 'flag-required', 'unexpected-word'];
    return { err: `${signed('lab', call.host.formatError(error))}\n`, status: error.code === 'cancelled' ? 130 : usageCodes.includes(error.code) ? 2 : 1 };
  }
}

function unknown(name: string, { engine, formatError }: ShellHost): string {
  const names = [...engine.verbs.keys(), ...READS.keys()];
  return signed('lab', formatError(new LabError('unknown-verb', { verb: name, known: names, near: nearNames(name, names) })));
}

const flagName = (key: string): string => (key.length === 1 ? `-${key}` : `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`);

function overview(verbs: ShellHost['engine']['verbs']): string {
  const rows = (all: Iterable<{ name: string; summary: string }>): string => [...all].map((v) => `  ${v.name.padEnd(12)}${v.summary}\n`).join('');
  return `usage: lab <act> [--flag value ...]\n\nacts, in the order of the loop:\n${rows(verbs.values())}\nlooks:\n${rows(READS.values())}\n'lab <act> --help' shows its flags.\n`;
}

function usage({ name, summary, flags }: { name: string; summary: string; flags: Flags }): string {
  const rows = Object.entries(flags).map(([key, flag]) => `  ${signature(key, flag).padEnd(26)} ${flag.summary}${flag.required ? ' (required)' : ''}${flag.choices ? `: ${flag.choices.join(' | ')}` : ''}\n`);
  const words = Object.entries(flags).map(([key, flag]) => (flag.required ? signature(key, flag) : `[${signature(key, flag)}]`));
  return `usage: ${['lab', name, ...words].join(' ')}\n\n${summary}\n${rows.length === 0 ? '' : `\n${rows.join('')}`}`;
}

const signature = (key: string, flag: Flag<unknown>): string =>
  flag.kind === 'boolean' ? flagName(key) : `${flagName(key)} ${flag.kind === 'number' ? 'N' : flag.kind === 'list' ? 'a,b,…' : key.toUpperCase()}`;

/** Values that the project knows for a flag, for completion. */
function valuesFor(key: string, { engine: { snapshot } }: ShellHost): readonly string[] | undefined {
  const { versions, services, runs, prepared } = snapshot;
  const found: Readonly<Record<string, readonly string[]>> = {
    run: runs.map((r) => r.id),
    service: services.map((s) => s.name),
    name: versions.map((v) => v.model),
    version: versions.map((v) => String(v.version)),
    alias: ['champion', ...versions.flatMap((v) => v.aliases)],
    target: prepared ? [prepared.target] : [],
  };
  return found[key] && [...new Set(found[key])];
}
