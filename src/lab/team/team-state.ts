import type { ReviewComment } from '../../world/colleague/review/review.js';
import type { Platform } from '../platform.js';
import { readJson, writeJson } from '../project/files.js';

/** One answer of the colleague to a branch as it stood. */
export interface ReviewRound {
  /** The branch's commit that was looked at, and the main branch's it was compared with. */
  readonly head: string;
  readonly main: string;
  readonly comments: readonly ReviewComment[];
  readonly verdict: 'changes' | 'approved';
  /** The merge, when it was approved. */
  readonly merge?: string;
}

export interface Review {
  readonly id: number;
  readonly branch: string;
  readonly title: string;
  readonly rounds: readonly ReviewRound[];
}

/** What the team's server remembers besides its repository. */
export interface TeamState {
  readonly version: 1;
  /** Name of the shared repository: `lab://<name>`. */
  readonly name: string;
  /** Pushes of the learner's that main has taken. */
  readonly pushes: number;
  /** What the colleague has done, with the commit that holds it. */
  readonly acts: readonly { readonly id: string; readonly commit: string; readonly push: number }[];
  readonly reviews: readonly Review[];
}

const FILE = '.lab/team.json';
export const MAIN = 'refs/heads/main';

/** The team, or undefined before there is one. */
export const loadTeam = (platform: Platform): Promise<TeamState | undefined> => readJson<TeamState>(platform, FILE);
export const saveTeam = (platform: Platform, team: TeamState): Promise<void> => writeJson(platform, FILE, team);
