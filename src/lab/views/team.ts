import { COLLEAGUE } from '../../world/colleague/colleague.js';
import type { CommitInfo, Git, Platform } from '../platform.js';
import type { Session } from '../project/session.js';
import { countApart, readRemotes, upstreamOf, type Apart, type KnownRemote } from '../team/tracking.js';
import { loadTeam, MAIN, type Review, type TeamState } from '../team/team-state.js';

/** A branch of the learner's, and how far it is from the one it follows. */
export interface OwnBranch {
  readonly name: string;
  readonly current: boolean;
  /** Such as `origin/main`. */
  readonly follows?: string;
  /** Undefined when the followed branch is gone. */
  readonly apart?: Apart;
}

/** A branch of the shared repository as it stands there now. */
export interface SharedBranch {
  readonly name: string;
  readonly tip: CommitInfo;
  /** Against the shared main branch. */
  readonly apart: Apart;
}

/** Something that the colleague has pushed. */
export interface ColleaguePush {
  readonly commit: CommitInfo;
  /** It is in the learner's repository. */
  readonly here: boolean;
}

export interface SharedFacts {
  readonly url: string;
  /** The learner's name for it, when it is a remote. */
  readonly remote?: string;
  readonly colleague: string;
  readonly branches: readonly SharedBranch[];
  readonly pushes: readonly ColleaguePush[];
  readonly reviews: readonly Review[];
}

/** Remotes, branches, the shared repository and its reviews. */
export interface TeamFacts {
  readonly remotes: readonly KnownRemote[];
  readonly branches: readonly OwnBranch[];
  readonly merging: boolean;
  readonly shared?: SharedFacts;
}

export async function team({ platform }: Session): Promise<TeamFacts> {
  const { git } = platform;
  const [remotes, state, { branch: current }] = [await readRemotes(git), await loadTeam(platform), await git.head()];
  const branches = await Promise.all((await git.branches()).map((name) => ownBranch(git, name, name === current)));
  const merging = (await git.readNote('MERGE_HEAD')) !== undefined;
  return { remotes, branches, merging, ...(state ? { shared: await sharedFacts(platform, state, remotes) } : {}) };
}

async function ownBranch(git: Git, name: string, current: boolean): Promise<OwnBranch> {
  const upstream = await upstreamOf(git, name);
  if (!upstream) return { name, current };
  const apart = upstream.id === undefined ? undefined : await countApart(git, await git.resolve(`refs/heads/${name}`), upstream.id);
  return { name, current, follows: upstream.name, ...(apart ? { apart } : {}) };
}

async function sharedFacts(platform: Platform, state: TeamState, remotes: readonly KnownRemote[]): Promise<SharedFacts> {
  const shared = platform.git.shared(state.name);
  const url = `lab://${state.name}`;
  const remote = remotes.find((r) => r.url === url)?.name;
  const { refs } = await shared.refs();
  const main = refs.get(MAIN);
  const onMain = new Set(main === undefined ? [] : (await shared.log(main)).map((c) => c.id));
  const branches: SharedBranch[] = [];
  for (const [ref, id] of refs) {
    if (!ref.startsWith('refs/heads/')) continue;
    const log = await shared.log(id);
    const mine = new Set(log.map((c) => c.id));
    branches.push({ name: ref.slice('refs/heads/'.length), tip: log[0]!, apart: { ahead: log.filter((c) => !onMain.has(c.id)).length, behind: [...onMain].filter((c) => !mine.has(c)).length } });
  }
  const pushes = await Promise.all(state.acts.map(async ({ commit }) => ({ commit: (await shared.log(commit))[0]!, here: await platform.git.resolve(commit).then(() => true, () => false) })));
  return { url, colleague: COLLEAGUE.name, branches, pushes: pushes.reverse(), reviews: state.reviews.toReversed(), ...(remote === undefined ? {} : { remote }) };
}
