import { answerPush, beforePush } from '../../../lab/team/colleague-turn.js';
import type { RefResult } from '../../../lab/remote-port.js';
import { trackingRef, type KnownRemote } from '../../../lab/team/tracking.js';
import { fatal, lastValue, readOptions, type ReadOptions } from '../../git/options.js';
import { currentItem, pushTarget, readRefspec } from '../../git/push-items.js';
import { hintsFor, lineOf, planPush, updatesOf, type Lease, type PlannedPush, type PushItem } from '../../git/push-updates.js';
import { setUpstream, withRemote } from '../../git/remotes.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';

const FORCE = 'work of others is not written over unseen here; --force-with-lease does it only when nobody has pushed since you last fetched';
const SPEC = {
  usage: 'git push [<options>] [<repository> [<refspec>...]]',
  flags: { '-u': 'upstream', '--set-upstream': 'upstream', '--tags': 'tags', '-d': 'delete', '--delete': 'delete', '-q': 'quiet', '--quiet': 'quiet', '-n': 'dry', '--dry-run': 'dry' },
  values: { '--lease': 'lease' },
  refused: { '-f': FORCE, '--force': FORCE, '--mirror': FORCE, '--all': 'name the branches to push' },
};

/** `git push`: sends commits to a remote; refused when that would lose what others have pushed. */
export const push: Subcommand = {
  name: 'push',
  summary: 'Update remote refs along with associated objects',
  async run(words, call) {
    const options = readOptions(SPEC, words.map((w) => (w.startsWith('--force-with-lease') ? w.replace(/^--force-with-lease=?/, '--lease=') : w)));
    const [given, ...specs] = options.words;
    const remote = await pushTarget(call, given);
    const items = await itemsOf(call, options, remote, specs, given !== undefined);
    // the shared repository is part of the project; another one is asked before the turn to write is taken
    if (remote.url.startsWith('lab://')) await call.turn.begin(call.signal);
    await beforePush(call.host.platform, call.git, remote.url, items);
    return send(call, options, remote, items);
  },
};

async function itemsOf(call: GitCall, { flags }: ReadOptions, remote: KnownRemote, specs: readonly string[], named: boolean): Promise<PushItem[]> {
  if (flags.has('delete') && specs.length === 0) throw fatal("--delete doesn't make sense without any refs");
  const items = await Promise.all(specs.map((spec) => readRefspec(call, spec, remote, flags.has('delete'))));
  if (flags.has('tags')) for (const [ref, id] of await call.git.refs('refs/tags/')) items.push({ from: ref.slice('refs/tags/'.length), ref, id });
  if (items.length === 0 && !flags.has('tags')) items.push(await currentItem(call, remote, flags.has('upstream'), named));
  return items.filter((item, i) => items.findIndex((other) => other.ref === item.ref) === i);
}

/** `--force-with-lease`, `=<branch>` or `=<branch>:<commit>`. */
async function leaseOf(call: GitCall, options: ReadOptions): Promise<Lease | undefined> {
  const value = lastValue(options, 'lease');
  if (value === undefined) return undefined;
  const [name = '', expected] = value.split(':');
  return { ...(name === '' ? {} : { ref: name.startsWith('refs/') ? name : `refs/heads/${name}` }), ...(expected === undefined || expected === '' ? {} : { expected: await call.git.resolve(expected).catch(() => expected) }) };
}

async function send(call: GitCall, options: ReadOptions, remote: KnownRemote, items: readonly PushItem[]): Promise<CommandResult> {
  const { flags } = options;
  const lease = await leaseOf(call, options);
  const { planned, results } = await withRemote(call, remote.url, async (at) => {
    const plan = await planPush(call, remote, items, await at.refs(), lease);
    const updates = flags.has('dry') ? [] : updatesOf(plan);
    return { planned: plan, results: updates.length === 0 ? [] : await at.push(updates) };
  });
  const missing = planned.filter((p) => p.reason === 'remote ref does not exist');
  const refused = new Map(results.flatMap(({ ref, refused: reason }) => (reason === undefined ? [] : [[ref, reason] as const])));
  const moved = planned.filter((p) => p.kind !== 'refused' && !refused.has(p.ref));
  await call.turn.begin(call.signal);
  if (!flags.has('dry')) await keepSeen(call, remote, moved);
  const tracked = flags.has('upstream') ? await follow(call, remote, moved, flags.has('dry')) : '';
  const answer = results.length > refused.size ? await answerPush(call.host.platform, remote.url, moved.map(({ ref, id }) => ({ ref, id }))) : [];
  const failed = refused.size > 0 || planned.some((p) => p.kind === 'refused');
  const err = missing.map((p) => `error: unable to delete '${p.ref.replace(/^refs\/(heads|tags)\//, '')}': remote ref does not exist\n`).join('') + account(remote, planned, refused, results, flags.has('quiet'));
  const end = failed ? `error: failed to push some refs to '${remote.url}'\n${hintsFor(planned, [...refused.values()].includes('fetch first'), (await call.git.head()).branch)}` : '';
  return { out: tracked, err: err + end + answer.map((line) => `remote: ${line}\n`).join(''), status: failed ? 1 : 0 };
}

function account(remote: KnownRemote, planned: readonly PlannedPush[], refused: ReadonlyMap<string, string>, results: readonly RefResult[], quiet: boolean): string {
  const shown = planned.filter((p) => p.kind !== 'same' && p.reason !== 'remote ref does not exist');
  const isBad = (p: PlannedPush): boolean => p.kind === 'refused' || refused.has(p.ref);
  const rows = [...(quiet ? [] : shown.filter((p) => !isBad(p))), ...shown.filter(isBad)];
  if (rows.length > 0) return `To ${remote.url}\n${rows.map((p) => lineOf(p, refused.get(p.ref))).join('')}`;
  return quiet || results.length > 0 || planned.some(isBad) ? '' : 'Everything up-to-date\n';
}

/** What was pushed is what the remote has: its branches as they are known here move along. */
async function keepSeen({ git }: GitCall, remote: KnownRemote, moved: readonly PlannedPush[]): Promise<void> {
  if (remote.name === remote.url) return;
  const seen = await git.refs(`refs/remotes/${remote.name}/`);
  for (const { ref, id } of moved) {
    const tracking = trackingRef(remote.name, ref);
    if (!ref.startsWith('refs/heads/') || seen.get(tracking) === id) continue;
    await git.setRef(tracking, id, 'update by push');
  }
}

async function follow(call: GitCall, remote: KnownRemote, moved: readonly PlannedPush[], dry: boolean): Promise<string> {
  const local = new Set(await call.git.branches());
  const { branch } = await call.git.head();
  let out = '';
  for (const { from, ref, id } of moved) {
    const name = from === 'HEAD' ? branch : from;
    if (id === undefined || name === undefined || !local.has(name) || !ref.startsWith('refs/heads/')) continue;
    if (dry) {
      out += `Would set upstream of '${name}' to '${ref.slice('refs/heads/'.length)}' of '${remote.name}'\n`;
      continue;
    }
    await setUpstream(call, name, remote.name, ref);
    out += `branch '${name}' set up to track '${remote.name === remote.url ? ref : `${remote.name}/${ref.slice('refs/heads/'.length)}`}'.\n`;
  }
  return out;
}
