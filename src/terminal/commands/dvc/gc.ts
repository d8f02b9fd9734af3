import { openRemote } from '../../../lab/project/data-remote.js';
import { objectsOf, trackedOuts } from '../../../lab/project/tracked-outs.js';
import type { Platform } from '../../../lab/platform.js';
import type { CommandCall } from '../../command.js';
import type { DvcFlags, DvcSubcommand } from './subcommand.js';

const SCOPES = ['-w', '--workspace', '-a', '--all-branches', '-T', '--all-tags', '-A', '--all-commits'];

/** `dvc gc`: objects that nothing asked for uses go from the cache (and, with `-c`, from the remote). What the lab's own runs and models need stays. */
export const gc: DvcSubcommand = {
  name: 'gc',
  usage: 'dvc gc (-w | -a | -T | -A) [-c] [-r <name>] [-f]',
  summary: 'Garbage collect unused objects from cache or remote storage',
  flags: [...SCOPES, '-c', '--cloud', '-f', '--force'],
  options: ['-r', '--remote'],
  async run(_words, flags, call) {
    if (!flags.has(...SCOPES)) return { err: 'ERROR: Invalid Arguments: Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags` `--all-experiments`, `--all-commits`, `--date` or `--rev` needs to be set.\n', status: 255 };
    const warning = `WARNING: This will remove all cache except items used in the workspace${scopeWords(flags)} of the current repo.\n`;
    if (!flags.has('-f', '--force') && !/^y(es)?\s*$/i.test(call.stdin.split('\n')[0] ?? '')) {
      return { err: `${warning}Are you sure you want to proceed? [y/n]: nothing was removed; answer with \`-f\`, or \`echo y | dvc gc …\`.\n`, status: 1 };
    }
    return collect(call, flags, warning);
  },
};

function scopeWords(flags: DvcFlags): string {
  if (flags.has('-A', '--all-commits')) return ' and all git commits';
  const scopes = [...(flags.has('-a', '--all-branches') ? ['branches'] : []), ...(flags.has('-T', '--all-tags') ? ['tags'] : [])];
  return scopes.length === 0 ? '' : ` and all git ${scopes.join(' and ')}`;
}

async function collect(call: CommandCall, flags: DvcFlags, warning: string): Promise<{ out: string; err: string; status: number }> {
  const { platform } = call.host;
  const remote = flags.has('-c', '--cloud') ? await openRemote(platform, flags.get('-r', '--remote')) : undefined;
  const outs = [...(await trackedOuts(platform)), ...(await Promise.all((await revisions(platform, flags)).map((id) => trackedOuts(platform, id)))).flat()];
  const used = new Set(await objectsOf(outs, [platform.objects, ...(remote ? [remote] : [])]));
  for (const id of await idsOfTheLab(platform)) used.add(id);
  await call.turn.begin(call.signal);
  const unused = (await platform.objects.list()).map(({ id }) => id).filter((id) => !used.has(id));
  for (const id of unused) await platform.objects.remove(id);
  let out = unused.length > 0 ? `Removed ${unused.length} objects from repo cache.\n` : "No unused 'repo' cache to remove.\n";
  if (remote) {
    const far = (await remote.list()).filter((id) => !used.has(id));
    for (const id of far) await remote.remove(id);
    out += far.length > 0 ? `Removed ${far.length} objects from remote '${remote.name}'.\n` : 'No unused cache to remove from remote.\n';
  }
  return { out, err: warning, status: 0 };
}

/** Commits whose data is kept beside the workspace's. */
async function revisions({ git }: Platform, flags: DvcFlags): Promise<string[]> {
  const names = [...(flags.has('-a', '--all-branches', '-A', '--all-commits') ? await git.branches() : []), ...(flags.has('-T', '--all-tags', '-A', '--all-commits') ? await git.tags() : [])];
  const tips = await Promise.all(names.map((name) => git.resolve(name)));
  if (!flags.has('-A', '--all-commits')) return [...new Set(tips)];
  const logs = await Promise.all(tips.map((ref) => git.log({ ref })));
  return [...new Set(logs.flat().map(({ id }) => id))];
}

/** Ids that the lab's records of runs, versions and services name, with the files behind folders. */
async function idsOfTheLab(platform: Platform): Promise<Set<string>> {
  const ids = new Set<string>();
  const walk = async (folder: string): Promise<void> => {
    for (const name of await platform.files.list(folder)) {
      const path = `${folder}/${name}`;
      if (path === '.lab/remotes') continue;
      if ((await platform.files.stat(path))?.type === 'directory') await walk(path);
      else for (const [id] of new TextDecoder().decode(await platform.files.read(path)).matchAll(/\b[0-9a-f]{32}(\.dir)?/g)) ids.add(id);
    }
  };
  await walk('.lab');
  const folders = (await Promise.all([...ids].map(async (id) => (await platform.objects.has(`${id.slice(0, 32)}.dir`)) ? `${id.slice(0, 32)}.dir` : undefined))).filter((id) => id !== undefined);
  const outs = folders.map((md5) => ({ path: '', md5, owner: '', push: true }));
  for (const id of await objectsOf(outs, [platform.objects])) ids.add(id);
  return ids;
}
