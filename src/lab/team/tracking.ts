import { parseGitConfig, readSetting } from '../../core/version/git-config.js';
import type { Git } from '../platform.js';

/** A remote that the repository knows by a name. */
export interface KnownRemote {
  readonly name: string;
  readonly url: string;
}

/** The branch of a remote that a local one follows. */
export interface Upstream {
  readonly remote: string;
  /** Full name at the remote, such as `refs/heads/main`. */
  readonly merge: string;
  /** Short name of what stands for it here, such as `origin/main`. */
  readonly name: string;
  /** Its commit as last seen; undefined when it is gone. */
  readonly id: string | undefined;
}

/** How many commits each of two has that the other lacks. */
export interface Apart {
  readonly ahead: number;
  readonly behind: number;
}

/** The remotes in `.git/config`, by name. */
export async function readRemotes(git: Git): Promise<KnownRemote[]> {
  const sections = parseGitConfig(await git.readConfig()).filter((s) => s.section === 'remote' && s.name !== '');
  const byName = new Map<string, KnownRemote>();
  for (const { name, settings } of sections) byName.set(name, { name, url: settings.find(([key]) => key === 'url')?.[1] ?? byName.get(name)?.url ?? name });
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a branch follows, or undefined. */
export async function upstreamOf(git: Git, branch: string): Promise<Upstream | undefined> {
  const config = await git.readConfig();
  const [remote, merge] = ['remote', 'merge'].map((key) => readSetting(config, 'branch', branch, key));
  if (remote === undefined || merge === undefined) return undefined;
  const ref = trackingRef(remote, merge);
  const id = (await git.refs(remote === '.' ? 'refs/heads/' : `refs/remotes/${remote}/`)).get(ref);
  return { remote, merge, name: ref.replace(/^refs\/(remotes|heads)\//, ''), id };
}

/** The ref here that stands for a branch of a remote. */
export const trackingRef = (remote: string, ref: string): string => (remote === '.' ? ref : ref.replace(/^refs\/heads\//, `refs/remotes/${remote}/`));

/** Counts what two commits have apart. */
export async function countApart(git: Git, mine: string, theirs: string): Promise<Apart> {
  if (mine === theirs) return { ahead: 0, behind: 0 };
  const [a, b] = await Promise.all([mine, theirs].map(async (ref) => new Set((await git.log({ ref })).map((c) => c.id))));
  return { ahead: [...a!].filter((id) => !b!.has(id)).length, behind: [...b!].filter((id) => !a!.has(id)).length };
}

/** Whether a commit leads back to another, which must be here. */
export const isBehind = async (git: Git, before: string, after: string): Promise<boolean> => before === after || (await git.mergeBase(before, after)) === before;
