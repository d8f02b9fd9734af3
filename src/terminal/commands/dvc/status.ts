import { findChanges, type StageChange } from '../../../core/pipeline/find-changes.js';
import { openRemote } from '../../../lab/project/data-remote.js';
import { compareWithRemote } from '../../../lab/project/data-transfer.js';
import { readPipeline, stateOf } from '../../../lab/project/pipeline-file.js';
import { chooseOuts, filesBehind, trackedOuts } from '../../../lab/project/tracked-outs.js';
import { Workspace } from '../../../lab/project/workspace.js';
import type { Platform } from '../../../lab/platform.js';
import type { DvcFlags, DvcSubcommand } from './subcommand.js';

/** `dvc status`: what differs from the last run, stage by stage; with `-c`, between cache and remote. */
export const status: DvcSubcommand = {
  name: 'status',
  usage: 'dvc status [-c] [-r <name>] [-q] [targets ...]',
  summary: 'Show changed stages, compare local cache and a remote storage',
  flags: ['-c', '--cloud', '-q', '--quiet'],
  options: ['-r', '--remote'],
  async run(words, flags, { host: { platform } }) {
    const out = flags.has('-c', '--cloud') || flags.get('-r', '--remote') !== undefined ? await cloudStatus(platform, words, flags) : await localStatus(platform, words);
    const isClean = /^(Data and pipelines are up to date|Cache and remote .* are in sync)\.\n$/.test(out);
    return flags.has('-q', '--quiet') ? { status: isClean ? 0 : 1 } : { out, status: 0 };
  },
};

async function localStatus(platform: Platform, words: readonly string[]): Promise<string> {
  let out = '';
  if ((await platform.files.stat('dvc.yaml')) || words.length > 0) {
    const { graph, locked } = await readPipeline(platform);
    for (const [name, stage] of graph.stages) {
      if (words.length > 0 && !words.includes(name)) continue;
      const changes = findChanges(stage, locked[name], await stateOf(platform, stage, locked[name]));
      if (changes.length > 0) out += `${name}:\n${section('deps', changes)}${section('outs', changes)}${bare(changes)}`;
    }
  }
  out += await pointerStatus(platform, words);
  if (out === '' && !(await platform.files.stat('dvc.yaml')) && (await trackedOuts(platform)).length === 0) return 'There are no data or pipelines tracked in this project yet.\nSee <https://dvc.org/doc/start> to get started!\n';
  return out === '' ? 'Data and pipelines are up to date.\n' : out;
}

/** `.dvc` files whose data was changed, deleted, or is not in the cache. */
async function pointerStatus(platform: Platform, words: readonly string[]): Promise<string> {
  const workspace = await Workspace.open(platform);
  let out = '';
  for (const { path, md5, owner } of await trackedOuts(platform)) {
    if (!owner.endsWith('.dvc') || (words.length > 0 && !words.includes(owner) && !words.includes(path))) continue;
    const now = await workspace.hashOf(path);
    const state = now === undefined ? 'not in cache' : now.md5 === md5 ? undefined : 'modified';
    if (state !== undefined) out += `${owner}:\n\tchanged outs:\n${entry(2, state, path)}`;
  }
  return out;
}

async function cloudStatus(platform: Platform, words: readonly string[], flags: DvcFlags): Promise<string> {
  const remote = await openRemote(platform, flags.get('-r', '--remote'));
  const outs = chooseOuts(await trackedOuts(platform), words).filter(({ push }) => push);
  const states = await compareWithRemote(platform, remote, outs);
  let out = '';
  for (const item of outs) {
    const own = states.get(item.md5)!;
    if (item.md5.endsWith('.dir') && own !== 'same') out += entry(1, own, `${item.path}/`);
    for (const [path, id] of (await filesBehind(item, [platform.objects, remote])) ?? []) if (states.get(id) !== 'same') out += entry(1, states.get(id)!, path);
  }
  return out === '' ? `Cache and remote '${remote.name}' are in sync.\n` : out;
}

const entry = (depth: number, state: string, name: string): string => `${'\t'.repeat(depth)}${`${state}:`.padEnd(20)}${name}\n`;

function section(kind: 'deps' | 'outs', changes: readonly StageChange[]): string {
  const files = changes.flatMap((change) => (change.kind === (kind === 'deps' ? 'dep' : 'out') ? [change] : [])) as Extract<StageChange, { path: string }>[];
  const params = kind === 'outs' ? [] : changes.flatMap((change) => (change.kind === 'param' ? [change] : []));
  const byFile = [...new Set(params.map(({ file }) => file))];
  const lines = [
    ...files.map(({ state, path }) => entry(2, state, path)),
    ...byFile.map((file) => `\t\t${file}:\n${params.filter((p) => p.file === file).map(({ state, key }) => entry(3, state, key)).join('')}`),
  ];
  return lines.length === 0 ? '' : `\tchanged ${kind}:\n${lines.join('')}`;
}

const bare = (changes: readonly StageChange[]): string =>
  changes.map(({ kind }) => (kind === 'command' ? '\tchanged command\n' : kind === 'always' ? '\talways changed\n' : '')).join('');
