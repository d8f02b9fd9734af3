import type { LessonLearning, Learning } from '../lab/learning.js';
import type { CourseSpec, LessonSpec, StepSpec } from './schema.js';

/** How a step stands. `solution`: it was looked at and the step is not passed. */
export type StepMark = 'open' | 'passed' | 'skipped' | 'solution';

/** How a lesson stands; `changed`: a newer version than the one that was begun. */
export type LessonMark = 'new' | 'begun' | 'finished' | 'changed';

/** The mark of a step; passing wins over a skip, and looking at the solution is no pass. */
export function markStep(own: LessonLearning | undefined, step: string): StepMark {
  const seen = own?.steps[step];
  if (seen?.passedAt !== undefined) return 'passed';
  if (seen?.skippedAt !== undefined) return 'skipped';
  return seen?.solutionAt !== undefined ? 'solution' : 'open';
}

export function markLesson(own: LessonLearning | undefined, spec?: LessonSpec): LessonMark {
  if (!own) return 'new';
  if (spec && spec.version !== own.version) return 'changed';
  return own.finishedAt === undefined ? 'begun' : 'finished';
}

/** The last answer a learner gave in a step. */
export const lastAnswer = (own: LessonLearning | undefined, step: string): string | undefined => own?.steps[step]?.answers.at(-1)?.value;

/** The first answer, which is the one that was given before anything could be seen. */
export const firstAnswer = (own: LessonLearning | undefined, step: string): string | undefined => own?.steps[step]?.answers[0]?.value;

/** Steps that ask for something; a lesson is finished when each was passed, answered or skipped. */
export const asks = (step: StepSpec): boolean => step.kind !== 'read';

export const isSettled = (own: LessonLearning | undefined, step: StepSpec): boolean => {
  if (!asks(step)) return true;
  if (step.kind === 'predict') return lastAnswer(own, step.id) !== undefined || markStep(own, step.id) === 'skipped';
  return ['passed', 'skipped'].includes(markStep(own, step.id));
};

/** The lesson after this one, in the order of the course. */
export function lessonAfter(course: CourseSpec, id: string): string | undefined {
  const all = course.modules.flatMap((module) => module.lessons);
  const at = all.indexOf(id);
  return at < 0 ? undefined : all[at + 1];
}

/** The first lesson that is not finished. */
export const nextLesson = (course: CourseSpec, learning: Learning): string | undefined =>
  course.modules.flatMap((module) => module.lessons).find((id) => learning.lessons[id]?.finishedAt === undefined);
