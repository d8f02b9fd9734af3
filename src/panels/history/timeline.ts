import type { JournalEntry } from '../../core/govern/journal.js';
import type { CommitInfo } from '../../lab/platform.js';

/** One entry of the timeline: a step of the journal with its commit, or a commit that the learner made by hand. */
export interface TimelineEntry {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly step?: JournalEntry;
  readonly commit?: CommitInfo;
  readonly tags: readonly string[];
}

interface Accounts {
  readonly commits: readonly CommitInfo[];
  readonly steps: readonly JournalEntry[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** Merges git's log and the journal, newest first; a commit stands with the step that made it and never twice. */
export function mergeTimeline({ commits, steps, tags = {} }: Accounts): TimelineEntry[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const taken = new Set(steps.map((step) => step.commit));
  const tagsOf = (id: string | undefined) => Object.keys(tags).filter((tag) => id !== undefined && tags[tag] === id);
  const fromSteps = steps.map((step) => ({ key: `step-${step.seq}`, at: Date.parse(step.ts), step, commit: step.commit ? byId.get(step.commit) : undefined, tags: tagsOf(step.commit) }));
  const byHand = commits.filter((commit) => !taken.has(commit.id)).map((commit) => ({ key: commit.id, at: commit.author.timestamp * 1000, commit, tags: tagsOf(commit.id) }));
  const order = (entry: TimelineEntry): number => entry.step?.seq ?? 0;
  return [...fromSteps, ...byHand].sort((a, b) => b.at - a.at || order(b) - order(a));
}
