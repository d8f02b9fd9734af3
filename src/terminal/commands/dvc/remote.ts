import { LabError } from '../../../core/lab-error.js';
import { formatDvcConfig, remoteSection, remotesOf, withOption, type DvcConfig } from '../../../core/version/dvc-config.js';
import { DVC_CONFIG, readDvcConfig, remoteFolder } from '../../../lab/project/data-remote.js';
import type { CommandCall, CommandResult } from '../../command.js';
import { insideProject, PROJECT, resolvePath } from '../../paths.js';
import type { DvcFlags, DvcSubcommand } from './subcommand.js';

const USAGE = 'dvc remote {add,default,list,modify,remove} ...';

/** `dvc remote`: where `push` and `pull` go. A remote of the lab is a folder below `.lab/remotes`. */
export const remote: DvcSubcommand = {
  name: 'remote',
  usage: USAGE,
  summary: 'Set up and manage data remotes',
  flags: ['-d', '--default', '-f', '--force', '-u', '--unset'],
  async run([act, ...words], flags, call) {
    const config = await readDvcConfig(call.host.platform);
    const acts: Readonly<Record<string, () => Promise<CommandResult>>> = {
      add: () => add(config, words, flags, call),
      default: () => chooseDefault(config, words, flags, call),
      list: async () => list(config),
      modify: () => modify(config, words, call),
      remove: () => remove(config, words, call),
    };
    const run = act === undefined ? undefined : acts[act];
    return run ? run() : { err: `usage: ${USAGE}\n`, status: 254 };
  },
};

async function add(config: DvcConfig, [name, url]: readonly string[], flags: DvcFlags, call: CommandCall): Promise<CommandResult> {
  if (name === undefined || url === undefined) return { err: 'usage: dvc remote add [-d] [-f] <name> <url>\n', status: 254 };
  if (remotesOf(config).some((known) => known.name === name) && !flags.has('-f', '--force')) {
    return { err: `ERROR: configuration error - config file error: remote '${name}' already exists. Use \`-f|--force\` to overwrite it.\n`, status: 251 };
  }
  const added = withOption(config, remoteSection(name), 'url', localUrl(name, url, call.folder));
  const isDefault = flags.has('-d', '--default');
  await write(isDefault ? withOption(new Map([['core', new Map<string, string>()], ...added]), 'core', 'remote', name) : added, call);
  return { out: isDefault ? `Setting '${name}' as a default remote.\n` : '', status: 0 };
}

async function chooseDefault(config: DvcConfig, [name]: readonly string[], flags: DvcFlags, call: CommandCall): Promise<CommandResult> {
  const now = config.get('core')?.get('remote');
  if (flags.has('-u', '--unset')) await write(withOption(config, 'core', 'remote', undefined), call);
  else if (name === undefined) return { out: `${now ?? 'No default remote set'}\n`, status: 0 };
  else if (!remotesOf(config).some((known) => known.name === name)) return unknown(name);
  else await write(withOption(new Map([['core', config.get('core') ?? new Map<string, string>()], ...config]), 'core', 'remote', name), call);
  return { status: 0 };
}

function list(config: DvcConfig): CommandResult {
  const standard = config.get('core')?.get('remote');
  const lines = remotesOf(config).map(({ name, url }) => `${name}\t${url.startsWith('..') ? resolvePath(`${PROJECT}/.dvc`, url) : url}${name === standard ? '\t(default)' : ''}\n`);
  return { out: lines.join(''), status: 0 };
}

async function modify(config: DvcConfig, [name, option, value]: readonly string[], call: CommandCall): Promise<CommandResult> {
  if (name === undefined || option !== 'url' || value === undefined) return { err: 'usage: dvc remote modify <name> url <value>\n', status: 254 };
  if (!remotesOf(config).some((known) => known.name === name)) return unknown(name);
  await write(withOption(config, remoteSection(name), 'url', localUrl(name, value, call.folder)), call);
  return { status: 0 };
}

async function remove(config: DvcConfig, [name]: readonly string[], call: CommandCall): Promise<CommandResult> {
  if (name === undefined) return { err: 'usage: dvc remote remove <name>\n', status: 254 };
  if (!remotesOf(config).some((known) => known.name === name)) return unknown(name);
  const left = new Map([...config].filter(([section]) => section !== remoteSection(name)));
  await write(left.get('core')?.get('remote') === name ? withOption(left, 'core', 'remote', undefined) : left, call);
  return { status: 0 };
}

const unknown = (name: string): CommandResult => ({ err: `ERROR: configuration error - config file error: remote '${name}' doesn't exist.\n`, status: 251 });

/** A folder of the project as `.dvc/config` names it: from `.dvc` on. Throws `dvc-far-remote` {name, url}. */
function localUrl(name: string, url: string, folder: string): string {
  const path = /^\w+:\/\//.test(url) ? undefined : insideProject(resolvePath(folder, url));
  const local = path === undefined ? undefined : `../${path}`;
  if (local === undefined || remoteFolder(local) === undefined) throw new LabError('dvc-far-remote', { name, url });
  return local;
}

async function write(config: DvcConfig, { host: { platform }, turn, signal }: CommandCall): Promise<void> {
  await turn.begin(signal);
  await platform.files.write(DVC_CONFIG, formatDvcConfig(config));
}
