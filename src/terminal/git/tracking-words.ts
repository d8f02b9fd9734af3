import { countApart, upstreamOf } from '../../lab/team/tracking.js';
import type { Git } from '../../lab/platform.js';

const commits = (n: number): string => `${n} commit${n === 1 ? '' : 's'}`;

/** What git says of a branch and the one it follows, below `On branch …`; `` without one. */
export async function trackingLines(git: Git, branch: string | undefined): Promise<string> {
  const upstream = branch === undefined ? undefined : await upstreamOf(git, branch);
  if (branch === undefined || upstream === undefined) return '';
  const { name, id } = upstream;
  if (id === undefined) return `Your branch is based on '${name}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n`;
  const mine = await git.resolve(`refs/heads/${branch}`).catch(() => undefined);
  if (mine === undefined) return '';
  const { ahead, behind } = await countApart(git, mine, id);
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${name}'.\n`;
  if (behind === 0) return `Your branch is ahead of '${name}' by ${commits(ahead)}.\n  (use "git push" to publish your local commits)\n`;
  if (ahead === 0) return `Your branch is behind '${name}' by ${commits(behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n`;
  return `Your branch and '${name}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n  (use "git pull" to merge the remote branch into yours)\n`;
}

/** `ahead 1, behind 2`, `gone`, or `` when they are alike; undefined for a branch that follows none. */
export async function trackingNote(git: Git, branch: string): Promise<{ readonly name: string; readonly note: string } | undefined> {
  const upstream = await upstreamOf(git, branch);
  if (upstream === undefined) return undefined;
  const { name, id } = upstream;
  if (id === undefined) return { name, note: 'gone' };
  const mine = await git.resolve(`refs/heads/${branch}`).catch(() => undefined);
  const { ahead, behind } = mine === undefined ? { ahead: 0, behind: 0 } : await countApart(git, mine, id);
  return { name, note: [ahead > 0 ? `ahead ${ahead}` : '', behind > 0 ? `behind ${behind}` : ''].filter((part) => part !== '').join(', ') };
}
