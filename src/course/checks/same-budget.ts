import * as v from 'valibot';
import type { Study } from '../../core/automl/study.js';
import { defineCheck } from '../check.js';
import { meantStudies } from '../studies.js';

/** Ways of searching were tried on the same model, rows, settings and folds, with the same number of trials each. */
export const sameBudget = defineCheck({
  kind: 'same-budget',
  words: ['expected', 'none', 'other-space', 'other-count', 'seen'],
  args: v.strictObject({ methods: v.pipe(v.array(v.string()), v.minLength(2)), trials: v.number(), settings: v.optional(v.number()) }),
  async look(world, { methods, trials, settings = 1 }) {
    const expected = ['expected', { methods, trials, settings }] as const;
    const studies = await world.studies();
    const [first, ...others] = methods.map((method) => meantStudies(studies, world.snapshot, { method }));
    const missing = methods.filter((_, at) => [first, ...others][at]!.length === 0);
    if (missing.length > 0) return { passed: false, seen: ['none', { methods: missing }], expected };
    const alike = first!.filter((study) => study.space.length >= settings).map((study) => [study, ...others.map((own) => own.find((other) => isAlike(study, other)))]).filter((group): group is Study[] => group.every((one) => one !== undefined));
    const counts = alike.map((group) => group.map((study) => study.trials.length));
    if (counts.length === 0) return { passed: false, seen: ['other-space', { settings }], expected };
    const even = counts.find((group) => group.every((count) => count === group[0] && count >= trials));
    return { passed: even !== undefined, seen: even ? ['seen', { methods, count: even[0]! }] : ['other-count', { counts: counts[0]! }], expected };
  },
});

const isAlike = (a: Study, b: Study): boolean =>
  a.model === b.model && a.folds === b.folds && a.preparedDigest === b.preparedDigest && JSON.stringify(a.space) === JSON.stringify(b.space);
