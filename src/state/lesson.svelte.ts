import { LabError } from '../core/lab-error.js';
import { fillFigures, measure } from '../course/figures.js';
import type { Lesson } from '../course/load-lesson.js';
import { lessonAfter } from '../course/progress.js';
import { dueReviews, type DueReview } from '../course/review.js';
import { judgeStep, type StepVerdict } from '../course/run-checks.js';
import type { CourseSpec, DoStep, StepSpec } from '../course/schema.js';
import type { FigureSpec } from '../course/figure-shapes.js';
import { begin, startFromSnapshot, startOver, type LessonActs } from '../course/start-lesson.js';
import { worldOf } from '../course/views-world.js';
import type { Format } from '../i18n/format.js';
import { NO_LEARNING, type Learning, type LearningEventKind, type LessonLearning } from '../lab/learning.js';
import { loadLearning } from './learning.js';
import { fetchCourse, fetchLesson, fetchStart } from './lesson-files.js';
import type { Project } from './project.svelte.js';

/** What a lesson needs before its first step: nothing, a quiet start, or the learner's word. */
export type StartNeed = 'none' | 'quiet' | 'ask';

/** The open lesson: its words, what the learner did, and what the project shows of it. */
export class LessonDesk {
  course = $state.raw<CourseSpec>();
  lesson = $state.raw<Lesson>();
  error = $state.raw<LabError>();
  learning = $state.raw<Learning>(NO_LEARNING);
  verdict = $state.raw<StepVerdict>();
  /** Progress of a start, in commands. */
  starting = $state.raw<{ readonly done: number; readonly total: number }>();
  /** The branch that the last restart kept. */
  kept = $state<string>();
  /** Measured figures of the step that is shown, formatted. */
  figures = $state.raw<Readonly<Record<string, string>>>({});
  #round = 0;
  /** How the step stood when it was opened. */
  #before: { readonly step: string; readonly length: number; readonly wrong: string | undefined; acted: boolean } | undefined;

  constructor(private readonly project: Project) {}

  get own(): LessonLearning | undefined {
    return this.lesson ? this.learning.lessons[this.lesson.spec.id] : undefined;
  }

