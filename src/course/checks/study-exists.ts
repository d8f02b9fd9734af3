import * as v from 'valibot';
import { trialsOf, type Study } from '../../core/automl/study.js';
import { defineCheck } from '../check.js';
import { judgedTrials, meantStudies } from '../studies.js';

const args = v.strictObject({
  model: v.optional(v.union([v.string(), v.array(v.string())])),
  method: v.optional(v.string()),
  /** On the rows that are prepared for this column now. */
  target: v.optional(v.string()),
  trials: v.optional(v.number()),
  /** Settings whose range is searched on a log scale. */
  log: v.optional(v.array(v.string())),
  complete: v.optional(v.boolean()),
  /** At least so many of its runs were judged on the test rows. */
  judged: v.optional(v.number()),
});
type Args = v.InferOutput<typeof args>;

/** A search for settings: of a kind of model, by a method, with so many trials, on a log scale, or gone to its end. */
export const studyExists = defineCheck({
  kind: 'study-exists',
  words: ['expected', 'expected-complete', 'none', 'linear', 'open', 'unjudged', 'seen'],
  args,
  async look(world, wish) {
    const { trials = 1, log = [], complete = false, judged = 0 } = wish;
    const judgedCount = (study: Study): number => (judged === 0 ? 0 : judgedTrials(study, world.snapshot).length);
    const expected = [complete ? 'expected-complete' : 'expected', { models: [wish.model ?? []].flat().join(', '), method: wish.method ?? '', trials, log }] as const;
    const found = meantStudies(await world.studies(), world.snapshot, wish).sort((a, b) => judgedCount(b) - judgedCount(a));
    const good = found.find((study) => isFull(study, wish) && log.every((name) => isLog(study, name)) && judgedCount(study) >= judged);
    const study = good ?? found[0];
    if (!study) return { passed: false, seen: ['none'], expected };
    const told = { name: study.name, method: study.method, count: study.trials.length, log };
    if (good) return { passed: true, seen: ['seen', told], expected };
    const fault = !log.every((name) => isLog(study, name)) ? 'linear' : isFull(study, wish) ? 'unjudged' : 'open';
    return { passed: false, seen: [fault, told], expected };
  },
});

const isFull = (study: Study, { trials = 1, complete = false }: Args): boolean => study.trials.length >= trials && (!complete || study.trials.length >= trialsOf(study));
const isLog = (study: Study, name: string): boolean => study.space.some((dimension) => dimension.name === name && dimension.kind === 'number' && dimension.log);
