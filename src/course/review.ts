import type { Learning, LessonLearning } from '../lab/learning.js';
import type { LessonSpec, StepSpec } from './schema.js';

/** Days after the end of a lesson (or after the last question) until a question comes back. */
export const REVIEW_DAYS = [1, 3, 7, 21] as const;
const DAY = 86_400_000;

/** A question that is due, with the time it became so (milliseconds). */
export interface DueReview {
  readonly lesson: string;
  readonly since: number;
}

/** When the next question of a lesson comes back; undefined when it is not finished or all rounds are done. */
export function nextReviewAt({ finishedAt, reviews }: LessonLearning): number | undefined {
  if (finishedAt === undefined) return undefined;
  const rounds = reviews.filter((review) => review.right).length;
  const last = reviews.at(-1);
  if (rounds >= REVIEW_DAYS.length) return undefined;
  // A wrong answer brings the question back the next day and does not cost the rounds that were won.
  if (last && !last.right) return last.at + DAY;
  return finishedAt + REVIEW_DAYS[rounds]! * DAY;
}

/** Lessons with a question due at `now` (milliseconds), longest waiting first. */
export function dueReviews(learning: Learning, now: number): DueReview[] {
  return Object.entries(learning.lessons)
    .map(([lesson, own]) => ({ lesson, since: nextReviewAt(own) ?? Infinity }))
    .filter((due) => due.since <= now)
    .sort((a, b) => a.since - b.since);
}

const canBeAsked = (step: StepSpec): boolean => step.kind === 'explain' || step.kind === 'order';

/** The step whose question comes back: the learner's own wrong turns first, then what was not asked for longest. */
export function reviewStep(spec: LessonSpec, own: LessonLearning): StepSpec | undefined {
  const lastAsked = (id: string): number => own.reviews.findLast((review) => review.step === id)?.at ?? 0;
  const missed = (id: string): number => own.steps[id]?.wrong.length ?? 0;
  return spec.steps.filter(canBeAsked).sort((a, b) => lastAsked(a.id) - lastAsked(b.id) || missed(b.id) - missed(a.id))[0];
}
