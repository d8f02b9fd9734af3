import { ACTS } from '../../world/colleague/acts.js';
import { COLLEAGUE, type ColleagueAct, type ColleagueView, type TextFiles } from '../../world/colleague/colleague.js';
import { textOf } from '../../world/colleague/review/review.js';
import type { Git, Platform } from '../platform.js';
import type { SharedRepository } from '../remote-port.js';
import { loadTeam, MAIN, saveTeam, type TeamState } from './team-state.js';

/** A ref that is pushed, with the commit that it is to have. */
export interface Pushed {
  readonly ref: string;
  readonly id: string | undefined;
}

/** Text larger than this is no code or settings; bytes. */
const MOST_TEXT = 200_000;
/** Between one commit on main and the colleague's next; seconds. Time comes from the history, never from a clock. */
const PAUSE = 300;

const addressOf = (team: TeamState): string => `lab://${team.name}`;

/** The colleague's turn just before a push to main that would be taken: what is done then makes it late. */
export async function beforePush(platform: Platform, git: Git, url: string, pushed: readonly Pushed[]): Promise<void> {
  const team = await teamAt(platform, url);
  const id = pushed.find((p) => p.ref === MAIN)?.id;
  if (!team || id === undefined) return;
  const shared = platform.git.shared(team.name);
  const main = (await shared.refs()).refs.get(MAIN);
  if (main === undefined || main === id || (await git.mergeBase(main, id).catch(() => undefined)) !== main) return;
  await act(platform, shared, team, 'before', team.pushes + 1, { incoming: await textsOf(git, id) });
}

/** The colleague's turn after a push was taken; gives what the server answers. */
export async function answerPush(platform: Platform, url: string, moved: readonly Pushed[]): Promise<string[]> {
  const team = await teamAt(platform, url);
  if (!team) return [];
  const others = moved.filter((p) => p.ref.startsWith('refs/heads/') && p.ref !== MAIN && p.id !== undefined).map((p) => p.ref.slice('refs/heads/'.length));
  if (moved.some((p) => p.ref === MAIN && p.id !== undefined)) {
    const counted = { ...team, pushes: team.pushes + 1 };
    await saveTeam(platform, counted);
    await act(platform, platform.git.shared(team.name), counted, 'after', counted.pushes, {});
  }
  return others.flatMap((branch) => [`Ask ${COLLEAGUE.name} to review '${branch}' with:`, `     lab review --branch ${branch}`]);
}

async function teamAt(platform: Platform, url: string): Promise<TeamState | undefined> {
  const team = await loadTeam(platform);
  return team && url.replace(/\/$/, '') === addressOf(team) ? team : undefined;
}

/** Does the first thing on the list that is due and has a place in the project. */
async function act(platform: Platform, shared: SharedRepository, team: TeamState, moment: ColleagueAct['moment'], push: number, seen: Omit<ColleagueView, 'main'>): Promise<void> {
  const done = new Set(team.acts.map((a) => a.id));
  const due = ACTS.filter((a) => a.moment === moment && a.push <= push && !done.has(a.id));
  if (due.length === 0) return;
  const main = await textsOf(shared, MAIN);
  for (const { id, edit } of due) {
    const commit = edit({ main, ...seen });
    if (!commit) continue;
    const [tip] = await shared.log(MAIN);
    const author = { ...COLLEAGUE, timestamp: tip!.author.timestamp + PAUSE };
    const made = await shared.commit(MAIN, tip!.id, commit.changes, `${commit.message}\n`, author);
    await saveTeam(platform, { ...team, acts: [...team.acts, { id, commit: made, push }] });
    return;
  }
}

async function textsOf(git: Pick<Git, 'treeAt' | 'readAt'>, revision: string): Promise<TextFiles> {
  const texts = new Map<string, string>();
  for (const path of (await git.treeAt(revision)).keys()) {
    const content = await git.readAt(revision, path);
    const text = content !== undefined && content.length <= MOST_TEXT ? textOf(content) : undefined;
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}
