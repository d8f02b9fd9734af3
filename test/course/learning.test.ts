import type { Study, Trial } from '../../src/core/automl/study.js';
import type { Snapshot } from '../../src/lab/views/snapshot.js';
import { describe, expect, it } from 'vitest';
import { judgeOrder, judgeReason, pairsInPlace } from '../../src/course/answers.js';
import { fillFigures, figuresIn, measure, type FigureWorld } from '../../src/course/figures.js';
import { firstAnswer, isSettled, lastAnswer, lessonAfter, markLesson, markStep, nextLesson } from '../../src/course/progress.js';
import { dueReviews, nextReviewAt, reviewStep } from '../../src/course/review.js';
import type { ExplainStep, LessonSpec, OrderStep, StepSpec } from '../../src/course/schema.js';
import type { FigureSpec } from '../../src/course/figure-shapes.js';
import { learn, NO_LEARNING, readLearning, type Learning, type LearningEvent } from '../../src/lab/learning.js';
import type { EffectReport } from '../../src/lab/engineering/measure-effect.js';
import type { RunSummary } from '../../src/lab/views/snapshot.js';
import { emptySnapshot } from './empty-snapshot.js';

const DAY = 86_400_000;
const after = (...events: (Partial<LearningEvent> & { event: LearningEvent['event'] })[]): Learning => events.reduce<Learning>((learning, event, i) => learn(learning, { lesson: 'a', at: i + 1, ...event }), NO_LEARNING);
const own = (learning: Learning) => learning.lessons['a']!;
const explain = (id: string): StepSpec => ({ id, kind: 'explain', options: ['x', 'y'], answer: 'x', figures: {} }) as StepSpec;

describe('what a learner did', () => {
  it.each([
    ['nothing', after({ event: 'started' }), 'open'],
    ['the solution was seen', after({ event: 'shown-solution', step: 's' }), 'solution'],
    ['skipped', after({ event: 'shown-solution', step: 's' }, { event: 'skipped', step: 's' }), 'skipped'],
    ['passed after a skip', after({ event: 'skipped', step: 's' }, { event: 'passed', step: 's' }), 'passed'],
    ['started over', after({ event: 'passed', step: 's' }, { event: 'restarted' }), 'open'],
  ])('%s', (_name, learning, mark) => {
    expect(markStep(own(learning), 's')).toBe(mark);
  });

  it('keeps the first guess and the wrong turns for good, each once', () => {
    const learning = after({ event: 'answered', step: 's', value: '3' }, { event: 'answered', step: 's', value: '4' }, { event: 'wrong', step: 's', value: 'w' }, { event: 'wrong', step: 's', value: 'w' }, { event: 'restarted', value: 'id.dir' });
    expect([firstAnswer(own(learning), 's'), lastAnswer(own(learning), 's'), own(learning).steps['s']!.wrong, own(learning).startState]).toEqual(['3', '4', ['w'], 'id.dir']);
  });

  it('is bounded', () => {
    const many = after(...Array.from({ length: 50 }, (_, i) => ({ event: 'answered' as const, step: 's', value: String(i) })));
    expect(own(many).steps['s']!.answers).toHaveLength(20);
  });

  it.each([null, undefined, 'x', { version: 2, lessons: {} }, { version: 1 }, { version: 1, lessons: { a: null } }, { version: 1, lessons: { a: { startedAt: 1 } } }])('counts a broken store as none: %j', (stored) => {
    expect(readLearning(stored)).toEqual(NO_LEARNING);
  });

  it('reads back what it stored', () => {
    const learning = after({ event: 'started', version: 2 }, { event: 'passed', step: 's' }, { event: 'finished' });
    expect(readLearning(JSON.parse(JSON.stringify(learning)))).toEqual(learning);
  });

  it('marks lessons and finds the next', () => {
    const course = { id: 'c', version: 1, modules: [{ id: 'm', lessons: ['a', 'b'] }] };
    const done = after({ event: 'started', version: 1 }, { event: 'finished' });
    expect([markLesson(undefined), markLesson(own(after({ event: 'started' }))), markLesson(own(done)), markLesson(own(done), { version: 2 } as LessonSpec)]).toEqual(['new', 'begun', 'finished', 'changed']);
    expect([nextLesson(course, NO_LEARNING), nextLesson(course, done), lessonAfter(course, 'a'), lessonAfter(course, 'b'), lessonAfter(course, 'z')]).toEqual(['a', 'b', 'b', undefined, undefined]);
  });

  it('settles a prediction by an answer, a question by a pass, and reading by itself', () => {
    const predict = { id: 's', kind: 'predict' } as StepSpec;
    expect(isSettled(undefined, { id: 's', kind: 'read' } as StepSpec)).toBe(true);
    expect(isSettled(own(after({ event: 'answered', step: 's', value: '1' })), predict)).toBe(true);
    expect(isSettled(own(after({ event: 'answered', step: 's', value: 'y' })), explain('s'))).toBe(false);
    expect(isSettled(undefined, predict)).toBe(false);
  });
});

