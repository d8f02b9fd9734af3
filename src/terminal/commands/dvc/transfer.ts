import { openRemote } from '../../../lab/project/data-remote.js';
import { fetchData, pushData, type Transfer } from '../../../lab/project/data-transfer.js';
import { chooseOuts, trackedOuts } from '../../../lab/project/tracked-outs.js';
import type { CommandCall } from '../../command.js';
import { missingOuts, missingWords } from './checkout.js';
import { changeLines, summarise, type DvcFlags, type DvcSubcommand } from './subcommand.js';

const FLAGS = ['-q', '--quiet', '-f', '--force', '--allow-missing'];
const OPTIONS = ['-r', '--remote', '-j', '--jobs'];

/** `dvc push`: what the remote lacks goes there. */
export const push: DvcSubcommand = {
  name: 'push',
  usage: 'dvc push [-r <name>] [targets ...]',
  summary: 'Upload tracked files or directories to remote storage',
  flags: FLAGS,
  options: OPTIONS,
  async run(words, flags, call) {
    const { moved, missing } = await transfer(call, words, flags, pushData);
    return { out: summarise({ pushed: moved.length }), err: lostWords(missing), status: 0 };
  },
};

/** `dvc fetch`: what the cache lacks comes from the remote. */
export const fetch: DvcSubcommand = {
  name: 'fetch',
  usage: 'dvc fetch [-r <name>] [targets ...]',
  summary: 'Download files or directories from remote storage to the cache',
  flags: FLAGS,
  options: OPTIONS,
  async run(words, flags, call) {
    const { moved, missing } = await transfer(call, words, flags, fetchData);
    return { out: summarise({ fetched: moved.length }), err: lostWords(missing), status: 0 };
  },
};

/** `dvc pull`: fetch, and then the data can be read at its paths. */
export const pull: DvcSubcommand = {
  name: 'pull',
  usage: 'dvc pull [-r <name>] [targets ...]',
  summary: 'Download tracked files or directories from remote storage',
  flags: FLAGS,
  options: OPTIONS,
  async run(words, flags, call) {
    const { platform } = call.host;
    const outs = chooseOuts(await trackedOuts(platform), words);
    const before = await missingOuts(platform, outs);
    const { moved, missing } = await transfer(call, words, flags, fetchData);
    const after = await missingOuts(platform, outs);
    const added = before.filter((path) => !after.includes(path));
    const out = changeLines('A', added) + (after.length > 0 && moved.length === 0 ? '' : summarise({ added: added.length, fetched: moved.length }));
    if (after.length === 0 || flags.has('--allow-missing')) return { out, status: 0 };
    return { out, err: `${lostWords(missing)}ERROR: failed to pull data from the cloud - ${missingWords(after).replace(/^ERROR: /, '')}`, status: 255 };
  },
};

async function transfer(call: CommandCall, words: readonly string[], flags: DvcFlags, move: typeof pushData): Promise<Transfer> {
  const { platform } = call.host;
  const remote = await openRemote(platform, flags.get('-r', '--remote'));
  const outs = chooseOuts(await trackedOuts(platform), words);
  await call.turn.begin(call.signal);
  return move(platform, remote, outs, async () => call.signal.throwIfAborted());
}

const lostWords = (ids: readonly string[]): string =>
  ids.length === 0 ? '' : `WARNING: Some of the cache files do not exist neither locally nor on remote. Missing cache files:\n${ids.map((id) => `md5: ${id}\n`).join('')}`;
