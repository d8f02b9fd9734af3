/** Where the learner's progress lies in the project; it stays when the project is started anew. */
export const LEARNING_FILE = '.lab/course/progress.json';

export const LEARNING_EVENTS = ['started', 'answered', 'wrong', 'passed', 'skipped', 'shown-solution', 'finished', 'reviewed', 'restarted'] as const;
export type LearningEventKind = (typeof LEARNING_EVENTS)[number];

/** One thing that happened while learning; `at` is wall clock, milliseconds. */
export interface LearningEvent {
  readonly event: LearningEventKind;
  readonly lesson: string;
  readonly at: number;
  readonly step?: string;
  readonly value?: string;
  /** Version of the lesson, with `started`. */
  readonly version?: number;
}

/** What a learner did in one step. A step that was passed stays passed. */
export interface StepLearning {
  readonly answers: readonly { readonly value: string; readonly at: number }[];
  /** Ids of the wrong turns that were taken, each once. */
  readonly wrong: readonly string[];
  readonly passedAt?: number;
  readonly skippedAt?: number;
  readonly solutionAt?: number;
}

/** What a learner did in one lesson. */
export interface LessonLearning {
  readonly version: number;
  readonly startedAt: number;
  /** Manifest of the project as it was when the lesson began; absent when it begins from nothing. */
  readonly startState?: string;
  readonly finishedAt?: number;
  readonly steps: Readonly<Record<string, StepLearning>>;
  /** Questions that came back later, oldest first; `step` is the question's. */
  readonly reviews: readonly { readonly at: number; readonly step: string; readonly right: boolean }[];
}

/** A learner's progress through all lessons, by lesson id. */
export interface Learning {
  readonly version: 1;
  readonly lessons: Readonly<Record<string, LessonLearning>>;
}

export const NO_LEARNING: Learning = { version: 1, lessons: {} };
const NO_STEP: StepLearning = { answers: [], wrong: [] };
const KEPT_ANSWERS = 20;

/** Progress after one more event. */
export function learn(learning: Learning, event: LearningEvent): Learning {
  const before = learning.lessons[event.lesson] ?? { version: event.version ?? 1, startedAt: event.at, steps: {}, reviews: [] };
  const lesson = inLesson(before, event);
  const after = event.step === undefined || event.event === 'reviewed' ? lesson : { ...lesson, steps: { ...lesson.steps, [event.step]: inStep(lesson.steps[event.step] ?? NO_STEP, event) } };
  return { version: 1, lessons: { ...learning.lessons, [event.lesson]: after } };
}

function inLesson(lesson: LessonLearning, { event, at, step, value, version }: LearningEvent): LessonLearning {
  switch (event) {
    case 'started':
      return { ...lesson, version: version ?? lesson.version, startedAt: at, startState: value || undefined };
    case 'restarted':
      return { ...lesson, version: version ?? lesson.version, startedAt: at, startState: value || undefined, steps: reopen(lesson.steps) };
    case 'finished':
      return { ...lesson, finishedAt: lesson.finishedAt ?? at };
    case 'reviewed':
      return { ...lesson, reviews: [...lesson.reviews, { at, step: step ?? '', right: value === 'right' }] };
    default:
      return lesson;
  }
}

/** A new start asks for every step again; guesses and wrong turns stay what they were. */
const reopen = (steps: LessonLearning['steps']): LessonLearning['steps'] =>
  Object.fromEntries(Object.entries(steps).map(([id, { answers, wrong }]) => [id, { answers, wrong }]));

function inStep(step: StepLearning, { event, at, value = '' }: LearningEvent): StepLearning {
  switch (event) {
    case 'answered':
      return { ...step, answers: [...step.answers, { value, at }].slice(-KEPT_ANSWERS) };
    case 'wrong':
      return { ...step, wrong: step.wrong.includes(value) ? step.wrong : [...step.wrong, value] };
    case 'passed':
      return { ...step, passedAt: step.passedAt ?? at };
    case 'skipped':
      return { ...step, skippedAt: step.skippedAt ?? at };
    case 'shown-solution':
      return { ...step, solutionAt: step.solutionAt ?? at };
    default:
      return step;
  }
}

/** Reads stored progress; anything that is not of the known shape counts as none, so that it can never lock a learner out. */
export function readLearning(value: unknown): Learning {
  const stored = value as Partial<Learning> | undefined | null;
  if (stored?.version !== 1 || typeof stored.lessons !== 'object' || stored.lessons === null) return NO_LEARNING;
  const whole = Object.entries(stored.lessons).filter(([, lesson]) => typeof lesson?.startedAt === 'number' && typeof lesson.steps === 'object' && lesson.steps !== null && Array.isArray(lesson.reviews));
  return { version: 1, lessons: Object.fromEntries(whole) };
}