describe('questions that come back', () => {
  const finished = (...reviews: [number, boolean][]) => ({ ...own(after({ event: 'finished' })), finishedAt: 0, reviews: reviews.map(([day, right]) => ({ at: day * DAY, step: 's', right })) });

  it.each([
    ['after the lesson', finished(), 1],
    ['after one right', finished([1, true]), 3],
    ['after two right', finished([1, true], [3, true]), 7],
    ['after three right', finished([1, true], [3, true], [7, true]), 21],
    ['after a wrong one, the next day', finished([1, true], [3, false]), 4],
    ['after all', finished([1, true], [3, true], [7, true], [21, true]), undefined],
  ])('%s', (_name, lesson, day) => {
    expect(nextReviewAt(lesson)).toBe(day === undefined ? undefined : day * DAY);
  });

  it('are due when their day has come, longest waiting first', () => {
    const learning: Learning = { version: 1, lessons: { a: finished([1, true]), b: finished(), c: { ...finished(), finishedAt: undefined } } };
    expect(dueReviews(learning, 0.9 * DAY)).toEqual([]);
    expect(dueReviews(learning, 3 * DAY).map((due) => due.lesson)).toEqual(['b', 'a']);
  });

  it("ask the learner's own wrong turns first, then what was not asked for longest", () => {
    const spec = { steps: [{ id: 'r', kind: 'read' }, explain('one'), explain('two'), explain('three')] } as LessonSpec;
    const erred = after({ event: 'wrong', step: 'two', value: 'y' });
    expect(reviewStep(spec, own(erred))!.id).toBe('two');
    const asked = learn(learn(erred, { event: 'reviewed', lesson: 'a', step: 'two', value: 'right', at: 9 }), { event: 'reviewed', lesson: 'a', step: 'one', value: 'right', at: 10 });
    expect(reviewStep(spec, own(asked))!.id).toBe('three');
    expect(reviewStep({ steps: [{ id: 'r', kind: 'read' }] } as LessonSpec, own(erred))).toBeUndefined();
  });
});

describe('answers', () => {
  const loop = { id: 'l', kind: 'order', items: ['c', 'a', 'b', 'd'], answer: ['a', 'b', 'c', 'd'], cyclic: true, wrong: [{ id: 'c-first', before: ['c', 'b'] }, { id: 'd-first', before: ['d', 'c'] }] } as unknown as OrderStep;
  it.each([
    [['a', 'b', 'c', 'd'], true, undefined, 3],
    [['c', 'd', 'a', 'b'], true, undefined, 2],
    [['c', 'a', 'b', 'd'], false, 'd-first', 1],
    [['a', 'c', 'b', 'd'], false, 'c-first', 0],
    [['b', 'a', 'c', 'd'], false, 'c-first', 1],
    [['a', 'b', 'c'], false, undefined, 2],
  ])('an order %j', (order, right, wrong, pairs) => {
    expect(judgeOrder(loop, order)).toEqual(wrong ? { right, wrong } : { right });
    expect(pairsInPlace(loop, order)).toBe(pairs);
  });
  it('of a line may not be turned', () => {
    expect(judgeOrder({ ...loop, cyclic: false }, ['b', 'c', 'd', 'a']).right).toBe(false);
  });
  it('a reason', () => {
    expect(judgeReason(explain('e') as ExplainStep, 'x')).toEqual({ right: true });
    expect(judgeReason(explain('e') as ExplainStep, 'y')).toEqual({ right: false, wrong: 'y' });
  });
});

