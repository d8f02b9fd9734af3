import { LabError } from '../../core/lab-error.js';
import type { CommandCall, CommandResult, ShellHost, TerminalCommand } from '../command.js';
import { GitError } from '../git/options.js';
import { findRepository, type Place } from '../git/find-repository.js';
import { readRemotes } from '../../lab/team/tracking.js';
import { nearNames } from '../near-names.js';
import { insideProject } from '../paths.js';
import { signed } from '../signed-message.js';
import { SUBCOMMANDS } from './git/index.js';

const VERSION = 'git version 2.39.5 (looplab)\n';

/** `git`, on the project's own repository; messages, output and statuses follow git 2.39. */
export const git: TerminalCommand = {
  name: 'git',
  summary: 'the version control of the project',
  async run(words, call) {
    const [name, ...rest] = words;
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') return { out: help(), status: name === undefined ? 1 : 0 };
    if (name === '--version' || name === 'version') return { out: VERSION, status: 0 };
    const subcommand = SUBCOMMANDS.get(name);
    if (!subcommand) return { err: unknown(name), status: name.startsWith('-') ? 129 : 1 };
    const prefix = insideProject(call.folder);
    const place = prefix === undefined ? undefined : await findRepository(call.host.platform, prefix);
    const known = place !== undefined && (name === 'init' || (await place.git.isRepository()));
    if (!known) return { err: 'fatal: not a git repository (or any of the parent directories): .git\n', status: 128 };
    if (rest.includes('--help') || rest[0] === '-h') return run(subcommand.name, ['--no-such-option-for-usage'], call, place, true);
    return run(name, rest, call, place, false);
  },
  async complete(words, host) {
    if (words.length <= 1) return [...SUBCOMMANDS.keys()];
    const last = words.at(-1)!;
    return last.startsWith('-') ? undefined : completeRevisions(words[0]!, host);
  },
};

async function run(name: string, words: readonly string[], call: CommandCall, place: Place, asHelp: boolean): Promise<CommandResult> {
  try {
    return await SUBCOMMANDS.get(name)!.run(words, { ...call, ...place });
  } catch (cause) {
    if (cause instanceof GitError && asHelp) return { out: `${cause.message.split('\n').slice(1).join('\n')}`, status: 0 };
    if (cause instanceof GitError) return { err: cause.message.replace(/\n?$/, '\n'), status: cause.status };
    return { err: `${signed('fatal', call.host.formatError(LabError.from(cause)))}\n`, status: 128 };
  }
}

const help = (): string =>
  `usage: git <command> [<args>]\n\nThe commands of git that this terminal has:\n${[...SUBCOMMANDS.values()].map((s) => `   ${s.name.padEnd(13)}${s.summary}\n`).join('')}\n'git <command> --help' shows the options of one.\n`;

function unknown(name: string): string {
  if (name.startsWith('-')) return `unknown option: ${name}\nusage: git <command> [<args>]\n`;
  const near = nearNames(name, SUBCOMMANDS.keys());
  const hint = near.length === 0 ? '' : `\nThe most similar command${near.length === 1 ? ' is' : 's are'}\n${near.map((n) => `\t${n}\n`).join('')}`;
  return `git: '${name}' is not a git command of this terminal. See 'git --help'.\n${hint}`;
}

async function completeRevisions(name: string, { platform }: ShellHost): Promise<readonly string[] | undefined> {
  if (name === 'switch' || name === 'branch' || name === 'merge' || name === 'rebase') return platform.git.branches();
  if (name === 'tag') return platform.git.tags();
  if (name === 'push' || name === 'pull' || name === 'fetch' || name === 'ls-remote') return [...(await readRemotes(platform.git)).map((r) => r.name), ...(await platform.git.branches())];
  if (name === 'remote') return ['add', 'remove', 'rename', 'set-url', 'get-url', ...(await readRemotes(platform.git)).map((r) => r.name)];
  if (['log', 'show', 'reset', 'cherry-pick', 'revert'].includes(name)) return [...(await platform.git.branches()), ...(await platform.git.tags()), 'HEAD'];
  return undefined;
}
