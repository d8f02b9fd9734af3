import type { TeamFacts } from '../../lab/views/team.js';

/** Something that makes sense now: its words by key, and the line of the terminal that does it. */
export interface NextAct {
  readonly key: 'connect' | 'pushFirst' | 'push' | 'fetch' | 'pull' | 'review' | 'toMain';
  readonly line: string;
}

/** What a learner would do next with the shared repository, the likeliest first. */
export function nextActs({ shared, branches, merging }: TeamFacts): NextAct[] {
  if (!shared || merging) return [];
  if (shared.remote === undefined) return [{ key: 'connect', line: `git remote add origin ${shared.url}` }];
  const current = branches.find((branch) => branch.current);
  if (!current) return [{ key: 'fetch', line: `git fetch ${shared.remote}` }];
  const { name, follows, apart } = current;
  if (follows === undefined) return [{ key: 'pushFirst', line: `git push -u ${shared.remote} ${name}` }, { key: 'fetch', line: `git fetch ${shared.remote}` }];
  const acts: NextAct[] = [];
  const [ahead, behind] = [apart?.ahead ?? 0, apart?.behind ?? 0];
  const review = shared.reviews.find((r) => r.branch === name);
  const merged = review?.rounds.at(-1)?.verdict === 'approved';
  if (name !== 'main' && merged && ahead === 0) acts.push({ key: 'toMain', line: 'git switch main' });
  if (name !== 'main' && !merged && ahead === 0) acts.push({ key: 'review', line: `lab review --branch ${name}` });
  const push: readonly NextAct[] = ahead > 0 ? [{ key: 'push', line: 'git push' }] : [];
  const pull: NextAct = { key: 'pull', line: 'git pull --no-rebase' };
  return [...acts, ...(behind > 0 ? [pull, ...push] : [...push, pull]), { key: 'fetch', line: `git fetch ${shared.remote}` }];
}