describe('figures', () => {
  const window = (from: string, labelled: number, error: number | undefined, bias = -1) => ({ from, to: from, requests: labelled, labelled, version: 1, error, bias, overLimit: false, drifted: [] });
  const alert = (at: string, rule: string) => ({ id: at, service: 's', at, rule, subject: '', value: 1, threshold: 1 });
  const monitor = { service: 's', metric: 'rmse', promise: 1.5, threshold: 2, windows: [window('2016-01-01', 30, 3), window('2016-04-01', 10, 5, -3), window('2016-07-01', 0, undefined), window('2017-01-01', 9, 99)], alerts: [alert('2007-01-01', 'error'), alert('2006-04-01', 'error'), alert('2005-01-01', 'drift')] };
  const trial = (run: string, loss: number): Trial => ({ configuration: {}, resource: 1, loss, score: loss, deviation: 0, milliseconds: 1, run });
  const study: Study = { version: 1, name: 's', model: 'lasso', method: 'tpe', space: [], steps: 1, starts: 27, folds: 3, seed: 7, preparedDigest: 'p1', metric: 'rmse', trials: [trial('r1', 3), trial('r2', 2)] };
  const prepared = { digest: 'p1', target: 'y' } as Snapshot['prepared'];
  const runs = [{ id: 'r1', model: 'lasso', metrics: {} }, { id: 'r2', model: 'lasso', metrics: { 'test.rmse': 2.5, 'baseline.rmse': 6 } }] as unknown as Snapshot['runs'];
  const older: Study = { ...study, name: 'a', trials: [trial('r1', 3)] };
  const effect = { step: { do: 'formula', name: 'x', formula: 'a' }, without: [3, 5], with: [1, 3], difference: -2 } as unknown as EffectReport;
  const linear = (dataDigest: string, rmse: number) => ({ id: dataDigest, model: 'ridge', task: 'regression', dataDigest, metrics: { 'test.rmse': rmse } }) as unknown as RunSummary;
    const world: FigureWorld = { snapshot: { ...emptySnapshot, monitors: [monitor], prepared, runs: [...runs, linear('d1', 2), linear('d2', 10)] }, studies: async () => [older, study], psi: async (...args) => (args[3] === 'season' ? 0.14 : 4.8), reports: async () => [], datasets: async () => ({ d1: 'chicago', d2: 'concrete' }), effect: async () => effect, curve: async (run) => (run.startsWith('d') ? [[9, 20], [4, 6], [2, 9]] : []).map(([loss, held], i) => ({ epoch: i + 1, loss: loss!, held: held! })) };
  const year = { service: 's', from: '2016-01-01', to: '2016-12-31' };
  it.each<[FigureSpec, number | undefined]>([
    [{ source: 'promise', service: 's' }, 1.5],
    [{ source: 'window-error', ...year }, Math.sqrt((30 * 9 + 10 * 25) / 40)],
    [{ source: 'window-bias', ...year }, -1.5],
    [{ source: 'first-alert-year', service: 's' }, 2006],
    [{ source: 'psi', service: 's', feature: 'temp', window: '2015-08-01', against: 'season' }, 0.14],
    [{ source: 'window-error', service: 'other', from: '2016-01-01', to: '2016-12-31' }, undefined],
    [{ source: 'run-metric', model: 'linear', metric: 'test.rmse' }, undefined],
    [{ source: 'fairness', by: ['sex'], value: 'parity-gap' }, undefined],
    [{ source: 'run-metric', model: 'lasso', metric: 'test.rmse' }, 2.5],
    [{ source: 'run-percent', model: 'lasso', metric: 'test.rmse' }, 250],
    [{ source: 'run-percent', model: 'linear', metric: 'test.rmse' }, undefined],
    [{ source: 'study', target: 'y', method: 'tpe', value: 'best' }, 2],
    [{ source: 'study', target: 'y', value: 'trials' }, 2],
    [{ source: 'study', target: 'y', value: 'test' }, 2.5],
    [{ source: 'study', target: 'y', value: 'baseline' }, 6],
    [{ source: 'study', target: 'z', value: 'best' }, undefined],
    [{ source: 'study', target: 'y', model: 'linear', value: 'best' }, undefined],
    [{ source: 'run-metric', model: 'ridge', metric: 'test.rmse' }, 10],
    [{ source: 'run-metric', model: 'ridge', metric: 'test.rmse', dataset: 'chicago' }, 2],
    [{ source: 'feature-effect', column: 'x', of: 'without' }, 4],
    [{ source: 'feature-effect', column: 'x', of: 'difference' }, -2],
    [{ source: 'feature-effect', column: 'y', of: 'with' }, undefined],
    [{ source: 'curve', run: 'overfit', of: 'best-epoch' }, 2],
    [{ source: 'curve', run: 'overfit', of: 'last' }, 9],
    [{ source: 'curve', run: 'slow', of: 'last' }, undefined],
  ])('%j', async (figure, value) => {
    expect(await measure(figure, world)).toBe(value);
  });
  it('fill a text and say what is not known', () => {
    expect(fillFigures('{{a}} and {{b}}', { a: '1.85' })).toBe('1.85 and …');
    expect(figuresIn('{{a}} {{b-c}}')).toEqual(['a', 'b-c']);
  });
});
