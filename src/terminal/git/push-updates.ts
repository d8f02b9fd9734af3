import type { RefUpdate, RemoteRefs } from '../../lab/remote-port.js';
import { isBehind, trackingRef, type KnownRemote } from '../../lab/team/tracking.js';
import { shortId } from './blob-id.js';
import type { GitCall } from './subcommand.js';

/** One ref that is to be pushed: what it is called here, and its full name there; without `id` it is to go. */
export interface PushItem {
  readonly from: string;
  readonly ref: string;
  readonly id: string | undefined;
}

/** How an item fares before anything is sent. */
export interface PlannedPush extends PushItem {
  readonly before: string | undefined;
  readonly kind: 'same' | 'new' | 'forward' | 'forced' | 'delete' | 'refused';
  /** Git's reason in brackets. */
  readonly reason?: string;
}

/** With a lease a branch may be written over when the remote's still stands where it was last seen (or at `expected`). */
export interface Lease {
  readonly ref?: string;
  readonly expected?: string;
}

/** Judges each item by what the remote has now. */
export async function planPush(call: GitCall, remote: KnownRemote, items: readonly PushItem[], there: RemoteRefs, lease: Lease | undefined): Promise<PlannedPush[]> {
  // what is to go is looked for among the branches first, then among the tags
  const named = items.map((item) => {
    const tag = item.ref.replace(/^refs\/heads\//, 'refs/tags/');
    return item.id === undefined && !there.refs.has(item.ref) && there.refs.has(tag) ? { ...item, ref: tag } : item;
  });
  const planned = await Promise.all(named.map((item) => judge(call, remote, item, there.refs.get(item.ref), lease)));
  const known = planned.filter((p) => p.before !== undefined).sort((a, b) => (a.ref < b.ref ? -1 : 1));
  return [...known, ...planned.filter((p) => p.before === undefined)];
}

async function judge({ git }: GitCall, remote: KnownRemote, item: PushItem, before: string | undefined, lease: Lease | undefined): Promise<PlannedPush> {
  const plan = (kind: PlannedPush['kind'], reason?: string): PlannedPush => ({ ...item, before, kind, ...(reason === undefined ? {} : { reason }) });
  if (lease && item.ref.startsWith('refs/heads/') && (lease.ref === undefined || lease.ref === item.ref)) {
    const tracking = trackingRef(remote.name, item.ref);
    const seen = lease.expected ?? (await git.refs(`refs/remotes/${remote.name}/`)).get(tracking);
    if (seen !== before) return plan('refused', 'stale info');
    if (item.id !== undefined && before !== undefined && item.id !== before) return plan((await isForward(git, before, item.id)) ? 'forward' : 'forced');
  }
  if (item.id === undefined) return before === undefined ? plan('refused', 'remote ref does not exist') : plan('delete');
  if (before === undefined) return plan('new');
  if (before === item.id) return plan('same');
  if (item.ref.startsWith('refs/tags/')) return plan('refused', 'already exists');
  if (!(await git.resolve(before).then(() => true, () => false))) return plan('refused', 'fetch first');
  return (await isForward(git, before, item.id)) ? plan('forward') : plan('refused', 'non-fast-forward');
}

const isForward = (git: GitCall['git'], before: string, after: string): Promise<boolean> => isBehind(git, before, after).catch(() => false);

/** The updates to ask for. */
export const updatesOf = (planned: readonly PlannedPush[]): RefUpdate[] =>
  planned.filter((p) => p.kind !== 'same' && p.kind !== 'refused').map(({ ref, before, id }) => ({ ref, before, after: id }));

const shortRef = (ref: string): string => ref.replace(/^refs\/(heads|tags|remotes)\//, '');

/** Git's line for one item; `refused` is the remote's own reason. */
export function lineOf({ from, ref, id, before, kind, reason }: PlannedPush, refused: string | undefined): string {
  const names = id === undefined ? shortRef(ref) : `${from} -> ${shortRef(ref)}`;
  const row = (mark: string, summary: string, note?: string): string => ` ${mark} ${summary.padEnd(17)} ${names}${note === undefined ? '' : ` (${note})`}\n`;
  if (refused !== undefined) return refused === 'fetch first' ? row('!', '[rejected]', refused) : row('!', '[remote rejected]', refused);
  if (kind === 'refused') return row('!', '[rejected]', reason);
  if (kind === 'delete') return row('-', '[deleted]');
  if (kind === 'new') return row('*', ref.startsWith('refs/heads/') ? '[new branch]' : ref.startsWith('refs/tags/') ? '[new tag]' : '[new reference]');
  return kind === 'forced' ? row('+', `${shortId(before!)}...${shortId(id!)}`, 'forced update') : row(' ', `${shortId(before!)}..${shortId(id!)}`);
}

const NOTE = "See the 'Note about fast-forwards' in 'git push --help' for details.";
const HINTS = {
  current: ['Updates were rejected because the tip of your current branch is behind', 'its remote counterpart. Integrate the remote changes (e.g.', "'git pull ...') before pushing again.", NOTE],
  other: ['Updates were rejected because a pushed branch tip is behind its remote', 'counterpart. Check out this branch and integrate the remote changes', "(e.g. 'git pull ...') before pushing again.", NOTE],
  fetch: ['Updates were rejected because the remote contains work that you do', 'not have locally. This is usually caused by another repository pushing', 'to the same ref. You may want to first integrate the remote changes', "(e.g., 'git pull ...') before pushing again.", NOTE],
  tag: ['Updates were rejected because the tag already exists in the remote.'],
} as const;

/** What git advises after a refusal. */
export function hintsFor(planned: readonly PlannedPush[], late: boolean, current: string | undefined): string {
  const reasons = new Set(planned.map((p) => p.reason));
  const behind = planned.filter((p) => p.reason === 'non-fast-forward');
  const hints = behind.some((p) => p.ref === `refs/heads/${current}`) ? HINTS.current : behind.length > 0 ? HINTS.other : reasons.has('already exists') ? HINTS.tag : late || reasons.has('fetch first') ? HINTS.fetch : [];
  return hints.map((line) => `hint: ${line}\n`).join('');
}
