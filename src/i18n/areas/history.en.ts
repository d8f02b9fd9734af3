import { enPlural } from '../plural.js';

export const history = {
  title: 'History',
  lead: 'Every act of yours, newest first: what was run, by whom, and the commit that keeps its files. The journal chains each step to the one before, so nothing can be changed unseen.',
  show: 'What to show',
  all: 'Everything',
  steps: 'Steps',
  commits: 'Commits',
  step: (seq: number) => `step ${seq}`,
  commit: 'commit',
  tag: 'tag',
  actors: { learner: 'you', monitor: 'the monitor' } as Record<string, string>,
  wholeTitle: 'The chain holds',
  wholeText: (n: number) => enPlural(n, { one: '# step, its hash recomputed just now. Head:', other: '# steps, every hash recomputed just now. Head:' }),
  brokenTitle: 'The chain is broken',
  brokenText: (seq: number) => `The journal was changed outside the lab: from step ${seq} on it cannot be trusted. The commits are shown below; restore .lab/journal.jsonl from one of them.`,
  unreadable: 'The history could not be read.',
  emptyTitle: 'Here your steps will stand',
  emptyText: 'Each thing you do in the lab leaves a step and a commit.',
  emptyAct: 'Take the first step: collect data',
  older: (n: number) => enPlural(n, { one: 'Show # older entry', other: 'Show # older entries' }),
};
