import type { RemoteRefs } from '../../lab/remote-port.js';
import { isBehind, type KnownRemote } from '../../lab/team/tracking.js';
import { shortId } from './blob-id.js';
import { fatal } from './options.js';
import { withRemote } from './remotes.js';
import type { GitCall } from './subcommand.js';

export interface FetchWishes {
  /** Only these branches; all without it. */
  readonly branches?: readonly string[];
  readonly prune?: boolean;
  readonly tags?: boolean;
  /** What the reflog begins its reasons with, such as `fetch origin`. */
  readonly action: string;
}

interface Line {
  readonly mark: string;
  readonly summary: string;
  readonly from: string;
  readonly to: string;
  readonly note?: string;
}

/** What came: git's account of it, and the branches with their commits at the remote. */
export interface Fetched {
  readonly account: string;
  readonly heads: ReadonlyMap<string, string>;
  readonly head: string | undefined;
}

/** Brings a remote's branches and the tags that belong to them here; `refs/remotes/<name>/…` then stand where the remote's branches do. */
export async function fetchRefs(call: GitCall, { name, url }: KnownRemote, wishes: FetchWishes): Promise<Fetched> {
  const isNamed = name !== url;
  const there = await withRemote(call, url, async (remote) => {
    const seen = await remote.refs();
    const ids = [...wantedHeads(seen, wishes).values(), ...(wishes.tags ? [...seen.refs].filter(([ref]) => ref.startsWith('refs/tags/')).map(([, id]) => id) : [])];
    await call.turn.begin(call.signal);
    await remote.fetch(ids);
    return seen;
  });
  const heads = wantedHeads(there, wishes);
  const lines = wishes.prune && isNamed ? await prune(call, name, there) : [];
  for (const [branch, id] of heads) {
    if (wishes.branches) lines.push({ mark: '*', summary: 'branch', from: branch, to: 'FETCH_HEAD' });
    if (isNamed) lines.push(...(await follow(call, branch, id, `${name}/${branch}`, wishes.action)));
  }
  lines.push(...(await followTags(call, url, there, wishes)));
  await noteFetched(call, url, heads, wishes.branches !== undefined);
  return { account: lines.length === 0 ? '' : `From ${plainUrl(url)}\n${layOut(lines)}`, heads, head: there.head };
}

/** An address as git shows it behind `From`. */
export const plainUrl = (url: string): string => url.replace(/\/+$/, '').replace(/\.git$/, '');

function wantedHeads({ refs }: RemoteRefs, { branches }: FetchWishes): Map<string, string> {
  const all = new Map([...refs].filter(([ref]) => ref.startsWith('refs/heads/')).map(([ref, id]) => [ref.slice('refs/heads/'.length), id]));
  if (!branches) return all;
  const missing = branches.find((branch) => !all.has(branch));
  if (missing !== undefined) throw fatal(`couldn't find remote ref ${missing}`);
  return new Map(branches.map((branch) => [branch, all.get(branch)!]));
}

async function follow({ git }: GitCall, branch: string, id: string, to: string, action: string): Promise<Line[]> {
  const ref = `refs/remotes/${to}`;
  const before = (await git.refs(ref.slice(0, ref.lastIndexOf('/') + 1))).get(ref);
  if (before === id) return [];
  if (before === undefined) {
    await git.setRef(ref, id, `${action}: storing head`);
    return [{ mark: '*', summary: '[new branch]', from: branch, to }];
  }
  const isForward = await isBehind(git, before, id);
  await git.setRef(ref, id, `${action}: ${isForward ? 'fast-forward' : 'forced-update'}`);
  if (isForward) return [{ mark: ' ', summary: `${shortId(before)}..${shortId(id)}`, from: branch, to }];
  return [{ mark: '+', summary: `${shortId(before)}...${shortId(id)}`, from: branch, to, note: 'forced update' }];
}

/** Tags whose commit is here come along; with `--tags` all do. A tag that is here stays as it is. */
async function followTags(call: GitCall, url: string, { refs, peeled }: RemoteRefs, { tags = false, branches }: FetchWishes): Promise<Line[]> {
  const { git } = call;
  const here = await git.refs('refs/tags/');
  const fresh: [string, string][] = [];
  for (const [ref, id] of refs) {
    if (!ref.startsWith('refs/tags/') || here.has(ref)) continue;
    const isKnown = await git.resolve(peeled.get(ref) ?? id).then(() => true, () => false);
    if (tags || (isKnown && branches === undefined)) fresh.push([ref, id]);
  }
  if (fresh.length === 0) return [];
  await withRemote(call, url, (remote) => remote.fetch(fresh.map(([, id]) => id)));
  for (const [ref, id] of fresh) await git.setRef(ref, id, '');
  return fresh.map(([ref]) => ref.slice('refs/tags/'.length)).map((tag) => ({ mark: '*', summary: '[new tag]', from: tag, to: tag }));
}

/** Takes out what follows branches that the remote has no more. */
async function prune({ git }: GitCall, name: string, { refs }: RemoteRefs): Promise<Line[]> {
  const prefix = `refs/remotes/${name}/`;
  const gone = [...(await git.refs(prefix)).keys()].filter((ref) => ref !== `${prefix}HEAD` && !refs.has(`refs/heads/${ref.slice(prefix.length)}`));
  for (const ref of gone) await git.setRef(ref, undefined, '');
  return gone.map((ref) => ({ mark: '-', summary: '[deleted]', from: '(none)', to: ref.slice('refs/remotes/'.length) }));
}

async function noteFetched({ git }: GitCall, url: string, heads: ReadonlyMap<string, string>, all: boolean): Promise<void> {
  const lines = [...heads].map(([branch, id]) => `${id}\t${all ? '' : 'not-for-merge'}\tbranch '${branch}' of ${plainUrl(url)}\n`);
  await git.writeNote('FETCH_HEAD', lines.join(''));
}

/** The table of git: marks, what happened (17 wide), and both names; a name that would make a line too long does not widen its column. */
function layOut(lines: readonly Line[]): string {
  const fitting = lines.filter(({ mark, from, to }) => mark !== '-' && 21 + from.length + 4 + to.length < 80);
  const width = Math.max(10, ...fitting.map(({ from }) => from.length));
  return lines.map(({ mark, summary, from, to, note }) => ` ${mark} ${summary.padEnd(17)} ${from.padEnd(width)} -> ${to}${note === undefined ? '' : `  (${note})`}\n`).join('');
}