  /** Opens a lesson in a language; a failure stands in `error`. */
  async open(id: string, locale: string): Promise<void> {
    this.error = undefined;
    try {
      this.course ??= await fetchCourse();
      const [lesson] = await Promise.all([fetchLesson(this.course, id, locale), this.#readLearning()]);
      this.lesson = lesson;
    } catch (cause) {
      this.lesson = undefined;
      this.error = LabError.from(cause);
    }
  }

  /** Another lesson's words, for a question that comes back. */
  async fetch(id: string, locale: string): Promise<Lesson | undefined> {
    return this.course ? fetchLesson(this.course, id, locale).catch(() => undefined) : undefined;
  }

  /** Questions of other lessons that are due now. */
  due(now: number): readonly DueReview[] {
    return dueReviews(this.learning, now).filter((due) => due.lesson !== this.lesson?.spec.id);
  }

  get following(): string | undefined {
    return this.lesson && this.course ? lessonAfter(this.course, this.lesson.spec.id) : undefined;
  }

  /** An empty project needs no question; a project with work in it is never replaced without one. */
  get startNeed(): StartNeed {
    const { lesson, own } = this;
    const { snapshot } = this.project;
    if (!lesson || !snapshot || this.project.readOnly) return 'none';
    const current = this.#lastStarted() === lesson.spec.id;
    // A start that was cut off in the middle left no state to go back to, and is done again.
    if (own && current && own.startState === undefined) return 'quiet';
    if (own && (current || own.finishedAt !== undefined)) return 'none';
    return snapshot.data === undefined ? 'quiet' : 'ask';
  }

  /** Begins with the lesson's own project; what was there stays on a branch. */
  async beginFresh(): Promise<boolean> {
    const { lesson, course } = this;
    if (!lesson || !course || this.starting) return false;
    const { spec } = lesson;
    this.starting = { done: 0, total: 1 };
    return this.#attempt(async () => {
      const material = await fetchStart(course, spec.id, spec.start === 'previous' ? (spec.late ?? 'empty') : spec.start);
      await startFromSnapshot(this.#acts(), spec, material, (done, total) => (this.starting = { done, total }));
      await this.#readLearning();
    });
  }

  /** Goes on with the project as it is. */
  async beginHere(): Promise<boolean> {
    const { lesson } = this;
    if (!lesson) return false;
    return this.#attempt(async () => void (await begin(this.#acts(), lesson.spec)));
  }

  /** Back to the lesson's start; what was there stays on a branch. */
  async reset(): Promise<boolean> {
    const { lesson, own } = this;
    if (!lesson) return false;
    if (own?.startState === undefined) return this.beginFresh();
    return this.#attempt(async () => void (await startOver(this.#acts(), lesson.spec, own.startState!)));
  }

  /** Keeps something that happened in the lesson; a read-only project keeps nothing. */
  async note(event: LearningEventKind, step?: string, value?: string, lesson = this.lesson?.spec.id): Promise<void> {
    if (lesson === undefined || this.project.readOnly) return;
    await this.#attempt(async () => this.#take(await this.project.client.call('verb', { name: 'learn', args: { lesson, event, step, value } })));
  }

  /** Looks at the project for a step; a newer look overtakes an older one. */
  async look(step: StepSpec, format: Format): Promise<void> {
    const round = ++this.#round;
    const { snapshot } = this.project;
    if (!snapshot) return;
    const world = worldOf((name, args) => this.project.view(name, args), snapshot, this.own?.startedAt ?? 0);
    const measured = await Promise.all(Object.entries(step.figures).map(async ([name, figure]) => [name, show(figure, await measure(figure, world).catch(() => undefined), format)] as const));
    if (round !== this.#round) return;
    this.figures = Object.fromEntries(measured.filter((entry) => entry[1] !== undefined)) as Record<string, string>;
    if (step.kind !== 'do') return void (this.verdict = undefined);
    const verdict = await judgeStep(step, world);
    if (round === this.#round) await this.#accept(step, this.#afterAnAct(step.id, verdict));
  }

  /** A measured outcome, to be shown beside a guess. */
  async outcome(figure: FigureSpec, format: Format): Promise<{ value: number; text: string } | undefined> {
    const { snapshot } = this.project;
    if (!snapshot) return undefined;
    const value = await measure(figure, worldOf((name, args) => this.project.view(name, args), snapshot, 0)).catch(() => undefined);
    return value === undefined ? undefined : { value, text: show(figure, value, format)! };
  }

  /** A text with its figures filled in. */
  fill = (text: string): string => fillFigures(text, this.figures);

  async #accept(step: DoStep, verdict: StepVerdict): Promise<void> {
    this.verdict = verdict;
    const own = this.own?.steps[step.id];
    if (verdict.passed && own?.passedAt === undefined) await this.note('passed', step.id);
    else if (verdict.wrong !== undefined && !own?.wrong.includes(verdict.wrong)) await this.note('wrong', step.id, verdict.wrong);
  }

  /** A wrong turn that stood there when the step was opened is not the learner's before they act. */
  #afterAnAct(step: string, verdict: StepVerdict): StepVerdict {
    const { journal, lastCommand } = this.project.snapshot!;
    if (this.#before?.step !== step) this.#before = { step, length: journal.length, wrong: verdict.wrong, acted: false };
    const before = this.#before;
    // A note of the lesson itself leaves no last command.
    before.acted ||= lastCommand !== undefined && journal.length > before.length;
    return before.acted || verdict.wrong !== before.wrong ? verdict : { passed: verdict.passed, results: verdict.results };
  }

  #lastStarted(): string | undefined {
    return Object.entries(this.learning.lessons).sort(([, a], [, b]) => b.startedAt - a.startedAt)[0]?.[0];
  }

  async #readLearning(): Promise<void> {
    this.learning = await loadLearning(this.project);
  }

  #take({ result }: { readonly result: unknown }): void {
    const { learning, kept } = result as { learning: Learning; kept?: string };
    this.learning = learning;
    if (kept !== undefined) this.kept = kept;
  }

  #acts(): LessonActs {
    const { client } = this.project;
    return {
      run: async (verb, args) => this.#take(await client.call('verb', { name: verb, args })),
      // A subshell, so that the learner's own terminal stays in its folder.
      type: async (line) => (await client.call('terminal', { line: `( cd ~/project && ${line} )`, locale: 'en' })).status,
    };
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (cause) {
      this.project.notices.add({ tone: 'bad', error: LabError.from(cause) });
      return false;
    } finally {
      this.starting = undefined;
    }
  }
}

const show = (figure: FigureSpec, value: number | undefined, format: Format): string | undefined =>
  value === undefined || Number.isNaN(value) ? undefined : figure.source === 'first-alert-year' ? String(value) : signed(value, format.number(Number(value.toPrecision(3))));

/** A minus stays before its number in Arabic too. */
const signed = (value: number, text: string): string => (value < 0 ? `\u2066${text}\u2069` : text);
