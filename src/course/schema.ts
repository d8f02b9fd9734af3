import * as v from 'valibot';
import { STAGES } from '../lab/views/snapshot.js';
import { CURVE_SHAPES } from './curve-shape.js';

const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), v.maxLength(60));
const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const ids = (least: number) => v.pipe(v.array(id), v.minLength(least), v.maxLength(20), v.check((all) => new Set(all).size === all.length, 'names one thing twice'));
const command = v.pipe(v.string(), v.minLength(1), v.maxLength(600));
const commands = v.pipe(v.array(command), v.minLength(1), v.maxLength(40));

/** The panel that a lesson can open beside its text. */
const panel = v.picklist(STAGES);

const argument = v.union([v.string(), v.number(), v.boolean(), v.array(v.union([v.string(), v.number()]))]);

/** One look at the state of the project: a kind from `checks/` and its arguments. */
const check = v.pipe(v.objectWithRest({ id, kind: id }, argument), v.check((c) => Object.keys(c).length <= 20, 'has too many arguments'));
export type CheckSpec = v.InferOutput<typeof check>;
const checks = v.pipe(v.array(check), v.minLength(1), v.maxLength(12));

const date = v.pipe(v.string(), v.isoDate());
const between = { service: v.string(), from: date, to: date };

/** A number that the lab measures in the project: what really happened, beside a guess or inside a text as `{{name}}`. */
const figure = v.variant('source', [
  v.strictObject({ source: v.literal('promise'), service: v.string() }),
  v.strictObject({ source: v.literal('window-error'), ...between }),
  v.strictObject({ source: v.literal('window-bias'), ...between }),
  v.strictObject({ source: v.literal('first-alert-year'), service: v.string() }),
  v.strictObject({ source: v.literal('run-metric'), model: v.string(), metric: v.string(), dataset: v.optional(v.string()) }),
  v.strictObject({ source: v.literal('feature-effect'), column: v.string(), of: v.picklist(['without', 'with', 'difference']) }),
  v.strictObject({ source: v.literal('curve'), run: v.picklist(CURVE_SHAPES), of: v.picklist(['epochs', 'best-epoch', 'best', 'last']) }),
  v.strictObject({ source: v.literal('psi'), service: v.string(), feature: v.string(), window: date, against: v.picklist(['training', 'season']) }),
]);
export type FigureSpec = v.InferOutput<typeof figure>;

const base = { id, panel: v.optional(panel), recalls: v.optional(id), figures: v.optional(v.record(id, figure), {}) };

const readStep = v.strictObject({ ...base, kind: v.literal('read') });

const predictStep = v.strictObject({
  ...base,
  kind: v.literal('predict'),
  answer: v.variant('type', [
    v.strictObject({ type: v.literal('number'), min: v.number(), max: v.number(), step: v.pipe(v.number(), v.minValue(1e-6)), outcome: figure }),
    v.strictObject({ type: v.literal('choice'), options: ids(2), right: v.optional(id) }),
    v.strictObject({ type: v.literal('order'), items: ids(3), right: v.optional(ids(3)) }),
  ]),
});

const orderStep = v.strictObject({
  ...base,
  kind: v.literal('order'),
  /** As first shown; never the answer itself. */
  items: ids(3),
  answer: ids(3),
  /** A loop has no first place: every rotation of the answer is right. */
  cyclic: v.optional(v.boolean(), false),
  /** Orders that people make: `before[0]` stands somewhere before `before[1]`. */
  wrong: v.pipe(v.array(v.strictObject({ id, before: v.tuple([id, id]) })), v.minLength(1), v.maxLength(12)),
});

const doStep = v.strictObject({
  ...base,
  kind: v.literal('do'),
  checks,
  solution: commands,
  alternates: v.pipe(v.array(v.strictObject({ id, commands })), v.minLength(1), v.maxLength(8)),
  /** Known wrong turns: what a learner types, and the state that gives the turn away. */
  wrong: v.pipe(v.array(v.strictObject({ id, commands, seen: checks })), v.maxLength(8)),
});

const explainStep = v.strictObject({
  ...base,
  kind: v.literal('explain'),
  options: ids(2),
  answer: id,
});

const step = v.variant('kind', [readStep, predictStep, orderStep, doStep, explainStep]);
export type StepSpec = v.InferOutput<typeof step>;
export type PredictStep = v.InferOutput<typeof predictStep>;
export type OrderStep = v.InferOutput<typeof orderStep>;
export type DoStep = v.InferOutput<typeof doStep>;
export type ExplainStep = v.InferOutput<typeof explainStep>;

const stepIssue = (s: StepSpec): string | undefined => {
  const sameItems = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));
  if (s.kind === 'explain' && !s.options.includes(s.answer)) return `${s.id}: the answer is not an option`;
  if (s.kind === 'order' && !sameItems(s.items, s.answer)) return `${s.id}: the answer orders other items`;
  if (s.kind === 'order' && s.wrong.some((w) => w.before.some((x) => !s.items.includes(x)))) return `${s.id}: a wrong order names an unknown item`;
  if (s.kind === 'predict' && s.answer.type === 'number' && s.answer.min >= s.answer.max) return `${s.id}: min is not below max`;
  if (s.kind === 'predict' && s.answer.type === 'choice' && s.answer.right !== undefined && !s.answer.options.includes(s.answer.right)) return `${s.id}: right is not an option`;
  if (s.kind === 'predict' && s.answer.type === 'order' && s.answer.right && !sameItems(s.answer.items, s.answer.right)) return `${s.id}: right orders other items`;
  return undefined;
};

const stepList = v.pipe(
  v.array(step),
  v.minLength(1),
  v.maxLength(40),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const seen = new Set<string>();
    for (const s of dataset.value) {
      if (seen.has(s.id)) addIssue({ message: `${s.id}: two steps have this id` });
      if (s.recalls !== undefined && !dataset.value.some((other) => other.id === s.recalls && other.kind === 'predict' && seen.has(other.id)))
        addIssue({ message: `${s.id}: recalls no earlier prediction` });
      const issue = stepIssue(s);
      if (issue) addIssue({ message: issue });
      seen.add(s.id);
    }
  }),
);

/** The shape of `lesson.yaml`. */
export const lessonSchema = v.strictObject({
  id,
  version,
  minutes: v.pipe(v.number(), v.minValue(1), v.maxValue(120)),
  needs: v.array(id),
  panels: v.pipe(v.array(panel), v.maxLength(3)),
  /** `previous`: go on with the project as it is; else the name of a script in `lessons/snapshots/`. */
  start: id,
  /** Where a late starter begins when the lesson goes on from `previous`. */
  late: v.optional(id),
  steps: stepList,
});
export type LessonSpec = v.InferOutput<typeof lessonSchema>;

/** The shape of `course.yaml`: modules and the order of their lessons. */
export const courseSchema = v.strictObject({
  id,
  version,
  modules: v.pipe(v.array(v.strictObject({ id, lessons: v.pipe(v.array(id), v.minLength(1), v.maxLength(40)) })), v.minLength(1), v.maxLength(40)),
});
export type CourseSpec = v.InferOutput<typeof courseSchema>;
